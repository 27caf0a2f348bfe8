"""The listings: which published events belong to a context, a source or a story line, and how many.

Lean tables, each row with what lists sort and filter by, so that a list is one range of an index. Subjects
keep the count of their events; of stories the events of each day are counted too. `events.derived` alone
writes them.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Protocol

from django.db import connection

from events.sql import any_of, changes, days_moved, insert, run, stored


class Listed(Protocol):
    """What is listed of a new event that is published."""

    pk: int
    date: date
    visible_at: datetime
    contexts: Collection[int]
    publishers: Collection[int]


@dataclass(frozen=True, slots=True)
class Listing:
    """A derived table: its rows are (column, date, event_id, visible_at), and `subject` keeps their count.

    `days` is the table that counts them by day, `counted` which subjects have rows there.
    """

    table: str
    column: str
    subject: str
    source: str
    days: str = ""
    counted: str = "TRUE"


LISTINGS = (
    Listing(
        "events_contextlisting",
        "context_id",
        "events_context",
        "SELECT t.context_id, e.date, e.id, e.visible_at FROM events_event e"
        " JOIN events_tagging t ON t.event_id = e.id",
        days="events_contextday",
        counted="s.kind = 'story'",
    ),
    Listing(
        "events_publisherlisting",
        "publisher_id",
        "events_publisher",
        "SELECT DISTINCT c.publisher_id, e.date, e.id, e.visible_at FROM events_event e"
        " JOIN events_citation c ON c.event_id = e.id AND c.publisher_id IS NOT NULL",
    ),
    Listing(
        "events_storylisting",
        "story_line_id",
        "events_storyline",
        # From the event's contexts to the story lines that want one of them; then, whether it has them all.
        "SELECT DISTINCT s.id, e.date, e.id, e.visible_at FROM events_event e"
        " JOIN events_tagging t ON t.event_id = e.id"
        " JOIN events_storyline_contexts w ON w.context_id = t.context_id"
        " JOIN events_storyline s ON s.id = w.storyline_id"
        " AND (s.first_day IS NULL OR s.first_day <= e.date) AND (s.last_day IS NULL OR s.last_day >= e.date)"
        " AND NOT EXISTS (SELECT 1 FROM events_storyline_contexts o WHERE o.storyline_id = s.id"
        " AND NOT EXISTS (SELECT 1 FROM events_tagging h WHERE h.event_id = e.id"
        " AND h.context_id = o.context_id))",
        days="events_storyday",
    ),
)
CONTEXTS, PUBLISHERS, STORY_LINES = LISTINGS


def names() -> list[str]:
    """The tables that are written here."""
    of_all = [name for listing in LISTINGS for name in (listing.table, listing.subject, listing.days)]
    return list(filter(None, of_all))


def replace(pks: list[int]) -> None:
    """List these events as they are now; those that are gone leave all lists."""
    for listing in LISTINGS:
        change = unlist(listing, pks)
        change.update(enlist(listing, pks))
        move(listing, change)


def add(pks: list[int], events: Sequence[Listed], *, counted: Mapping[int, int]) -> None:
    """List new events, of which the published ones are at hand.

    `counted` tells with which counts contexts were made for these events, so that they need not be moved.
    """
    move(CONTEXTS, enlist_new(CONTEXTS, events, attrgetter("contexts")), counted=counted)
    move(PUBLISHERS, enlist_new(PUBLISHERS, events, attrgetter("publishers")))
    move(STORY_LINES, enlist(STORY_LINES, pks))


def remove(pks: list[int]) -> None:
    """Take these events out of all lists."""
    for listing in LISTINGS:
        move(listing, unlist(listing, pks))


# By how much the number of listed events changes, by subject and day (as the database writes it).
Change = Counter[tuple[int, Any]]


def unlist(listing: Listing, pks: list[int]) -> Change:
    """Take the events' rows out; returns what falls."""
    marks, values = any_of(pks)
    rows = run(
        f"DELETE FROM {listing.table} WHERE event_id IN {marks} RETURNING {listing.column}, date",  # noqa: S608
        values,
    )
    change: Change = Counter()
    change.subtract(Counter(rows))
    return change


def enlist(listing: Listing, pks: list[int]) -> Change:
    """Add the rows of those events that are published; returns what rises."""
    marks, values = any_of(pks)
    rows = run(
        f"INSERT INTO {listing.table} ({listing.column}, date, event_id, visible_at) {listing.source}"
        f" WHERE e.state = 'published' AND e.id IN {marks} RETURNING {listing.column}, date",
        values,
    )
    return Counter(rows)


def enlist_new(
    listing: Listing, events: Sequence[Listed], subjects: Callable[[Listed], Iterable[int]]
) -> Change:
    """Add the rows of new events that are at hand, which takes half the time; returns what rises."""
    rows = [
        (subject, day, event.pk, moment)
        for event in events
        for day, moment in [(stored(event.date), stored(event.visible_at))]
        for subject in subjects(event)
    ]
    insert(listing.table, (listing.column, "date", "event_id", "visible_at"), rows)
    return Counter([row[:2] for row in rows])


def move(listing: Listing, change: Change, *, counted: Mapping[int, int] | None = None) -> None:
    """Add to the stored counts of subjects and, where the listing keeps them, of their days.

    `counted` are numbers that the subjects' own counts hold already.
    """
    places = {place: number for place, number in change.items() if number}
    subjects: Counter[int] = Counter()
    for (subject, _day), number in places.items():
        subjects[subject] += number
    subjects.subtract(counted or {})
    moved = {subject: number for subject, number in subjects.items() if number}
    lock(listing, moved)
    move_counts(listing, moved)
    if listing.days and places:
        move_days(listing, places)


def lock(listing: Listing, subjects: Collection[int]) -> None:
    """All rows of subjects in one order before any is changed, so that writers cannot deadlock."""
    if connection.features.has_select_for_update:
        marks, values = any_of(list(subjects))
        run(f"SELECT id FROM {listing.subject} WHERE id IN {marks} ORDER BY id FOR UPDATE", values)  # noqa: S608


def move_counts(listing: Listing, change: Mapping[int, int]) -> None:
    """Add to `events_count` of each subject, in one statement."""
    moved, values = changes(change)
    run(
        f"UPDATE {listing.subject} SET events_count = events_count + moved.number"  # noqa: S608 (names of ours)
        f" FROM {moved} AS moved WHERE {listing.subject}.id = moved.id",
        values,
    )


def move_days(listing: Listing, change: dict[tuple[int, Any], int]) -> None:
    """Add to the counts of days of those subjects that have them; a day without events has no row."""
    counted = set(counted_among(listing, {subject for subject, _day in change}))
    moved = [(*place, number) for place, number in sorted(change.items()) if place[0] in counted]
    if fall := [row for row in moved if row[2] < 0]:
        rows, values = days_moved(fall)
        here = f"d.{listing.column} = moved.key AND d.date = moved.day"
        run(
            f"UPDATE {listing.days} AS d SET count = d.count + moved.number"  # noqa: S608 (names of ours)
            f" FROM {rows} AS moved WHERE {here}",
            values,
        )
        run(
            f"DELETE FROM {listing.days} AS d"  # noqa: S608 (names of ours)
            f" WHERE d.count = 0 AND EXISTS (SELECT 1 FROM {rows} AS moved WHERE {here})",
            values,
        )
    if rise := [row for row in moved if row[2] > 0]:
        rows, values = days_moved(rise)
        # Without WHERE, SQLite takes ON for part of the join.
        run(
            f"INSERT INTO {listing.days} AS d (count, {listing.column}, date)"  # noqa: S608 (names of ours)
            f" SELECT moved.number, moved.key, moved.day FROM {rows} AS moved WHERE TRUE"
            f" ON CONFLICT ({listing.column}, date) DO UPDATE SET count = d.count + excluded.count",
            values,
        )


def relist_story_line(pk: int) -> None:
    """List the events of one story line anew, after its contexts or days changed."""
    listing = STORY_LINES
    run(f"DELETE FROM {listing.table} WHERE {listing.column} = %s", [pk])  # noqa: S608
    run(
        f"INSERT INTO {listing.table} ({listing.column}, date, event_id, visible_at) {listing.source}"
        " WHERE e.state = 'published' AND s.id = %s",
        [pk],
    )
    recount_days(listing, [pk])
    run(
        f"UPDATE {listing.subject} SET events_count ="  # noqa: S608
        f" (SELECT count(*) FROM {listing.table} WHERE {listing.column} = %s) WHERE id = %s",
        [pk, pk],
    )


def recount() -> None:
    """Set the stored counts from the listings, for whatever may ever have moved them apart."""
    for listing in LISTINGS:
        run(
            f"UPDATE {listing.subject} SET events_count ="  # noqa: S608 (names of ours)
            f" (SELECT count(*) FROM {listing.table} l WHERE l.{listing.column} = {listing.subject}.id)"
        )
        if listing.days:
            recount_days(listing, [pk for (pk,) in run(f"SELECT id FROM {listing.subject}")])  # noqa: S608


def counted_among(listing: Listing, subjects: Collection[int]) -> list[int]:
    """Those of these subjects whose days are counted."""
    marks, values = any_of(list(subjects))
    rows = run(f"SELECT s.id FROM {listing.subject} s WHERE s.id IN {marks} AND {listing.counted}", values)  # noqa: S608
    return [subject for (subject,) in rows]


def recount_days(listing: Listing, subjects: Collection[int]) -> None:
    """Count the days of these subjects anew; those that are not, or no longer, counted lose theirs."""
    marks, values = any_of(list(subjects))
    run(f"DELETE FROM {listing.days} WHERE {listing.column} IN {marks}", values)  # noqa: S608
    # In two steps: a join of tables that PostgreSQL takes for empty, before it has looked at them, is planned
    # as one row after the other, and takes minutes.
    marks, values = any_of(counted_among(listing, subjects))
    run(
        f"INSERT INTO {listing.days} ({listing.column}, date, count)"  # noqa: S608
        f" SELECT l.{listing.column}, l.date, count(*) FROM {listing.table} l"
        f" WHERE l.{listing.column} IN {marks} GROUP BY l.{listing.column}, l.date",
        values,
    )
