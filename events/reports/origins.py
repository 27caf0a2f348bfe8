"""Which public entries rest on a single origin, and what share of all with sources they are."""

from collections.abc import Collection, Generator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Prefetch

from events.citations.independence import Trace, independence
from events.models import Citation, Event
from events.reports.owned import written_by
from events.sql import among

NAME = "single-origin"
WEEKS, WEEK = 8, timedelta(days=7)
# Entries that are looked at in a row, and those that are kept for the list.
STEP, MOST = 500, 2_000


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days: their public entries that cite sources, and how many of these rest on a single origin."""

    first: date
    last: date
    entries: int
    single: int

    @property
    def share(self) -> int:
        """Per cent."""
        return percent(self.single, self.entries)


@dataclass(frozen=True, slots=True)
class Single:
    """An entry that rests on one origin."""

    event: Event
    origin: str
    citations: int


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def work_out(*, today: date, now: datetime) -> Generator[None, None, Any]:
    """Weeks, the last one ending today, and the entries that rest on one origin; yields between steps,
    returns the result."""
    weeks, singles = [], []
    for place in range(WEEKS):
        last = today - place * WEEK
        first = last - WEEK + timedelta(days=1)
        pks = list(
            Event.objects.public(now=now).between(first, last).newest_first().values_list("pk", flat=True)
        )
        entries = single = 0
        for start in range(0, len(pks), STEP):
            traces = traces_of(pks[start : start + STEP])
            found = [pk for pk in pks[start : start + STEP] if len(independence(traces[pk]).origins) == 1]
            entries, single = entries + sum(map(bool, traces.values())), single + len(found)
            singles += found
            yield
        weeks.append(Week(first, last, entries, single))
    return {
        "weeks": [asdict(week) | {"first": str(week.first), "last": str(week.last)} for week in weeks],
        "events": singles[:MOST],
    }


def traces_of(pks: Collection[int]) -> dict[int, list[Trace]]:
    rows = Citation.objects.filter(event__in=pks).order_by("event", "position", "pk")
    traces: dict[int, list[Trace]] = {pk: [] for pk in pks}
    for pk, *facts in rows.values_list("event", "agency", "publisher__name", "label"):
        traces[pk].append(trace(*facts))
    return traces


def trace(agency: str, publisher: str | None, label: str) -> Trace:
    return Trace(agency=agency, publisher=publisher or label)


def weeks_in(facts: dict[str, Any]) -> list[Week]:
    """The weeks of a kept result, the latest first."""
    return [
        Week(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["entries"], row["single"])
        for row in facts["weeks"]
    ]


def singles_in(facts: dict[str, Any], *, by: AbstractBaseUser | None = None) -> list[int]:
    """The entries of a kept result, the latest first; one query where only those are wanted that `by` wrote
    at."""
    if by is None:
        return facts["events"]
    rows = Event.objects.filter(written_by(by), pk__in=among(facts["events"]))
    own = set(rows.values_list("pk", flat=True))
    return [pk for pk in facts["events"] if pk in own]


def still_single(pks: Sequence[int], *, now: datetime) -> list[Single]:
    """Those of these entries that rest on one origin now, in this order: since the result was worked out
    somebody may have added a source. Two queries."""
    rows = Event.objects.public(now=now).only("date", "headline", "short_headline")
    cited = Citation.objects.select_related("publisher").only(
        "event", "agency", "label", "publisher", "publisher__name"
    )
    found = []
    for event in rows.prefetch_related(Prefetch("citations", cited)).in_order_of(pks):
        sources = event.citations.all()
        known = independence(
            trace(row.agency, row.publisher.name if row.publisher else "", row.label) for row in sources
        )
        if len(known.origins) == 1:
            found.append(Single(event, known.origins[0], known.citations))
    return found
