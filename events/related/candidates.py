"""Candidates: the events that share the rarest terms with an event, by bounded ranges of an index.

Of each event its `terms` rarest terms are asked, and of each of these at most `window` postings: all of them
where the term is rare, else those nearest to the event's day on either side, so neighbours in time come in
by the commoner terms. A million events cost what ten thousand do.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db import connection

from events.related.features import FLOOR, HALF_DAYS, rarity
from events.related.own import Own
from events.related.tables import ask, numbers
from events.related.terms import EVERY, SOURCE, field_of
from events.related.vectors import Vector, moment_number

# SQLite takes 500 parts of a UNION; two to a term.
MAX_RANGES = 440
# Query points are whole numbers, so that their sums are the same in whatever order they are added.
SCALE = 10


class Reach(NamedTuple):
    """How far candidates are looked for: rarest terms of an event, postings of each, candidates kept."""

    terms: int
    window: int
    kept: int


# For one event's page, and for each event of a list, which shows its first few only.
ONE = Reach(terms=20, window=100, kept=32)
MANY = Reach(terms=5, window=20, kept=8)
# Candidates that still wait for their moment are passed over after the best ones are known.
WAITING = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that shares terms, as its stored vector has it; `day` is an ordinal."""

    pk: int
    day: int
    category: int
    terms: tuple[int, ...]
    weights: tuple[int, ...]


@dataclass
class Found:
    """The candidates of each event asked for, and how many events have each term that they or it have."""

    candidates: dict[int, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of events."""
        return self.counts.get(EVERY, 0)

    @cached_property
    def rarities(self) -> dict[int, float]:
        """The rarity of each term, once all candidates are known."""
        total = self.total
        return {term: rarity(count, total) for term, count in self.counts.items()}


class Range(NamedTuple):
    """The postings of one term that are nearest to an event's day: at most `most` on either side of it.

    Each posting's points are to be multiplied by `points`. `is_whole` where these are all that there are.
    """

    owner: int
    day: int
    term: int
    points: int
    most: int
    is_whole: bool


# PostgreSQL joins its ranges to the rows that ask for them, so that the statement is one and stays
# planned. SQLite joins no range to a row; there each is written out.
POSTGRES_ASKED = "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[])"
POSTGRES_RANGES = """
    SELECT q.owner, p.event_id, p.day, p.category, p.points * q.points AS points
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
        AS q (owner, own_day, term, points, most)
    CROSS JOIN LATERAL (
        (SELECT event_id, day, category, points FROM events_relatedposting
         WHERE term = q.term AND day <= q.own_day ORDER BY day DESC, event_id DESC LIMIT q.most)
        UNION ALL
        (SELECT event_id, day, category, points FROM events_relatedposting
         WHERE term = q.term AND day > q.own_day ORDER BY day, event_id LIMIT q.most)
    ) AS p
"""
SQLITE_ALL = (
    "SELECT {owner} AS owner, event_id, day, category, points * {points} AS points"
    " FROM events_relatedposting WHERE term = {term}"
)
SQLITE_NEAREST = (
    f"SELECT * FROM ({SQLITE_ALL} AND day <= {{day}}"  # noqa: S608 (names of ours)
    " ORDER BY day DESC, event_id DESC LIMIT {most})",
    f"SELECT * FROM ({SQLITE_ALL} AND day > {{day}}"  # noqa: S608 (names of ours)
    " ORDER BY day, event_id LIMIT {most})",
)

# A first score, without the candidates' own rarities, decides who is looked at more closely. All numbers in
# it are ours. The last row tells how many events have each of the candidates' terms.
CANDIDATES_SQL = """
WITH asked (owner, own_day, own_category) AS ({asked}),
summed AS (
    SELECT owner, event_id, day, category, SUM(points) AS points FROM ({ranges}) AS ranges
    WHERE owner <> event_id GROUP BY owner, event_id, day, category
),
scored AS (
    SELECT owner, event_id, abs(day - own_day) AS days, CAST(points AS double precision)
        * CASE WHEN category = own_category AND category <> 0 THEN 2 ELSE 1 END
        * ({floor} + CAST({rest} AS double precision)
            / (1 + CAST(abs(day - own_day) AS double precision) / {half})) AS score
    FROM summed JOIN asked USING (owner)
),
placed AS (
    SELECT owner, event_id,
        row_number() OVER (PARTITION BY owner ORDER BY score DESC, days, event_id) AS place
    FROM scored
),
best AS MATERIALIZED (
    SELECT p.owner, p.place, v.event_id, v.day, v.category, v.terms, v.weights
    FROM placed p JOIN events_relatedvector v ON v.event_id = p.event_id
    WHERE p.place <= {kept} AND v.visible_at <= %s
)
SELECT owner, place, event_id, day, category, terms, weights FROM best
UNION ALL
SELECT 0, 0, 0, 0, 0, {terms}, {counts} FROM events_relatedterm WHERE term IN ({terms_of_best})
"""
GATHERED = {
    "postgresql": {
        "terms": "array_agg(term)",
        "counts": "array_agg(events_count::bigint)",
        "terms_of_best": "SELECT unnest(terms) FROM best",
    },
    "sqlite": {
        "terms": "json_group_array(term)",
        "counts": "json_group_array(events_count)",
        "terms_of_best": "SELECT value FROM best, json_each(best.terms)",
    },
}


def candidates_of(own: Own, *, reach: Reach, now: datetime) -> Found:
    """The best candidates for each of these events, best first, in one query for any number of them."""
    found = Found(counts=dict(own.counts))
    vectors = list(own.vectors.values())
    per_event = min(reach.terms, max(1, MAX_RANGES // (2 * max(1, len(vectors)))))
    ranges = [
        part
        for vector in vectors
        for part in ranges_of(
            vector,
            own.counts,
            terms=per_event,
            window=reach.window,
            least=1 if vector.event_id in own.unpublished else 2,
        )
    ]
    if not ranges:
        return found
    asked, ranges_sql, values = written(vectors, ranges)
    sql = CANDIDATES_SQL.format(
        asked=asked,
        ranges=ranges_sql,
        floor=FLOOR,
        rest=1 - FLOOR,
        half=HALF_DAYS,
        kept=reach.kept + WAITING,
        **GATHERED[connection.vendor],
    )
    rows = ask(sql, [*values, moment_number(now)])
    for owner, place, pk, day, category, terms, weights in sorted(rows, key=lambda row: row[:3]):
        if not place:
            # The last row, without a term where there is no candidate.
            found.counts.update(zip(numbers(terms or ()), numbers(weights or ()), strict=True))
        elif len(found.candidates[owner]) < reach.kept:
            found.candidates[owner].append(Candidate(pk, day, category, numbers(terms), numbers(weights)))
    return found


def ranges_of(
    vector: Vector, counts: Mapping[int, int], *, terms: int, window: int, least: int
) -> list[Range]:
    """The ranges of the index that hold the nearest postings of the event's rarest shared terms.

    A term is shared when `least` events have it: two, with the event itself.
    """
    total = counts.get(EVERY, 0)
    points = dict(vector.points())
    shared = sorted(
        (counts[term], term)
        for term in vector.terms
        if counts.get(term, 0) >= least and field_of(term) != SOURCE
    )
    return [
        Range(
            owner=vector.event_id,
            day=vector.day,
            term=term,
            points=round(SCALE * points[term] * rarity(count, total) ** 2),
            most=count if count <= window else window // 2,
            is_whole=count <= window,
        )
        for count, term in shared[:terms]
    ]


def written(vectors: Sequence[Vector], ranges: Sequence[Range]) -> tuple[str, str, list[list[int]]]:
    """Who asks, and the ranges, as this database reads them, with the parameters of both."""
    asking = [(vector.event_id, vector.day, vector.category) for vector in vectors]
    if connection.vendor == "postgresql":
        columns = [*zip(*asking, strict=True), *zip(*ranges, strict=True)]
        return POSTGRES_ASKED, POSTGRES_RANGES, [list(column) for column in columns[:-1]]
    parts = [
        sql.format(**each._asdict())
        for each in ranges
        for sql in ((SQLITE_ALL,) if each.is_whole else SQLITE_NEAREST)
    ]
    rows = ", ".join(f"({pk}, {day}, {category})" for pk, day, category in asking)
    return f"VALUES {rows}", " UNION ALL ".join(parts), []
