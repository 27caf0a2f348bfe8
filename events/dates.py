"""Calendar days: parsing, bounds, addresses and names.

A day is a date that editors chose, never derived from a moment in time; only "today" needs a zone.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as django_date_format
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# In these years every moment has a date, whatever the zone that it is told in.
FIRST_YEAR, LAST_YEAR = 2, 9998

_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DIGITS = re.compile(r"[0-9]+")


class Precision(StrEnum):
    """How much of an event's date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_ISO_LENGTHS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def parse_day(year: str, month: str, day: str) -> date:
    """The date of three strings of digits, month and day padded or not.

    Raises ValueError if one of them is no number or there is no such day.
    """
    for value, longest in ((year, 4), (month, 2), (day, 2)):
        if not _DIGITS.fullmatch(value) or len(value) > longest:
            raise ValueError(f"not a number of at most {longest} digits: {value!r}")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(f"no such day: {year}-{month}-{day} ({error})") from error


def parse_iso_day(text: str) -> date:
    """The date of `YYYY-MM-DD`, strictly; raises ValueError for anything else."""
    match = _ISO_DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date of the form YYYY-MM-DD: {text!r}")
    return parse_day(*match.groups())


def iso_day(day: date, precision: str = Precision.DAY, *, end: date | None = None) -> str:
    """A date as ISO 8601, no more exact than it is known: `2016-02-21`, `2016-02` or `2016`.

    With an `end` an interval such as `2016-02/2016-04`; one that is the same at this precision is left out.
    """
    length = _ISO_LENGTHS[Precision(precision)]
    return "/".join(dict.fromkeys(each.isoformat()[:length] for each in (day, end) if each))


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month; raises ValueError if there is no such month."""
    first = date(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def year_bounds(year: int) -> tuple[date, date]:
    """First and last day of a year; raises ValueError outside 1 to 9999."""
    return date(year, 1, 1), date(year, 12, 31)


def first_weekday() -> int:
    """The day on which weeks begin in the active language, from Monday = 0; Django counts from Sunday."""
    return (get_format("FIRST_DAY_OF_WEEK") - 1) % 7


def month_weeks(year: int, month: int, first: int = 0) -> list[list[date | None]]:
    """Weeks of seven for a calendar, each from the weekday `first` on, counted from Monday = 0.

    None stands for days of the neighbouring months.
    """
    weeks = calendar.Calendar(first).monthdayscalendar(year, month)
    return [[date(year, month, day) if day else None for day in week] for week in weeks]


def days_around(day: date, days: int) -> tuple[date, date]:
    """So many days before and after a day, as far as the calendar goes."""
    number = day.toordinal()
    first, last = max(number - days, date.min.toordinal()), min(number + days, date.max.toordinal())
    return date.fromordinal(first), date.fromordinal(last)


def day_path(day: date) -> str:
    """Address of a day's page."""
    return f"/news/{day.year:04}/{day.month:02}/{day.day:02}/"


def month_path(day: date) -> str:
    """Address of the page of the day's month."""
    return f"/news/{day.year:04}/{day.month:02}/"


def year_path(day: date) -> str:
    """Address of the page of the day's year."""
    return f"/news/{day.year:04}/"


def local_today(now: datetime, zone: ZoneInfo) -> date:
    """The date in the zone at a moment; `now` must be aware (ValueError otherwise)."""
    if now.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    return now.astimezone(zone).date()


# An archive asks for the same days again and again.
@lru_cache(maxsize=4_096)
def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day in the zone.

    Where clocks skip midnight it is the moment they skip to, and for a day that a zone left out
    (Pacific/Apia, 30 December 2011) the start of the next one.
    """
    midnight = datetime.combine(day, time.min)
    earliest = midnight.replace(tzinfo=zone).astimezone(UTC)
    if earliest.astimezone(zone).replace(tzinfo=None) == midnight:
        return earliest.astimezone(zone)
    # A gap: the change lies between midnight by the clock after it and by the clock before it.
    before, after = midnight.replace(tzinfo=zone, fold=1).astimezone(UTC), earliest
    before -= timedelta(seconds=1)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).replace(tzinfo=None) < midnight:
            before = middle
        else:
            after = middle
    return after.astimezone(zone)


def utc_moment(moment: datetime) -> datetime:
    """The moment in UTC. Raises ValueError if it has no zone, or a year in which some zones have no date."""
    try:
        found = moment.astimezone(UTC) if moment.tzinfo else None
    except OverflowError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"no moment with a zone, of the years {FIRST_YEAR} to {LAST_YEAR}: {moment}")
    return found


def relative_day_name(day: date, today: date) -> str | None:
    """Today, Yesterday or Day before yesterday, in the active language; None for other days."""
    match (today - day).days:
        case 0:
            return _("Today")
        case 1:
            return _("Yesterday")
        case 2:
            return _("Day before yesterday")
    return None


def _format_first(first: date, last: date, precision: Precision) -> str:
    """The start of a range, without what its end repeats."""
    if precision == Precision.MONTH:
        if first.year == last.year:
            # Translators: a Django date format, for the "February" of "February–March 2016".
            return django_date_format(first, pgettext("first month of a range in one year", "F"))
        return _format_one(first, precision)
    if (first.year, first.month) == (last.year, last.month):
        # Translators: a Django date format, for the "21" of "21–23 February 2016".
        return django_date_format(first, pgettext("first day of a range in one month", "j"))
    if first.year == last.year:
        # Translators: a Django date format, for the "28 February" of "28 February – 2 March 2016".
        return django_date_format(first, pgettext("first day of a range in one year", "j F"))
    return _format_one(first, precision)


def _format_last(first: date, last: date, precision: Precision) -> str:
    """The end of a range, which in languages that put the year first need not repeat it."""
    if precision == Precision.MONTH and first.year == last.year:
        # Translators: a Django date format, for the "March 2016" of "February–March 2016".
        return django_date_format(last, pgettext("last month of a range in one year", "F Y"))
    if precision == Precision.DAY and (first.year, first.month) == (last.year, last.month):
        # Translators: a Django date format, for the "23 February 2016" of "21–23 February 2016".
        return django_date_format(last, pgettext("last day of a range in one month", "j F Y"))
    if precision == Precision.DAY and first.year == last.year:
        # Translators: a Django date format, for the "2 March 2016" of "28 February – 2 March 2016".
        return django_date_format(last, pgettext("last day of a range in one year", "j F Y"))
    return _format_one(last, precision)


def _format_one(day: date, precision: Precision) -> str:
    if precision == Precision.YEAR:
        # Translators: a Django date format for a year alone.
        return django_date_format(day, pgettext("format of a year", "Y"))
    if precision == Precision.MONTH:
        # Translators: a Django date format for a month and its year.
        return django_date_format(day, pgettext("format of a month", "F Y"))
    # Translators: a Django date format for a whole date.
    return django_date_format(day, pgettext("format of a day", "j F Y"))


def format_day(day: date, precision: str = Precision.DAY, *, end: date | None = None) -> str:
    """A date for readers in the active language, as exactly as it is known.

    "21 February 2016", "February 2016" or "2016"; with an `end`, a range such as
    "21–23 February 2016". An end that is not later in the given precision is left out.
    """
    precision = Precision(precision)
    single = _format_one(day, precision)
    if end is None or end <= day or _format_one(end, precision) == single:
        return single
    first, last = _format_first(day, end, precision), _format_last(day, end, precision)
    if " " in first:
        # Translators: two dates of more than one word each, as in "28 February – 2 March 2016".
        return pgettext("range of dates", "%(first)s – %(last)s") % {"first": first, "last": last}
    # Translators: two short dates, as in "21–23 February 2016".
    return pgettext("short range of dates", "%(first)s–%(last)s") % {"first": first, "last": last}
