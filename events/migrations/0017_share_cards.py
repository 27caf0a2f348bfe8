import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Cards that social networks show for entries without a picture."""

    dependencies = [("events", "0016_picture_facts")]

    operations = [
        migrations.CreateModel(
            name="ShareCard",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="share_card",
                        serialize=False,
                        to="events.event",
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("bytes", models.PositiveIntegerField()),
            ],
            options={"verbose_name": "share card", "verbose_name_plural": "share cards"},
        ),
    ]
