from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0035_saved_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="label",
            field=models.CharField(
                blank=True, help_text="Such as Breaking news.", max_length=40, verbose_name="label"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="label_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Then it goes by itself; empty: it stays.",
                null=True,
                verbose_name="label until",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                models.OrderBy(models.F("label_until"), descending=True),
                condition=models.Q(("label_until__isnull", False)),
                name="event_label_until",
            ),
        ),
    ]
