"""How days and moments are written on pages, for people and for machines."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.dateformat import format as django_date_format
from django.utils.translation import get_language, pgettext

from events import dates
from events.dates import format_day, parse_iso_day
from events.documents.types import EventDocument, EventRef

register = template.Library()


@register.filter
def day(value: date, precision: str = "day") -> str:
    """`21 February 2016`, or with "month" or "year" less of it."""
    return _day_words(value, precision, None, get_language())


@lru_cache(maxsize=4096)
def _day_words(value: date, precision: str, end: date | None, language: str) -> str:
    """Pages name the same few days again and again, so each name is kept for its language."""
    return format_day(value, precision, end=end)


@register.filter
def event_day(event: EventDocument) -> str:
    """The day or days of an event, no more exact than they are known."""
    return _day_words(event.date, event.ref.date_precision, event.end_date, get_language())


@register.filter
def ref_day(ref: EventRef) -> str:
    """The day of an event that is only named."""
    return _day_words(ref.date, ref.date_precision, None, get_language())


@register.filter
def iso_day(value: date) -> str:
    return value.isoformat()


@register.filter
def date_value(text: str | None) -> str:
    """What a date field may hold: the text where it is a date, since browsers drop anything else."""
    try:
        return parse_iso_day(text or "").isoformat()
    except ValueError:
        return ""


@register.filter
def weekday(value: date) -> str:
    return django_date_format(value, "l")


@register.filter
def month_and_year(value: date) -> str:
    return _day_words(value, "month", None, get_language())


@register.filter
def machine_day(event: EventDocument) -> str:
    """The value of `<time datetime>` for the start of an event, with the offset where the zone is known."""
    if event.time is None:
        return dates.iso_day(event.date, event.ref.date_precision)
    zone = ZoneInfo(event.time_zone) if event.time_zone else None
    return datetime.combine(event.date, event.time, tzinfo=zone).isoformat(timespec="minutes")


@register.filter
def clock(event: EventDocument) -> str:
    """`14:05, Europe/Paris`, or nothing where the hour is not known."""
    if event.time is None:
        return ""
    hour = django_date_format(event.time, pgettext("format of a time of day", "H:i"))
    return f"{hour}, {event.time_zone.replace('_', ' ')}" if event.time_zone else hour


@register.filter
def day_in_list(event: EventDocument) -> str:
    """What the single day that a list puts an event under does not say: "February 2016", the last of several
    days, the hour. Empty for most."""
    days = "" if event.is_on_one_day else event_day(event)
    return " · ".join(filter(None, (days, clock(event))))


@register.filter
def moment(value: datetime) -> str:
    """`22 February 2016, 14:05 UTC` in the site's zone."""
    return _moment_words(timezone.localtime(value), timezone.get_current_timezone_name(), get_language())


@lru_cache(maxsize=1024)
def _moment_words(local: datetime, zone: str, language: str) -> str:
    """Kept by its zone too: one moment equals itself in every zone, but is told differently."""
    return django_date_format(local, pgettext("format of a moment", "j F Y, H:i T"))


@register.filter
def machine_moment(value: datetime) -> str:
    """The value of `<time datetime>` for a moment: to the second, with its offset."""
    return value.isoformat(timespec="seconds")
