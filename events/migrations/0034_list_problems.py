"""Problems of entries as rows, and indexes that whole lists of events are filtered by."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0033_newsroom_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EventProblem",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "event_id", "code", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.event",
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("date", models.DateField()),
            ],
        ),
        migrations.AlterField(
            model_name="citation",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="citations",
                to="events.publisher",
                verbose_name="publisher",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="tagging",
            name="tag",
            field=models.ForeignKey(
                db_column="context_id",
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taggings",
                to="events.context",
                verbose_name="context",
            ),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(fields=["publisher", "event"], name="citation_publisher"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                models.OrderBy(models.F("date"), descending=True),
                models.F("id"),
                condition=models.Q(("is_incomplete", True)),
                name="event_incomplete",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                condition=models.Q(("alt", ""), ("is_decorative", False)),
                fields=["id"],
                name="image_without_alt",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                condition=models.Q(("credit", "")), fields=["id"], name="image_without_credit"
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                condition=models.Q(("licence", "")), fields=["id"], name="image_without_licence"
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("made_by__isnull", False)),
                fields=["made_by", "event", "article"],
                name="revision_made_by",
            ),
        ),
        migrations.AddIndex(
            model_name="sourcepage",
            index=models.Index(
                condition=models.Q(("missing_since__isnull", False)),
                fields=["key"],
                name="source_page_gone",
            ),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(fields=["tag", "content_object"], name="tagging_context"),
        ),
        migrations.AddIndex(
            model_name="eventproblem",
            index=models.Index(
                models.F("code"),
                models.OrderBy(models.F("date"), descending=True),
                models.F("event"),
                name="event_problem_code",
            ),
        ),
    ]
