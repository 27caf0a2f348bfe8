from django.db import migrations, models


class Migration(migrations.Migration):
    """Files that nothing needs, and since when that is known."""

    dependencies = [("events", "0017_share_cards")]

    operations = [
        migrations.CreateModel(
            name="OrphanFile",
            fields=[
                ("name", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("found_at", models.DateTimeField()),
            ],
            options={"verbose_name": "unneeded file", "verbose_name_plural": "unneeded files"},
        ),
    ]
