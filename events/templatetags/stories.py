"""How story lines are written on pages: their measure, their chart as a drawing and as rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, npgettext
from django.utils.translation import gettext as _

from events.dates import format_day
from events.documents import gap_words as words
from events.documents.story_types import StoryDocument
from events.documents.types import EventDocument, StoryRef
from events.stories.rhythm import Bar, Gap
from events.templatetags.calendars import events_count, number
from events.templatetags.chronicle import entry

register = template.Library()

UNITS = {
    "day": gettext_lazy("a bar a day"),
    "week": gettext_lazy("a bar a week"),
    "month": gettext_lazy("a bar a month"),
    "quarter": gettext_lazy("a bar a quarter"),
    "year": gettext_lazy("a bar a year"),
}
# In units of the drawing, which is stretched to its place: each bar has its share of it, and is no wider
# than this, so that three of them do not stand like walls.
DRAWING, WIDEST = 600, 24
# A single entry is no mountain: the scale reaches at least so far.
LEAST_SCALE = 4
# Of an entry's heading: the part of the story has the second, its day the third.
LEVEL = 4


@register.filter
def story_measure(story: StoryRef) -> str:
    """ "12 events, 27 June 2018 – 30 May 2024", or as much of it as is known."""
    count = events_count(story.count or 0)
    if story.first is None or story.last is None:
        return count
    return _("%(events)s, %(days)s") % {"events": count, "days": days_words(story.first, story.last)}


def days_words(first: date, last: date, precision: str = "day") -> str:
    return _days_words(first, last, precision, get_language())


@lru_cache(maxsize=4096)
def _days_words(first: date, last: date, precision: str, language: str) -> str:
    """A page names many spans of days, so each is kept for its language."""
    return format_day(first, precision, end=last)


@register.filter
def more_within(story: StoryRef) -> str:
    more = len(story.stories) - 8
    return npgettext("stories", "and %(number)s more", "and %(number)s more", more) % {"number": number(more)}


@register.filter
def gap_words(gap: Gap) -> str:
    return words.gap_words(gap)


@register.filter
def story_entry(event: EventDocument, story: StoryDocument) -> SafeString:
    """An entry as lists print it, a level lower; a turning point is marked, with the editor's note."""
    note = story.notes.get(event.public_id)
    if note is None:
        return entry(event, LEVEL)
    said = {"event": event, "level": LEVEL, "is_turn": True, "note": note}
    return get_template("includes/_entry.html").render(said)


@register.filter
def chart_bars(story: StoryDocument) -> list[dict[str, Any]]:
    """The bars of a drawing 600 units wide and 100 high; one with entries is never too low to be seen."""
    return draw_bars(story.bars, tallest=story.tallest, turning=turning_days(story))


def turning_days(story: StoryDocument) -> list[date]:
    return [point.event.date for point in story.turning_points]


def holds_any(bar: Bar, days: Iterable[date]) -> bool:
    return any(bar.first <= day <= bar.last for day in days)


def draw_bars(bars: Sequence[Bar], *, tallest: int, turning: Sequence[date] = ()) -> list[dict[str, Any]]:
    """The places and sizes of these bars; those with one of the days `turning` are marked."""
    tallest = max(tallest, LEAST_SCALE)
    share = DRAWING / max(len(bars), 1)
    width = min(share * 0.8, WIDEST)
    drawn = []
    for place, bar in enumerate(bars):
        if bar.count:
            height = max(4, round(100 * bar.count / tallest))
            drawn.append(
                {
                    "x": f"{share * place + (share - width) / 2:.1f}",
                    "y": 100 - height,
                    "width": f"{width:.1f}",
                    "height": height,
                    "turns": holds_any(bar, turning),
                }
            )
    return drawn


@register.filter
def chart_rows(story: StoryDocument) -> list[dict[str, Any]]:
    """The same as rows, each with the address of the story from there on."""
    turning = turning_days(story)
    return [
        {
            "words": bar_words(bar, story.unit),
            "count": bar.count,
            "turns": holds_any(bar, turning),
            "path": story.path_from(bar.first) if bar.count else "",
        }
        for bar in story.bars
    ]


def bar_words(bar: Bar, unit: str) -> str:
    """The days of a bar: "March 2020" for a month, "2 – 8 March 2020" for a week."""
    return days_words(bar.first, bar.last, unit if unit in ("month", "year") else "day")


@register.filter
def unit_words(story: StoryDocument) -> str:
    return str(UNITS[story.unit])


@register.filter
def chart_text(story: StoryDocument) -> str:
    """What the drawing shows, in a sentence for those who cannot see it."""
    busiest = max(story.bars, key=lambda bar: bar.count)
    days = ngettext("%(count)s day", "%(count)s days", story.days) % {"count": number(story.days)}
    return _("%(events)s on %(days)s; the most in one bar, %(most)s, in: %(when)s.") % {
        "events": events_count(story.ref.count or 0),
        "days": days,
        "most": number(busiest.count),
        "when": bar_words(busiest, story.unit),
    }
