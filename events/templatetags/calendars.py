"""Numbers of events: in words, as calendars with tinted days, as bars."""

from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from events.documents.types import CalendarDay, Link, YearCounts

register = template.Library()


@register.filter
def events_count(count: int) -> str:
    return _events_count(count, get_language())


@lru_cache(maxsize=4096)
def _events_count(count: int, language: str) -> str:
    """A year's calendars ask this for every day, so each answer is kept for its language."""
    return ngettext("%(count)s event", "%(count)s events", count) % {
        "count": number_format(count, force_grouping=True)
    }


@register.filter
def number(value: int) -> str:
    """A number with the separators of the active language, also in attributes of words."""
    return number_format(value, force_grouping=True)


@register.filter
def calendar_row(week: tuple[CalendarDay, ...], busiest: int) -> SafeString:
    """The cells of a week: linked and tinted where there are events, empty in the neighbouring months."""
    return mark_safe("".join([_calendar_cell(cell, busiest) for cell in week]))  # noqa: S308


def _calendar_cell(cell: CalendarDay, busiest: int) -> str:
    if not cell.is_in_month:
        return "<td></td>"
    current = ' aria-current="date"' if cell.is_current else ""
    if not cell.count:
        return f"<td><span{current}>{cell.date.day}</span></td>"
    return (
        f'<td class="heat-{heat(cell.count, busiest)}"><a href="{cell.path}"{current}>{cell.date.day}'
        f'<span class="visually-hidden">, {events_count(cell.count)}</span></a></td>'
    )


@register.filter
def month_items(months: tuple[Link, ...], busiest: int) -> SafeString:
    """The months of a year in the archive, linked and tinted where there are events."""
    return format_html_join(
        "",
        '<li class="heat-{}"><a href="{}">{} <span class="month-count">{}</span></a></li>',
        ((heat(m.count or 0, busiest), m.path, m.title, number(m.count or 0)) for m in months if m.count),
    )


@register.filter
def heat(count: int, busiest: int) -> int:
    """A step from 0 (nothing) to 4 (the busiest) on a scale that keeps small counts apart."""
    if not count or not busiest:
        return 0
    return min(4, 1 + int(4 * (count - 1) / busiest))


@register.filter
def busiest_month(years: tuple[YearCounts, ...]) -> int:
    """The greatest number of events in one month, the top of the archive's scale."""
    return max((month.count or 0 for year in years for month in year.months), default=0)


@register.filter
def busiest_day(calendars: tuple[Any, ...]) -> int:
    """The greatest number of events on one day of the calendars, the top of their scale."""
    return max((cell.count for cal in calendars for week in cal.weeks for cell in week), default=0)


@register.filter
def bars(years: tuple[YearCounts, ...]) -> list[dict[str, int]]:
    """Upright bars for a drawing 100 units high, 10 units a year, oldest year first."""
    ordered = sorted(years, key=lambda year: year.year)
    tallest = max((year.count for year in ordered), default=0) or 1
    heights = [round(100 * year.count / tallest) for year in ordered]
    return [{"x": 10 * i + 1, "y": 100 - height, "height": height} for i, height in enumerate(heights)]


@register.filter
def drawing_width(years: tuple[YearCounts, ...]) -> int:
    return 10 * max(len(years), 1)
