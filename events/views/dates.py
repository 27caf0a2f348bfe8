"""Days in addresses: read, or refused in words."""

from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _

from events.dates import parse_day


def day_or_404(year: str, month: str = "", day: str = "") -> date:
    """The date, or the first of a month or year; Http404 with a sentence for readers where there is none."""
    try:
        return parse_day(year, month or "1", day or "1")
    except ValueError as error:
        written = "-".join(part for part in (year, month, day) if part)
        raise Http404(_("The calendar has no %(date)s.") % {"date": written}) from error


def is_padded(*parts: str) -> bool:
    return all(len(part) == 2 for part in parts)
