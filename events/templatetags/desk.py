"""How the editors' dashboard draws its numbers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template

from events.stories.rhythm import Bar
from events.templatetags.stories import draw_bars

register = template.Library()


@register.filter
def day_bars(counts: Mapping[date, int]) -> list[dict[str, Any]]:
    """Days with their numbers as bars of a drawing 600 units wide and 100 high."""
    bars = [Bar(day, day, number) for day, number in counts.items()]
    return draw_bars(bars, tallest=max(counts.values(), default=0))
