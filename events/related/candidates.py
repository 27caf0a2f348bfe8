"""Candidates: the events that share the rarest terms with an event, by bounded ranges of an index.

Of each event its `terms` rarest terms are asked, and of each of these at most `window` postings: all of them
where the term is rare, else those nearest to the event's day on either side, so neighbours in time come in
by the commoner terms. A million events cost what ten thousand do.

And those that an article tells of beside the event, in the same statement, if there are any.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from events.related.counts import TermCounts
from events.related.features import FLOOR, HALF_DAYS
from events.related.own import Own
from events.related.tables import ask, numbers
from events.related.terms import SOURCE, field_of
from events.related.vectors import Vector, moment_number
from events.sql import array, pairs

# What one list may read: of many events fewer terms each are asked.
MAX_RANGES = 440
# SQLite takes 500 parts of a UNION; a longer list is asked in parts.
AT_ONCE = 400
# Query points are whole numbers, so that their sums are the same in whatever order they are added.
SCALE = 10
FIRST = {"floor": FLOOR, "rest": 1 - FLOOR, "half": HALF_DAYS}


class Reach(NamedTuple):
    """How far candidates are looked for: rarest terms of an event, postings of each, candidates kept."""

    terms: int
    window: int
    kept: int


# For one event's page, and for each event of a list, which shows its first few only.
ONE = Reach(terms=20, window=80, kept=30)
MANY = Reach(terms=5, window=20, kept=8)
# Candidates that still wait for their moment are passed over after the best ones are known.
WAITING = 4
# Candidates beyond those kept that share an article with the event and hardly a term.
IN_ARTICLES = 8


class Candidate(NamedTuple):
    """An event that shares terms, as its stored vector has it; `day` is an ordinal."""

    pk: int
    day: int
    category: int
    terms: tuple[int, ...]
    weights: tuple[int, ...]


@dataclass
class Found:
    """The candidates of each event asked for, and the counts of all terms that they or it have.

    `covered` as in `Own`.
    """

    candidates: dict[int, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    counts: TermCounts = field(default_factory=TermCounts)
    covered: Mapping[int, set[int]] = field(default_factory=dict)


class Range(NamedTuple):
    """The postings of one term that are nearest to an event's day: at most `most` on either side of it.

    Each posting's points are to be multiplied by `points`.
    """

    owner: int
    day: int
    term: int
    points: int
    most: int


# A first score, without the candidates' own rarities, decides who is looked at more closely. Points are whole
# numbers, also where they are summed as floating ones. A posting repeats the day and category of its event.
SCORED = """
    SELECT a.owner, event_id, abs(day - own_day) AS days,
        CAST(SUM(points) AS double precision)
        * CASE WHEN category = own_category AND own_category <> 0 THEN 2 ELSE 1 END
        * ({floor} + CAST({rest} AS double precision)
            / (1 + CAST(abs(day - own_day) AS double precision) / {half})) AS score
    FROM {ranges} WHERE event_id <> a.owner{and_own}
    GROUP BY a.owner, own_day, own_category, event_id, day, category
    ORDER BY score DESC, days, event_id LIMIT {kept}
"""
# PostgreSQL joins its ranges to the rows that ask for them, so that the statement is one and stays planned.
POSTGRES_BEST = f"""
    SELECT b.* FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS a (owner, own_day, own_category)
    CROSS JOIN LATERAL ({SCORED}) AS b
"""  # noqa: S608 (names of ours)
POSTGRES_RANGES = """
    unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
        AS q (owner, range_day, term, factor, most)
    CROSS JOIN LATERAL (
        (SELECT event_id, day, category, points * CAST(q.factor AS double precision) AS points
         FROM events_relatedposting
         WHERE term = q.term AND day <= q.range_day ORDER BY day DESC, event_id DESC LIMIT q.most)
        UNION ALL
        (SELECT event_id, day, category, points * CAST(q.factor AS double precision)
         FROM events_relatedposting
         WHERE term = q.term AND day > q.range_day ORDER BY day, event_id LIMIT q.most)
    ) AS p
"""
# SQLite joins no range to a row; there each is written out, event by event. What they ask for are parameters,
# so that a statement is written and planned once for every number of ranges.
SQLITE_BEST = f"SELECT * FROM ({SCORED})"  # noqa: S608 (names of ours)
SQLITE_RANGES = "(SELECT %s AS owner, %s AS own_day, %s AS own_category) AS a CROSS JOIN ({ranges}) AS p"
SQLITE_RANGE = """
SELECT * FROM (
    SELECT event_id, day, category, points * %s AS points FROM events_relatedposting
    WHERE term = %s AND day <= %s ORDER BY day DESC, event_id DESC LIMIT %s)
UNION ALL
SELECT * FROM (
    SELECT event_id, day, category, points * %s FROM events_relatedposting
    WHERE term = %s AND day > %s ORDER BY day, event_id LIMIT %s)
"""
CANDIDATES_SQL = """
WITH best AS ({best})
SELECT b.owner, b.score, b.days, v.event_id, v.day, v.category, v.terms, v.weights
FROM best b JOIN events_relatedvector v ON v.event_id = b.event_id WHERE v.visible_at <= %s
"""
# After all that share terms, whose scores are no less than 0.
COVERED_SQL = """
SELECT t.one, -1, 0, v.event_id, v.day, v.category, v.terms, v.weights
FROM {pairs} AS t CROSS JOIN events_relatedvector v WHERE v.event_id = t.other AND v.visible_at <= %s
"""


def candidates_of(own: Own, *, reach: Reach, now: datetime) -> Found:
    """The best candidates for each of these events, best first: one query for every `AT_ONCE` of them.

    And one for the counts of their terms, as far as they are not known.
    """
    found = Found(counts=own.counts, covered=own.covered)
    known: dict[int, set[int]] = defaultdict(set)
    vectors = list(own.vectors.values())
    for start in range(0, len(vectors), AT_ONCE):
        rows = rows_of(vectors[start : start + AT_ONCE], own, reach=reach, now=now)
        for owner, score, _days, pk, day, category, terms, weights in rows:
            most = reach.kept if score >= 0 else reach.kept + IN_ARTICLES
            if len(found.candidates[owner]) < most and pk not in known[owner]:
                candidate = Candidate(pk, day, category, numbers(terms), numbers(weights))
                found.candidates[owner].append(candidate)
                known[owner].add(pk)
    met = [each.terms for candidates in found.candidates.values() for each in candidates]
    found.counts = own.counts.need(set().union(*met))
    return found


def rows_of(vectors: Sequence[Vector], own: Own, *, reach: Reach, now: datetime) -> list[tuple]:
    """What `CANDIDATES_SQL` and `COVERED_SQL` give for these vectors, the best of each first."""
    terms = min(reach.terms, max(1, MAX_RANGES // (2 * len(vectors))))
    ranges = [
        part
        for vector in vectors
        for part in ranges_of(
            vector,
            own.counts,
            terms=terms,
            window=reach.window,
            least=1 if vector.event_id in own.unpublished else 2,
        )
    ]
    parts = [written(vectors, ranges, kept=reach.kept + WAITING)] if ranges else []
    if together := [
        (vector.event_id, other)
        for vector in vectors
        for other in sorted(own.covered.get(vector.event_id, ()))[: reach.window]
    ]:
        sql, values = pairs(together)
        parts.append((COVERED_SQL.format(pairs=sql), values))
    if not parts:
        return []
    sql = " UNION ALL ".join(sql for sql, _values in parts)
    asked = [value for _sql, values in parts for value in (*values, moment_number(now))]
    return sorted(ask(sql, asked), key=lambda row: (-row[1], row[2], row[3]))


def ranges_of(vector: Vector, counts: TermCounts, *, terms: int, window: int, least: int) -> list[Range]:
    """The ranges of the index that hold the nearest postings of the event's rarest shared terms.

    A term is shared when `least` events have it: two, with the event itself.
    """
    points = dict(vector.points())
    shared = sorted(
        (number, term)
        for term in vector.terms
        if (number := counts.counts.get(term, 0)) >= least and field_of(term) != SOURCE
    )
    return [
        Range(
            owner=vector.event_id,
            day=vector.day,
            term=term,
            points=round(SCALE * points[term] * counts.rarities[term] ** 2),
            most=count if count <= window else window // 2,
        )
        for count, term in shared[:terms]
    ]


def written(vectors: Sequence[Vector], ranges: Sequence[Range], *, kept: int) -> tuple[str, list]:
    """The question for the `kept` best of each vector as this database reads it, with its parameters."""
    if connection.vendor == "postgresql":
        asking = [(vector.event_id, vector.day, vector.category) for vector in vectors]
        columns = [*zip(*asking, strict=True), *zip(*ranges, strict=True)]
        return postgres_sql(kept), [array(column) for column in columns]
    of: dict[int, list[Range]] = defaultdict(list)
    for each in ranges:
        of[each.owner].append(each)
    values: list[int] = []
    for vector in vectors:
        if vector.event_id in of:
            values += (vector.event_id, vector.day, vector.category)
        for each in of.get(vector.event_id, ()):
            values += (each.points, each.term, each.day, each.most) * 2
    return sqlite_sql(kept, tuple(map(len, of.values()))), values


@lru_cache
def postgres_sql(kept: int) -> str:
    """The question for any number of events and ranges."""
    best = POSTGRES_BEST.format(ranges=POSTGRES_RANGES, and_own=" AND q.owner = a.owner", kept=kept, **FIRST)
    return CANDIDATES_SQL.format(best=best)


# A day's page has events of some other numbers of ranges every time.
@lru_cache(maxsize=64)
def sqlite_sql(kept: int, numbers: Sequence[int]) -> str:
    """The question for events of which each has so many ranges."""
    parts = (SQLITE_RANGES.format(ranges=" UNION ALL ".join([SQLITE_RANGE] * number)) for number in numbers)
    best = " UNION ALL ".join(
        SQLITE_BEST.format(ranges=part, and_own="", kept=kept, **FIRST) for part in parts
    )
    return CANDIDATES_SQL.format(best=best)
