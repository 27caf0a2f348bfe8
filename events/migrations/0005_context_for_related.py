"""Whether a context ties stories together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0004_related_choices_and_links")]

    operations = [
        migrations.AddField(
            model_name="context",
            name="is_for_related",
            field=models.BooleanField(
                default=True,
                help_text="Off for what ties no stories together, such as “Obituaries”.",
                verbose_name="use for related stories",
            ),
        ),
    ]
