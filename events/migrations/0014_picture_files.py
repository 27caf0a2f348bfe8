from django.db import migrations, models

import events.images.names
import events.images.validators


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0013_related_tables"),
    ]

    operations = [
        migrations.AlterField(
            model_name="image",
            name="file",
            field=models.FileField(
                blank=True,
                max_length=255,
                upload_to=events.images.names.original_name,
                validators=[events.images.validators.validate_picture],
                verbose_name="file",
            ),
        ),
    ]
