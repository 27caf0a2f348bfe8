"""How a story line lies in time: its rhythm, its gaps, the bars of its chart. Pure functions of days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import median

# So many bars stand beside each other on a narrow screen and can still be told apart.
MOST_BARS = 60
# A silence is worth a word when it is long for readers, and long for this story.
SHORTEST_GAP = 14
TIMES_THE_USUAL = 4
# And longer than this for every story, also where something happens once in a year.
LONGEST_USUAL = 400
# Two days have a distance, but no rhythm yet.
LEAST_DAYS = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without an entry between two days with some: `first` and `last` are the silent ones."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Bar:
    """The entries from one day to another, both included; the outer ones reach no further than the story."""

    first: date
    last: date
    count: int


def gaps(days: Sequence[date]) -> tuple[Gap, ...]:
    """The silences of a story with entries on these days (in order): at least `SHORTEST_GAP` days without
    one, and at least `TIMES_THE_USUAL` times the median distance from one of its days to the next, or
    `LONGEST_USUAL` days."""
    distances = distances_of(days)
    if not distances:
        return ()
    least = least_gap(distances)
    one = timedelta(days=1)
    return tuple(
        Gap(before + one, after - one)
        for (before, after), distance in zip(pairwise(days), distances, strict=True)
        if distance - 1 >= least
    )


def distances_of(days: Sequence[date]) -> list[int]:
    """How many days lie from each of these days (in order) to the next."""
    return [(after - before).days for before, after in pairwise(days)]


def least_gap(distances: Sequence[int]) -> float:
    """So many days without an entry are a gap in a story whose days are so far from one another."""
    return min(max(SHORTEST_GAP, TIMES_THE_USUAL * median(distances)), LONGEST_USUAL)


def silent_from(days: Sequence[date]) -> date | None:
    """The first day on which a story with entries on these days (in order) has been silent for a gap, if no
    entry comes before; None where fewer than `LEAST_DAYS` days tell no rhythm."""
    if len(days) < LEAST_DAYS:
        return None
    # The days in between are silent ones; the day that is told may yet get an entry.
    return days[-1] + timedelta(days=ceil(least_gap(distances_of(days))) + 1)


def unit_of(first: date, last: date) -> str:
    """What one bar of the chart stands for: the finest of "day", "week", "month", "quarter", "year" of
    which the story has no more than `MOST_BARS`."""
    length = (last - first).days + 1
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    for unit, number in (("day", length), ("week", length // 7 + 2), ("month", months)):
        if number <= MOST_BARS:
            return unit
    return "quarter" if months // 3 + 2 <= MOST_BARS else "year"


def bars(counts: Mapping[date, int]) -> tuple[Bar, ...]:
    """The chart of a story: bars without a break from its first day to its last, empty ones among them.

    Beyond sixty years a bar stands for as many years as it takes.
    """
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    starts = list(_starts(first, last, unit_of(first, last)))
    totals = [0] * len(starts)
    place = 0
    for day in sorted(counts):
        while place + 1 < len(starts) and starts[place + 1] <= day:
            place += 1
        totals[place] += counts[day]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    return tuple(
        Bar(max(start, first), end, total) for start, end, total in zip(starts, ends, totals, strict=True)
    )


def _starts(first: date, last: date, unit: str) -> Iterable[date]:
    """The first days of the units that `first` to `last` touch; weeks begin on Monday (ISO 8601)."""
    if unit in ("day", "week"):
        step, start = (7, first.toordinal() - first.weekday()) if unit == "week" else (1, first.toordinal())
        yield from map(date.fromordinal, range(start, last.toordinal() + 1, step))
        return
    months = {"month": 1, "quarter": 3}.get(unit) or 12 * -(-(last.year - first.year + 1) // MOST_BARS)
    number = 12 * first.year + first.month - 1
    number -= number % months if unit != "year" else number % 12
    while number <= 12 * last.year + last.month - 1:
        yield date(number // 12, number % 12 + 1, 1)
        number += months
