"""The only door to derived data: search index, listings, counts, the site's stamp. No signals.

`refresh` runs inside the transaction of the write, so that what is derived is right whenever the write is.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from events.models import Event, SiteStamp
from events.search import index
from events.search.index import Document
from events.sql import any_of

BATCH = 1000


@transaction.atomic
def refresh(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Bring all that is derived from these events up to date; events that are gone are forgotten."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        part = pks[start : start + BATCH]
        for listing in LISTINGS:
            change = unlist(listing, part)
            change.update(enlist(listing, part))
            move_counts(listing, change)
        index.refresh(part)
    touch(now=now)


@transaction.atomic
def add(pks: Collection[int], documents: Sequence[Document], *, now: datetime | None = None) -> None:
    """Derive all from new events, of which the published ones come with what is indexed of them."""
    pks = list(pks)
    for listing in LISTINGS:
        move_counts(listing, enlist(listing, pks))
    index.write(documents)
    touch(now=now)


@transaction.atomic
def forget(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Take events out of all that is derived, before they are deleted."""
    pks = list(pks)
    for listing in LISTINGS:
        move_counts(listing, unlist(listing, pks))
    index.remove(pks)
    touch(now=now)


def touch(*, now: datetime | None = None) -> None:
    """Move the site's stamp: every cached page and reader's copy is checked anew."""
    now = now or timezone.now()
    if not SiteStamp.objects.filter(pk=1).update(serial=F("serial") + 1, changed_at=now):
        SiteStamp.objects.create(pk=1, serial=1, changed_at=now)


def rebuild() -> Iterator[int]:
    """Make all derived data anew, a batch a transaction; yields the number of events done so far."""
    index.clear()
    done = 0
    pks = Event.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while part := list(islice(pks, BATCH)):
        refresh(part)
        done += len(part)
        yield done
    recount()
    settle()


def settle() -> None:
    """Collect the statistics that the database chooses indexes by; wanted after many writes at once.

    PostgreSQL does so by itself some minutes later, SQLite never: without them it takes "visible by now",
    which nearly all events are, for narrower than "of this day" (25 ms instead of 0.1 at 20,000 events).
    """
    tables = ["events_event", *(name for listing in LISTINGS for name in (listing.table, listing.subject))]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # So many rows of each index are enough to tell how selective it is.
            cursor.execute("PRAGMA analysis_limit = 1000")
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


@transaction.atomic
def recount() -> None:
    """Set the stored counts from the listings, for whatever may ever have moved them apart."""
    for listing in LISTINGS:
        run(
            f"UPDATE {listing.subject} SET events_count ="  # noqa: S608 (names of ours)
            f" (SELECT count(*) FROM {listing.table} l WHERE l.{listing.column} = {listing.subject}.id)"
        )
    touch()


@dataclass(frozen=True, slots=True)
class Listing:
    """A derived table: its rows are (column, date, event_id, visible_at), and `subject` keeps their count."""

    table: str
    column: str
    subject: str
    source: str


LISTINGS = (
    Listing(
        "events_contextlisting",
        "context_id",
        "events_context",
        "SELECT t.context_id, e.date, e.id, e.visible_at FROM events_event e"
        " JOIN events_tagging t ON t.event_id = e.id",
    ),
    Listing(
        "events_publisherlisting",
        "publisher_id",
        "events_publisher",
        "SELECT DISTINCT c.publisher_id, e.date, e.id, e.visible_at FROM events_event e"
        " JOIN events_citation c ON c.event_id = e.id AND c.publisher_id IS NOT NULL",
    ),
)


def unlist(listing: Listing, pks: list[int]) -> Counter[int]:
    """Take the events' rows out; returns by how much each subject's count falls."""
    marks, values = any_of(pks)
    rows = run(f"DELETE FROM {listing.table} WHERE event_id IN {marks} RETURNING {listing.column}", values)  # noqa: S608
    change: Counter[int] = Counter()
    change.subtract(Counter(subject for (subject,) in rows))
    return change


def enlist(listing: Listing, pks: list[int]) -> Counter[int]:
    """Add the rows of those events that are published; returns by how much each subject's count rises."""
    marks, values = any_of(pks)
    rows = run(
        f"INSERT INTO {listing.table} ({listing.column}, date, event_id, visible_at) {listing.source}"
        f" WHERE e.state = 'published' AND e.id IN {marks} RETURNING {listing.column}",
        values,
    )
    return Counter(subject for (subject,) in rows)


def move_counts(listing: Listing, change: Counter[int]) -> None:
    """Add to `events_count`. All rows are locked in one order first, so that writers cannot deadlock."""
    steps: dict[int, list[int]] = defaultdict(list)
    for subject, number in change.items():
        if number:
            steps[number].append(subject)
    if connection.features.has_select_for_update:
        marks, values = any_of([subject for subjects in steps.values() for subject in subjects])
        run(f"SELECT id FROM {listing.subject} WHERE id IN {marks} ORDER BY id FOR UPDATE", values)  # noqa: S608
    for number, subjects in steps.items():
        marks, values = any_of(subjects)
        run(
            f"UPDATE {listing.subject} SET events_count = events_count + %s WHERE id IN {marks}",  # noqa: S608
            [number, *values],
        )


def run(sql: str, values: Sequence[Any] = ()) -> list[tuple]:
    """Execute one statement and return its rows, if it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
