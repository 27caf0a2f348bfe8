"""The three tables that suggestions are read from, on either database. `events.derived` alone writes them.

- `events_relatedvector`: a row for each published event with its terms and their weights.
- `events_relatedposting`: (term, day, event) with `points`, so that the events with a term that are nearest
  to a day are one range of the primary key.
- `events_relatedterm`: how many events have each term, exact at any moment; `EVERY` counts the events.

Days are proleptic ordinals (`date.toordinal`) and moments microseconds since 1970: whole numbers, with which
both databases reckon alike.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from django.db import connection

from events.prepared import prepared_cursor
from events.related.terms import EVERY
from events.related.vectors import Vector
from events.sql import any_of, array, insert, run, texts

NAMES = ("events_relatedvector", "events_relatedposting", "events_relatedterm")
VECTOR_COLUMNS = ("event_id", "day", "visible_at", "category", "terms", "weights")
POSTING_COLUMNS = ("term", "day", "event_id", "category", "points")
Posting = tuple[int, int, int, int, int]
COUNT_SQL = (
    "ON CONFLICT (term) DO UPDATE SET events_count = events_relatedterm.events_count + excluded.events_count"
)


def write(vectors: Sequence[Vector]) -> None:
    """Add vectors of events that have none, with their postings and counts."""
    insert_vectors(vectors)
    insert_postings(by_term(postings_of(vectors)))
    move_counts(counts_of(vectors))


def replace(pks: Collection[int], vectors: Sequence[Vector]) -> None:
    """Give these events the vectors told; those of them without one have none from now on."""
    change(stored(pks), vectors)


def remove(pks: Collection[int]) -> None:
    """Take these events out of all three tables."""
    change(stored(pks), [])


def change(old: Sequence[Vector], new: Sequence[Vector]) -> None:
    """Put new vectors in the place of old ones; rows that are in both are left alone."""
    gone, come = without(old, new), without(new, old)
    before, after = set(postings_of(gone)), set(postings_of(come))
    delete_vectors([vector.event_id for vector in gone])
    delete_postings([posting[:3] for posting in sorted(before - after)])
    insert_vectors(come)
    insert_postings(sorted(after - before))
    moved = counts_of(come)
    moved.subtract(counts_of(gone))
    move_counts({term: number for term, number in moved.items() if number})


def reweigh(old: Sequence[Vector], new: Sequence[Vector]) -> None:
    """Give the same events the same vectors but for their contexts: no posting of a word is looked at."""
    moved: Counter[int] = Counter()
    gone, put = [], []
    changed = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    for before, after in changed:
        had, has = dict(before.points_of_contexts()), dict(after.points_of_contexts())
        moved.update(has.keys() - had.keys())
        moved.subtract(lost := had.keys() - has.keys())
        gone += [(term, after.day, after.event_id) for term in lost]
        put += [
            (term, after.day, after.event_id, after.category, points)
            for term, points in has.items()
            if had.get(term) != points
        ]
    update_vectors([after for _before, after in changed])
    delete_postings(sorted(gone))
    put_postings(sorted(put))
    move_counts({term: number for term, number in moved.items() if number})


def without(vectors: Sequence[Vector], others: Sequence[Vector]) -> list[Vector]:
    """Those of the vectors that are not the same among the others."""
    known = {vector.event_id: vector for vector in others}
    return [vector for vector in vectors if known.get(vector.event_id) != vector]


def postings_of(vectors: Iterable[Vector]) -> list[Posting]:
    return [
        (term, vector.day, vector.event_id, vector.category, points)
        for vector in vectors
        for term, points in vector.points()
    ]


def by_term(postings: Iterable[Posting]) -> list[Posting]:
    """In the order of terms: near enough to the key's order for an index, and cheaper than a sort of rows."""
    groups: dict[int, list[Posting]] = defaultdict(list)
    for posting in postings:
        groups[posting[0]].append(posting)
    return [posting for term in sorted(groups) for posting in groups[term]]


def clear() -> None:
    """Empty the tables, before they are filled anew."""
    for name in NAMES:
        run(f"DELETE FROM {name}")  # noqa: S608 (names of ours)


def stored(pks: Collection[int]) -> list[Vector]:
    """The vectors that these events have."""
    marks, values = any_of(pks)
    rows = run(
        "SELECT event_id, day, visible_at, category, terms, weights FROM events_relatedvector"  # noqa: S608
        f" WHERE event_id IN {marks} ORDER BY event_id",
        values,
    )
    return [
        Vector(event, day, moment, category, numbers(terms), numbers(weights))
        for event, day, moment, category, terms, weights in rows
    ]


def delete_vectors(pks: Collection[int]) -> None:
    if pks:
        marks, values = any_of(pks)
        run(f"DELETE FROM events_relatedvector WHERE event_id IN {marks}", values)  # noqa: S608 (names of ours)


def delete_postings(keys: Sequence[tuple[int, int, int]]) -> None:
    if not keys:
        return
    if connection.vendor == "postgresql":
        run(
            "DELETE FROM events_relatedposting p"
            " USING unnest(%s::bigint[], %s::integer[], %s::bigint[]) AS gone (term, day, event_id)"
            " WHERE p.term = gone.term AND p.day = gone.day AND p.event_id = gone.event_id",
            [array(column) for column in zip(*keys, strict=True)],
        )
        return
    with connection.cursor() as cursor:
        sql = "DELETE FROM events_relatedposting WHERE term = %s AND day = %s AND event_id = %s"
        cursor.executemany(sql, keys)


def counts_of(vectors: Iterable[Vector]) -> Counter[int]:
    """How many of the vectors have each term."""
    counts: Counter[int] = Counter()
    for vector in vectors:
        counts.update(vector.terms)
        counts[EVERY] += 1
    return counts


def insert_vectors(vectors: Sequence[Vector]) -> None:
    if not vectors:
        return
    pack = packer()
    rows = [
        (
            vector.event_id,
            vector.day,
            vector.visible_at,
            vector.category,
            pack(vector.terms),
            pack(vector.weights),
        )
        for vector in vectors
    ]
    insert("events_relatedvector", VECTOR_COLUMNS, rows)


def update_vectors(vectors: Sequence[Vector]) -> None:
    """Give vectors that are there other terms and weights."""
    if not vectors:
        return
    pack = packer()
    rows = [(pack(vector.terms), pack(vector.weights), vector.event_id) for vector in vectors]
    if connection.vendor == "postgresql":
        terms, weights, events = zip(*rows, strict=True)
        run(
            "UPDATE events_relatedvector v SET terms = new.terms::bigint[], weights = new.weights::integer[]"
            " FROM unnest(%s::text[], %s::text[], %s::bigint[]) AS new (terms, weights, event_id)"
            " WHERE v.event_id = new.event_id",
            [texts(terms), texts(weights), array(events)],
        )
        return
    with connection.cursor() as cursor:
        sql = "UPDATE events_relatedvector SET terms = %s, weights = %s WHERE event_id = %s"
        cursor.executemany(sql, rows)


def packer() -> Callable[[Sequence[int]], str]:
    """How the database keeps whole numbers in one column."""
    return array if connection.vendor == "postgresql" else json_array


def json_array(values: Sequence[int]) -> str:
    """Whole numbers as JSON, which Python writes alike."""
    return str(list(values))


def insert_postings(rows: Sequence[Posting]) -> None:
    """In the order of their terms."""
    if rows:
        insert("events_relatedposting", POSTING_COLUMNS, rows)


def put_postings(rows: Sequence[Posting]) -> None:
    """Add postings, or give those that are there other points; in the order of the key."""
    if not rows:
        return
    put = "ON CONFLICT (term, day, event_id) DO UPDATE SET points = excluded.points"
    names = ", ".join(POSTING_COLUMNS)
    if connection.vendor == "postgresql":
        run(
            f"INSERT INTO events_relatedposting ({names}) SELECT * FROM"  # noqa: S608 (names of ours)
            " unnest(%s::bigint[], %s::integer[], %s::bigint[], %s::smallint[], %s::smallint[])"
            f" {put}",
            [array(column) for column in zip(*rows, strict=True)],
        )
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO events_relatedposting ({names}) VALUES (%s, %s, %s, %s, %s) {put}",  # noqa: S608
            rows,
        )


def move_counts(change: Mapping[int, int]) -> None:
    """Add to the counts; a term that no event has any more has no row.

    In the order of terms, so that two writers cannot wait for one another.
    """
    if not change:
        return
    terms = sorted(change)
    if connection.vendor == "postgresql":
        run(
            "INSERT INTO events_relatedterm (term, events_count)"  # noqa: S608 (names of ours)
            f" SELECT * FROM unnest(%s::bigint[], %s::bigint[]) ORDER BY 1 {COUNT_SQL}",
            [array(terms), array(change[term] for term in terms)],
        )
    else:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO events_relatedterm (term, events_count) VALUES (%s, %s) {COUNT_SQL}",  # noqa: S608
                [(term, change[term]) for term in terms],
            )
    if fallen := [term for term, number in change.items() if number < 0]:
        marks, values = any_of(fallen)
        run(f"DELETE FROM events_relatedterm WHERE events_count = 0 AND term IN {marks}", values)  # noqa: S608


def numbers(stored: str | Sequence[int]) -> tuple[int, ...]:
    """A column of numbers: an array on PostgreSQL, JSON on SQLite."""
    return tuple(json.loads(stored) if isinstance(stored, str) else stored)


def ask(sql: str, values: Sequence) -> list[tuple]:
    """The rows of a question that pages ask with ever other values: the database keeps it planned."""
    with prepared_cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
