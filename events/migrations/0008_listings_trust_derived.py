"""Foreign keys of listings without constraints: they are read off rows that have them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0007_import_suggest_contexts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contextlisting",
            name="context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="listings",
                to="events.context",
            ),
        ),
        migrations.AlterField(
            model_name="contextlisting",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="events.event",
            ),
        ),
        migrations.AlterField(
            model_name="publisherlisting",
            name="event",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="events.event",
            ),
        ),
        migrations.AlterField(
            model_name="publisherlisting",
            name="publisher",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="listings",
                to="events.publisher",
            ),
        ),
    ]
