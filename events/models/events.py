"""The event: one dated entry of the chronicle."""

import secrets
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones as read_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from events.conf import conf
from events.dates import day_path
from events.models.addresses import Address
from events.models.contexts import EventContexts, Tagging
from events.querysets import EventQuerySet
from events.text.cleaning import clean_block, clean_line
from events.text.languages import direction_of, is_language_tag
from events.text.slugs import slugify_headline

# Crockford's base 32 in lower case: no letter that is taken for a digit, no vowel pair that makes words.
PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 12


# Reading the list opens every file of the time zone database.
available_timezones = cache(read_timezones)


def make_public_id() -> str:
    """A random permanent id of 60 bits."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _i in range(PUBLIC_ID_LENGTH))


def tag_uri(public_id: str) -> str:
    """The GUID of an event in feeds, a tag URI (RFC 4151), stored once and never changed."""
    return f"tag:{conf.TAG_AUTHORITY}:event/{public_id}"


class Event(models.Model):
    """A dated entry. `date` is a calendar day chosen by an editor, never derived from a moment."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        RETRACTED = "retracted", _("retracted")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    class Direction(models.TextChoices):
        AUTO = "", _("as the language is written")
        LTR = "ltr", _("left to right")
        RTL = "rtl", _("right to left")

    public_id = models.CharField(_("permanent id"), max_length=32, unique=True, editable=False)
    guid = models.CharField(_("GUID"), max_length=255, editable=False)
    import_ref = models.CharField(  # noqa: DJ001 (unique where there is one)
        _("import reference"), max_length=700, null=True, blank=True, editable=False
    )

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

    headline = models.TextField(_("headline"), help_text=_("May be several sentences."))
    short_headline = models.CharField(
        _("short headline"), max_length=160, blank=True, help_text=_("For lists, where the headline is long.")
    )
    slug = models.CharField(
        _("slug"),
        max_length=160,
        blank=True,
        help_text=_("Made from the headline if left empty. Old addresses redirect."),
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("Markdown."))
    body = models.TextField(_("body"), blank=True, help_text=_("Markdown, optional."))
    category = models.CharField(_("category"), max_length=80, blank=True)
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        help_text=_("A BCP 47 tag such as en, zh-Hans or ar; empty for the site's."),
    )
    direction = models.CharField(_("text direction"), max_length=3, choices=Direction, blank=True)
    cover = models.ForeignKey(
        "events.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        db_index=False,
        verbose_name=_("cover image"),
    )
    contexts = TaggableManager(
        verbose_name=_("contexts"), through=Tagging, blank=True, manager=EventContexts, related_name="events"
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    # Generated, so that no way to write a row can leave it behind.
    visible_at = models.GeneratedField(
        expression=Greatest(F("publish_at"), Coalesce(F("embargo_until"), F("publish_at"))),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    retracted_at = models.DateTimeField(_("retracted"), null=True, blank=True, editable=False)
    retraction_notice = models.TextField(
        _("retraction notice"), blank=True, help_text=_("Shown to the public instead of the text.")
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

    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("significantly updated"), null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    import_digest = models.CharField(max_length=32, blank=True, editable=False)
    imported_version = models.PositiveIntegerField(null=True, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-date", "pk"]
        get_latest_by = "date"
        constraints = [
            # With `unique=True` PostgreSQL would keep a second index for LIKE, which nobody asks these.
            models.UniqueConstraint(fields=["guid"], name="event_guid_unique"),
            models.UniqueConstraint(fields=["import_ref"], name="event_import_ref_unique"),
            models.UniqueConstraint(
                fields=["date", "slug"],
                name="event_slug_unique_on_day",
                violation_error_message=_("Another event of this day has this slug."),
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("date")),
                name="event_ends_after_it_begins",
                violation_error_message=_("The last day is before the event day."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(publish_at__isnull=False),
                name="event_published_has_moment",
                violation_error_message=_("A published entry needs its moment."),
            ),
            models.CheckConstraint(condition=~Q(headline=""), name="event_has_headline"),
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
        ]
        permissions = [
            ("publish_event", _("Can publish, schedule and unpublish events")),
            ("retract_event", _("Can retract events")),
            ("import_event", _("Can import events")),
            ("steer_event", _("Can pin, hide and link related stories")),
        ]

    def __str__(self) -> str:
        return self.short_headline or self.headline

    def save(self, *args, **kwargs) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{day_path(self.date)}{self.slug}/"

    def prepare(self) -> None:
        """Fill what follows from the rest: clean text, ids, slug."""
        prepare_facts(self)
        if not self.slug:
            self.slug = self.free_slug()

    def normalise_date(self) -> None:
        self.date = first_day(self.date, self.date_precision)

    def free_slug(self) -> str:
        """The slug of the headline, numbered if another event of the day has or ever had it."""
        stem = slugify_headline(self.headline)
        taken = set(
            Event.objects.on(self.date)
            .exclude(pk=self.pk)
            .filter(slug__startswith=stem)
            .values_list("slug", flat=True)
        )
        former = Address.objects.filter(path__startswith=address_of(self.date, stem)).exclude(event=self.pk)
        taken.update(path.rpartition("/")[2] for path in former.values_list("path", flat=True))
        return next_free(stem, taken)

    def clean(self) -> None:
        self.clean_facts()
        if self.slug and self.slug != slugify_headline(self.slug, max_length=160):
            raise ValidationError({"slug": _("Use letters, digits and single hyphens.")})
        if self.slug and Address.objects.filter(path=self.address_path()).exclude(event=self.pk).exists():
            message = _("This address belonged to another event, which it still leads to.")
            raise ValidationError({"slug": message})

    def clean_facts(self) -> None:
        """The rules that need no look at other rows."""
        check_facts(self)

    def is_public(self, *, now: datetime | None = None) -> bool:
        """Whether `EventQuerySet.public` would hold this event; the rule for one row in memory."""
        if self.state != self.State.PUBLISHED or self.publish_at is None:
            return False
        now = now or timezone.now()
        return self.publish_at <= now and (self.embargo_until is None or self.embargo_until <= now)

    @property
    def text_direction(self) -> str:
        return self.direction or direction_of(self.language_tag)

    @property
    def language_tag(self) -> str:
        return self.language or conf.LANGUAGE

    def address_path(self) -> str:
        """The path under which the address table knows the present address."""
        return address_of(self.date, self.slug)


def prepare_facts(event: Any) -> None:
    """Fill what follows from the event alone: clean text, ids, the day.

    `event` is a model, or a row with the same attributes: bulk writers make no models.
    """
    event.headline = clean_line(event.headline)
    event.short_headline = clean_line(event.short_headline)
    event.summary = clean_block(event.summary)
    event.body = clean_block(event.body)
    event.public_id = event.public_id or make_public_id()
    event.guid = event.guid or tag_uri(event.public_id)
    event.date = first_day(event.date, event.date_precision)


def visible_at(event: Any) -> datetime | None:
    """What the database computes as `visible_at`, of a model or a row: writers of many read nothing back."""
    if event.publish_at is None or event.embargo_until is None:
        return event.publish_at
    return max(event.publish_at, event.embargo_until)


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
    for name, most in (("short_headline", 160), ("category", 80)):
        if len(getattr(event, name)) > most:
            raise ValidationError({name: _("At most %(number)s characters.") % {"number": most}})


def address_of(day: date, slug: str) -> str:
    """`news/2016/02/21/slug`: the key of an address, without slashes at its ends and without format."""
    return f"{day_path(day)}{slug}".removeprefix("/")


def next_free(stem: str, taken: set[str]) -> str:
    """`stem`, else `stem-2`, `stem-3` … whichever is not taken."""
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
