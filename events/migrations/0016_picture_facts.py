from django.db import migrations, models


class Migration(migrations.Migration):
    """Where and when a picture was taken, who is shown, and what its file says of itself."""

    dependencies = [("events", "0015_picture_framing")]

    operations = [
        migrations.AddField(
            "image",
            "place",
            models.CharField(
                blank=True,
                default="",
                help_text="Where it was taken, such as Homs, Syria.",
                max_length=255,
                verbose_name="place",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "image", "taken_on", models.DateField(blank=True, null=True, verbose_name="taken on")
        ),
        migrations.AddField(
            "image",
            "people",
            models.TextField(
                blank=True,
                default="",
                help_text="One name a line, from left to right.",
                verbose_name="people shown",
            ),
            preserve_default=False,
        ),
        migrations.AddField("image", "proposals", models.JSONField(blank=True, default=dict, editable=False)),
    ]
