"""Unique by a constraint of its own where nobody asks by LIKE: PostgreSQL keeps one index then, not two."""

from django.db import migrations, models

import events.models.contexts


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_listings_trust_derived"),
    ]

    operations = [
        migrations.AlterField(
            model_name="context",
            name="key",
            field=events.models.contexts.NameKeyField(editable=False, max_length=255),
        ),
        migrations.AlterField(
            model_name="context",
            name="slug",
            field=models.CharField(
                blank=True,
                help_text="Made from the name if left empty. Old addresses redirect.",
                max_length=120,
                verbose_name="slug",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="guid",
            field=models.CharField(editable=False, max_length=255, verbose_name="GUID"),
        ),
        migrations.AlterField(
            model_name="event",
            name="import_ref",
            field=models.CharField(
                blank=True, editable=False, max_length=700, null=True, verbose_name="import reference"
            ),
        ),
        migrations.AlterField(
            model_name="publisher",
            name="host",
            field=models.CharField(max_length=253, verbose_name="host"),
        ),
        migrations.AddConstraint(
            model_name="context",
            constraint=models.UniqueConstraint(fields=("key",), name="context_key_unique"),
        ),
        migrations.AddConstraint(
            model_name="context",
            constraint=models.UniqueConstraint(fields=("slug",), name="context_slug_unique"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("guid",), name="event_guid_unique"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("import_ref",), name="event_import_ref_unique"),
        ),
        migrations.AddConstraint(
            model_name="publisher",
            constraint=models.UniqueConstraint(fields=("host",), name="publisher_host_unique"),
        ),
    ]
