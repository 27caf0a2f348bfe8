"""What editors decide about related stories: choices of one pair, and links that say how it hangs together."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_newsroom_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EventLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("update_of", "Update of"), ("led_to", "Led to"), ("part_of", "Part of")],
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_by",
                        to="events.event",
                        verbose_name="other event",
                    ),
                ),
            ],
            options={
                "verbose_name": "link between events",
                "verbose_name_plural": "links between events",
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "other"), name="event_link_once_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("event", models.F("other")), _negated=True),
                        name="event_link_to_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelatedChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("pin", "pinned"), ("hide", "hidden")], max_length=4, verbose_name="kind"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("both_sides", models.BooleanField(default=False, verbose_name="from both sides")),
                ("note", models.CharField(blank=True, max_length=255, verbose_name="note")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chosen_by",
                        to="events.event",
                        verbose_name="other event",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of a related story",
                "verbose_name_plural": "choices of related stories",
                "ordering": ["-kind", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("event", "other"), name="related_choice_once_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("event", models.F("other")), _negated=True),
                        name="related_choice_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "hide"), ("both_sides", False), _connector="OR"),
                        name="related_choice_pins_one_side",
                    ),
                ],
            },
        ),
    ]
