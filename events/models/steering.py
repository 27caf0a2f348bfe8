"""What editors decide about related stories: pinned, hidden, linked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RelatedChoice(models.Model):
    """That one entry is pinned to the head of another one's related stories, or hidden from them.

    `position` orders the pins of an entry from 0. With `both_sides` a hidden pair is hidden from either.
    `made_by` is empty for what came with an import.
    """

    class Kind(models.TextChoices):
        PIN = "pin", _("pinned")
        HIDE = "hide", _("hidden")

    event = models.ForeignKey(
        "events.Event",
        on_delete=models.CASCADE,
        related_name="choices",
        db_index=False,  # The constraint's index begins with it.
        verbose_name=_("event"),
    )
    other = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="chosen_by", verbose_name=_("other event")
    )
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    both_sides = models.BooleanField(_("from both sides"), default=False)
    note = models.CharField(_("note"), max_length=255, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("choice of a related story")
        verbose_name_plural = _("choices of related stories")
        ordering = ["-kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "other"], name="related_choice_once_a_pair"),
            models.CheckConstraint(condition=~Q(event=F("other")), name="related_choice_of_another"),
            models.CheckConstraint(
                condition=Q(kind="hide") | Q(both_sides=False), name="related_choice_pins_one_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind} {self.other_id}"


class Relation(models.TextChoices):
    """How an entry stands to one that it is linked with, seen from either."""

    UPDATE_OF = "update_of", _("Update of")
    UPDATED_BY = "updated_by", _("Updated by")
    LED_TO = "led_to", _("Led to")
    RESULT_OF = "result_of", _("Result of")
    PART_OF = "part_of", _("Part of")
    HAS_PART = "has_part", _("Includes")


class EventLink(models.Model):
    """That an editor says how one entry hangs together with another: `event` is an update of `other` …"""

    class Kind(models.TextChoices):
        UPDATE_OF = Relation.UPDATE_OF.value, Relation.UPDATE_OF.label
        LED_TO = Relation.LED_TO.value, Relation.LED_TO.label
        PART_OF = Relation.PART_OF.value, Relation.PART_OF.label

    event = models.ForeignKey(
        "events.Event",
        on_delete=models.CASCADE,
        related_name="links",
        db_index=False,  # The constraint's index begins with it.
        verbose_name=_("event"),
    )
    other = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="linked_by", verbose_name=_("other event")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("link between events")
        verbose_name_plural = _("links between events")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "other"], name="event_link_once_a_pair"),
            models.CheckConstraint(condition=~Q(event=F("other")), name="event_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind} {self.other_id}"
