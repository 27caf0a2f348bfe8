from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0036_event_label"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcepage",
            name="section",
            field=models.CharField(blank=True, max_length=200, verbose_name="section"),
        ),
    ]
