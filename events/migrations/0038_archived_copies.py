from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0037_source_section"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcepage",
            name="archive_asked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="archive asked"),
        ),
        migrations.AddField(
            model_name="sourcepage",
            name="archived_copy",
            field=models.CharField(blank=True, max_length=2000, verbose_name="archived copy"),
        ),
    ]
