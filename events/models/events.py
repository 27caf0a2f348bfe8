"""The event: one dated entry of the chronicle."""

from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones as read_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from events.dates import day_path
from events.models.contexts import EntryContexts, Tagging
from events.models.entries import Entry, check_label, prepare_words, tag_uri
from events.querysets import EventQuerySet
from events.text.cleaning import clean_block, clean_line
from events.text.languages import is_language_tag

# Reading the list opens every file of the time zone database.
available_timezones = cache(read_timezones)


class Event(Entry):
    """A dated entry. `date` is a calendar day chosen by an editor, never derived from a moment."""

    OWNER = "event"

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    date = models.DateField(_("event day"))
    end_date = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only for an event of several days.")
    )
    date_precision = models.CharField(_("precision"), max_length=5, choices=Precision, default=Precision.DAY)
    time = models.TimeField(_("time of day"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone of the event"),
        max_length=64,
        blank=True,
        help_text=_("Such as Asia/Damascus; the day itself never shifts."),
    )

    short_headline = models.CharField(
        _("short headline"), max_length=160, blank=True, help_text=_("For lists, where the headline is long.")
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("Markdown."))
    category = models.CharField(_("category"), max_length=80, blank=True)
    contexts = TaggableManager(
        verbose_name=_("contexts"), through=Tagging, blank=True, manager=EntryContexts, related_name="events"
    )

    is_incomplete = models.BooleanField(
        _("incomplete"), default=False, help_text=_("Known only from a mention elsewhere.")
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        db_index=False,
        verbose_name=_("merged into"),
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-date", "pk"]
        get_latest_by = "date"
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("date")),
                name="event_ends_after_it_begins",
                violation_error_message=_("The last day is before the event day."),
            ),
        ]
        indexes = [
            models.Index("state", F("date").desc(), "id", name="event_state_date"),
            models.Index("state", F("visible_at").desc(), "id", name="event_state_visible"),
            models.Index(
                "state",
                F("updated_at").desc(),
                name="event_state_updated",
                condition=Q(updated_at__isnull=False),
            ),
            models.Index(
                fields=["merged_into"], name="event_merged_into", condition=Q(merged_into__isnull=False)
            ),
            models.Index(fields=["cover"], name="event_cover", condition=Q(cover__isnull=False)),
            models.Index(F("date").desc(), "id", name="event_incomplete", condition=Q(is_incomplete=True)),
            models.Index(
                F("label_until").desc(), name="event_label_until", condition=Q(label_until__isnull=False)
            ),
        ]
        permissions = [
            ("publish_event", _("Can publish, schedule and unpublish events")),
            ("retract_event", _("Can retract events")),
            ("import_event", _("Can import events")),
            ("steer_event", _("Can pin, hide and link related stories")),
        ]

    @property
    def title(self) -> str:
        return self.short_headline or self.headline

    def get_absolute_url(self) -> str:
        return f"{day_path(self.date)}{self.slug}/"

    def prepare_facts(self) -> None:
        prepare_facts(self)

    def normalise_date(self) -> None:
        self.date = first_day(self.date, self.date_precision)

    def clean_facts(self) -> None:
        check_facts(self)

    def address_of(self, slug: str) -> str:
        return address_of(self.date, slug)


def prepare_facts(event: Any) -> None:
    """Fill what follows from the event alone: clean text, ids, the day.

    `event` is a model, or a row with the same attributes: bulk writers make no models.
    """
    prepare_words(event)
    event.short_headline = clean_line(event.short_headline)
    event.summary = clean_block(event.summary)
    event.guid = event.guid or tag_uri(Event.OWNER, event.public_id)
    event.date = first_day(event.date, event.date_precision)
    if event.time:
        # No format tells more of a time of day than its minute.
        event.time = event.time.replace(second=0, microsecond=0)


def first_day(day: date, precision: str) -> date:
    """A month or a year is kept as its first day."""
    if precision == Event.Precision.YEAR:
        return day.replace(month=1, day=1)
    if precision == Event.Precision.MONTH:
        return day.replace(day=1)
    return day


def check_facts(event: Any) -> None:
    """The rules that need no look at other rows, for a model or a row. Raises ValidationError."""
    if not clean_line(event.headline or ""):
        raise ValidationError({"headline": _("An event needs a headline.")})
    if event.end_date and event.end_date < event.date:
        raise ValidationError({"end_date": _("The last day is before the event day.")})
    if event.language and not is_language_tag(event.language):
        raise ValidationError({"language": _("This is not a language tag such as en or zh-Hans.")})
    if event.time_zone and event.time_zone not in available_timezones():
        raise ValidationError({"time_zone": _("There is no time zone of this name.")})
    if event.time and event.date_precision != Event.Precision.DAY:
        raise ValidationError({"time": _("A time of day needs an event day that is known to the day.")})
    if event.state == Event.State.RETRACTED and not event.retraction_notice.strip():
        raise ValidationError({"retraction_notice": _("Tell the public why the entry was retracted.")})
    check_label(event)
    for name, most in (("short_headline", 160), ("category", 80), ("label", 40)):
        if len(getattr(event, name)) > most:
            raise ValidationError({name: _("At most %(number)s characters.") % {"number": most}})


def address_of(day: date, slug: str) -> str:
    """`news/2016/02/21/slug`: the key of an address, without slashes at its ends and without format."""
    return f"{day_path(day)}{slug}".removeprefix("/")
