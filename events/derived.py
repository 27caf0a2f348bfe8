"""The only door to derived data: search index, terms for suggestions, listings, counts, the site's stamp.

`refresh` runs inside the transaction of the write, so that what is derived is right whenever the write is.
No signals.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from events import problems
from events.models import Article, Event, SiteStamp
from events.related import tables
from events.related.family import family_of
from events.related.vectors import Vector, Words, vector_of
from events.search import articles, index
from events.search.index import Document
from events.sql import any_of, changes, days_moved, insert, run, stored

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
            move(listing, change)
        refresh_texts(part)
    touch(now=now)


def refresh_texts(pks: Collection[int]) -> None:
    """Bring what follows from the words of these events and of their contexts up to date."""
    documents = index.documents_of(pks)
    index.replace(pks, documents)
    problems.replace(pks)
    tables.replace(pks, vectors_of(documents))


@transaction.atomic
def refresh_problems(pks: Sequence[int]) -> None:
    """Look anew at what is wrong with events, of which only what others tell of their sources has changed."""
    for start in range(0, len(pks), BATCH):
        problems.replace(pks[start : start + BATCH])


@transaction.atomic
def refresh_families(pks: Collection[int]) -> None:
    """Bring what suggestions are found by up to date, where contexts of these events came to lie under
    others: no word of theirs has changed."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        old = tables.stored(pks[start : start + BATCH])
        contexts = own_names([vector.event_id for vector in old])
        family = family_of({pk for carried in contexts.values() for pk in carried})
        tables.reweigh(old, [vector.under(family.names_of(contexts[vector.event_id])) for vector in old])


def own_names(pks: Collection[int]) -> dict[int, dict[int, tuple[str]]]:
    """The contexts of these events by key, each with its own name alone."""
    contexts: dict[int, dict[int, tuple[str]]] = defaultdict(dict)
    marks, values = any_of(pks)
    for event, context, name in run(
        "SELECT t.event_id, c.id, c.name FROM events_tagging t"  # noqa: S608 (names of ours)
        f" JOIN events_context c ON c.id = t.context_id WHERE t.event_id IN {marks}",
        values,
    ):
        contexts[event][context] = (name,)
    return contexts


@transaction.atomic
def add(
    pks: Collection[int],
    documents: Sequence[Document],
    *,
    words: Mapping[int, Words],
    found: Iterable[tuple[int, str, date]],
    counted: Mapping[int, int],
    now: datetime | None = None,
) -> None:
    """Derive all from new events, of which the published ones come with what is indexed of them and with
    their words.

    `found` are the problems of all of them, as `problems.write` takes them. `counted` tells with which counts
    contexts were made for these events, so that they need not be moved.
    """
    pks = list(pks)
    move(CONTEXTS, enlist_new(CONTEXTS, documents, attrgetter("contexts")), counted=counted)
    move(PUBLISHERS, enlist_new(PUBLISHERS, documents, attrgetter("publishers")))
    move(STORY_LINES, enlist(STORY_LINES, pks))
    index.add(documents)
    problems.write(found)
    tables.write(vectors_of(documents, words))
    touch(now=now)


@transaction.atomic
def forget(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Take events out of all that is derived, before they are deleted."""
    pks = list(pks)
    for listing in LISTINGS:
        move(listing, unlist(listing, pks))
    index.remove(pks)
    problems.remove(pks)
    tables.remove(pks)
    touch(now=now)


@transaction.atomic
def refresh_articles(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Bring what is derived from these articles up to date: their index, and pages by the site's stamp."""
    articles.refresh(pks)
    touch(now=now)


@transaction.atomic
def forget_articles(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Take articles out of what is derived, before they are deleted."""
    articles.remove(pks)
    touch(now=now)


def touch(*, now: datetime | None = None) -> None:
    """Move the site's stamp: every cached page and reader's copy is checked anew."""
    now = now or timezone.now()
    if not SiteStamp.objects.filter(pk=1).update(serial=F("serial") + 1, changed_at=now):
        SiteStamp.objects.create(pk=1, serial=1, changed_at=now)


def rebuild() -> Iterator[int]:
    """Make all derived data anew, a batch a transaction; yields the number of events done so far."""
    index.clear()
    articles.clear()
    problems.clear()
    tables.clear()
    done = 0
    pks = Event.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while part := list(islice(pks, BATCH)):
        refresh(part)
        done += len(part)
        yield done
    pks = Article.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while part := list(islice(pks, BATCH)):
        refresh_articles(part)
    recount()
    settle()


def vectors_of(documents: Sequence[Document], words: Mapping[int, Words] | None = None) -> list[Vector]:
    """What suggestions are found by, of published events with what is indexed of them.

    `words` are those of their words, by event, that were made ahead.
    """
    words = words or {}
    family = family_of({pk for document in documents for pk in document.contexts})
    return [
        vector_of(
            document.pk,
            date=document.date,
            visible_at=document.visible_at,
            category=document.category,
            headline=document.texts.headline,
            summary=document.texts.summary,
            contexts=family.names_of(document.contexts),
            publishers=document.publishers,
            words=words.get(document.pk),
        )
        for document in documents
    ]


# Of wide tables the columns by which rows are chosen: statistics of texts and arrays would take five times as
# long and help no question.
CHOSEN_BY = {
    "events_event": (
        "(id, state, date, visible_at, updated_at, is_incomplete, label_until, merged_into_id, cover_id,"
        " category, language)"
    ),
    "events_relatedvector": "(event_id, day)",
}


def settle() -> None:
    """Collect the statistics that the database chooses indexes by; wanted after many writes at once.

    PostgreSQL does so by itself some minutes later, SQLite never: without them it takes "visible by now",
    which nearly all events are, for narrower than "of this day" (25 ms instead of 0.1 at 20,000 events).
    """
    names = [
        "events_event",
        *(name for listing in LISTINGS for name in (listing.table, listing.subject)),
        *(listing.days for listing in LISTINGS if listing.days),
        *tables.NAMES,
        "events_eventproblem",
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # So many rows of each index are enough to tell how selective it is.
            cursor.execute("PRAGMA analysis_limit = 1000")
        for name in names:
            chosen_by = CHOSEN_BY.get(name, "") if connection.vendor == "postgresql" else ""
            cursor.execute(f"ANALYZE {name} {chosen_by}")


@transaction.atomic
def recount() -> None:
    """Set the stored counts from the listings, for whatever may ever have moved them apart."""
    for listing in LISTINGS:
        run(
            f"UPDATE {listing.subject} SET events_count ="  # noqa: S608 (names of ours)
            f" (SELECT count(*) FROM {listing.table} l WHERE l.{listing.column} = {listing.subject}.id)"
        )
        if listing.days:
            recount_days(listing, [pk for (pk,) in run(f"SELECT id FROM {listing.subject}")])  # noqa: S608
    touch()


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
    listing: Listing, documents: Sequence[Document], subjects: Callable[[Document], Iterable[int]]
) -> Change:
    """Add the rows of new events that are at hand, which takes half the time; returns what rises."""
    rows = [
        (subject, day, document.pk, moment)
        for document in documents
        for day, moment in [(stored(document.date), stored(document.visible_at))]
        for subject in subjects(document)
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


@transaction.atomic
def relist_story_line(pk: int, *, now: datetime | None = None) -> None:
    """After a story line's contexts or days changed: which events belong to it, and how many."""
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
    touch(now=now)


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


def recount_story_days(contexts: Collection[int]) -> None:
    """After contexts became stories, or ceased to be: the days of their charts."""
    recount_days(CONTEXTS, contexts)
