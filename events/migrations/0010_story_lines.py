"""Story lines of the editors, turning points, and what is derived of both."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_unique_without_like_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContextDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "context_id", "date", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("date", models.DateField()),
                ("count", models.PositiveIntegerField()),
                (
                    "context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.context",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoryLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "slug",
                    models.CharField(
                        blank=True,
                        help_text="Made from the title if left empty. Old addresses redirect.",
                        max_length=120,
                        verbose_name="slug",
                    ),
                ),
                (
                    "description",
                    models.TextField(blank=True, help_text="Markdown.", verbose_name="description"),
                ),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "events_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="events"),
                ),
                (
                    "contexts",
                    models.ManyToManyField(
                        related_name="story_lines", to="events.context", verbose_name="contexts"
                    ),
                ),
            ],
            options={
                "verbose_name": "story line",
                "verbose_name_plural": "story lines",
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="StoryDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "story_line_id", "date", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("date", models.DateField()),
                ("count", models.PositiveIntegerField()),
                (
                    "story_line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.storyline",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoryLineAddress",
            fields=[
                ("slug", models.CharField(max_length=120, primary_key=True, serialize=False)),
                (
                    "story_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="events.storyline",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoryListing",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "event_id",
                        "story_line_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("date", models.DateField()),
                ("visible_at", models.DateTimeField()),
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
                (
                    "story_line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listings",
                        to="events.storyline",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TurningPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Why the story turns here, in a sentence.",
                        max_length=255,
                        verbose_name="note",
                    ),
                ),
                (
                    "context",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turning_points",
                        to="events.context",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turning_points",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "story_line",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turning_points",
                        to="events.storyline",
                    ),
                ),
            ],
            options={
                "verbose_name": "turning point",
                "verbose_name_plural": "turning points",
                "ordering": ["event__date", "event"],
            },
        ),
        migrations.AddConstraint(
            model_name="storyline",
            constraint=models.UniqueConstraint(fields=("slug",), name="story_line_slug_unique"),
        ),
        migrations.AddConstraint(
            model_name="storyline",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="story_line_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="storyline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day", None),
                    ("last_day", None),
                    ("first_day__lte", models.F("last_day")),
                    _connector="OR",
                ),
                name="story_line_days_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="storylisting",
            index=models.Index(
                models.F("story_line"),
                models.OrderBy(models.F("date"), descending=True),
                models.F("event"),
                models.F("visible_at"),
                name="story_listing_date",
            ),
        ),
        migrations.AddIndex(
            model_name="storylisting",
            index=models.Index(
                models.F("story_line"),
                models.OrderBy(models.F("visible_at"), descending=True),
                models.F("event"),
                name="story_listing_visible",
            ),
        ),
        migrations.AddConstraint(
            model_name="turningpoint",
            constraint=models.UniqueConstraint(
                fields=("context", "event"), name="turning_point_once_a_context"
            ),
        ),
        migrations.AddConstraint(
            model_name="turningpoint",
            constraint=models.UniqueConstraint(
                fields=("story_line", "event"), name="turning_point_once_a_story_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="turningpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("context", None), ("story_line__isnull", False)),
                    models.Q(("context__isnull", False), ("story_line", None)),
                    _connector="OR",
                ),
                name="turning_point_of_one_story",
            ),
        ),
    ]
