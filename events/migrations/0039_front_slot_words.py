import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0038_archived_copies"),
    ]

    operations = [
        migrations.AlterField(
            model_name="frontslot",
            name="article",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="front_slot",
                to="events.article",
                verbose_name="article",
            ),
        ),
    ]
