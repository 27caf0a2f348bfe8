"""Story lines that had a rhythm and have lost it: silent for a gap by the rule of `events.stories.rhythm`."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from statistics import median
from typing import Any

from django.db.models import Q, QuerySet

from events.models import Context, ContextDay, StoryDay, StoryLine
from events.stories.lines import Story, own_lines, with_spans
from events.stories.rhythm import distances_of, silent_from

NAME = "silences"
# A story that has been silent for longer has ended.
ENDED = timedelta(days=365)
# Until a worker comes again, the day may change.
AHEAD = timedelta(days=1)
STEP, MOST = 200, 500


@dataclass(frozen=True, slots=True)
class Silence:
    """A story line with its last day, the usual days from one of its days to the next, and since when it
    counts as silent."""

    is_line: bool
    pk: int
    last_on: date
    usual: int
    silent_from: date


@dataclass(frozen=True, slots=True)
class SilentStory:
    story: Story
    silence: Silence

    @property
    def change_view(self) -> str:
        """The name of the view in which it is edited."""
        return f"admin:events_{'storyline' if self.silence.is_line else 'context'}_change"


def work_out(*, today: date) -> Generator[None, None, Any]:
    """Silent stories, those that fell silent last first; yields between steps."""
    found: list[Silence] = []
    for is_line, table, subject in ((False, ContextDay, "context_id"), (True, StoryDay, "story_line_id")):
        live = table.objects.filter(date__range=(today - ENDED, today)).order_by()
        stories = list(live.values_list(subject, flat=True).distinct())
        for start in range(0, len(stories), STEP):
            pks = stories[start : start + STEP]
            found += silences_of(table, subject, pks, is_line=is_line, today=today)
            yield
    found.sort(key=attrgetter("silent_from", "pk"), reverse=True)
    return [[row.is_line, row.pk, str(row.last_on), row.usual, str(row.silent_from)] for row in found[:MOST]]


def silences_of(
    table: type[ContextDay | StoryDay], subject: str, pks: Sequence[int], *, is_line: bool, today: date
) -> Iterator[Silence]:
    # Entries that wait for their moment count: whoever has planned one has not forgotten the story.
    rows = table.objects.filter(**{f"{subject}__in": pks}).order_by(subject, "date")
    for pk, group in groupby(rows.values_list(subject, "date"), key=itemgetter(0)):
        days = [day for _pk, day in group]
        since = silent_from(days)
        if since and since <= today + AHEAD:
            yield Silence(is_line, pk, days[-1], round(median(distances_of(days))), since)


def silences_in(facts: list, *, today: date) -> list[Silence]:
    """Those of a kept result that are silent today."""
    rows = [
        Silence(is_line, pk, date.fromisoformat(last), usual, date.fromisoformat(since))
        for is_line, pk, last, usual, since in facts
    ]
    return [row for row in rows if row.silent_from <= today]


def still_silent(silences: Sequence[Silence], *, today: date, now: datetime) -> list[SilentStory]:
    """Those of these story lines that are public still and had no entry since, in this order. Two queries.

    One whose last day has come, as editors set it, is told to its end.
    """
    lines = StoryLine.objects.filter(Q(last_day=None) | Q(last_day__gte=today))
    known = {
        False: subjects(own_lines(Context.objects.all()), silences, is_line=False, now=now),
        True: subjects(lines, silences, is_line=True, now=now),
    }
    return [
        SilentStory(Story(subject), row)
        for row in silences
        if (subject := known[row.is_line].get(row.pk)) and subject.last_on == row.last_on
    ]


def subjects(
    rows: QuerySet, silences: Sequence[Silence], *, is_line: bool, now: datetime
) -> dict[int, Context | StoryLine]:
    pks = [row.pk for row in silences if row.is_line == is_line]
    return {row.pk: row for row in with_spans(rows.filter(pk__in=pks), now=now)} if pks else {}
