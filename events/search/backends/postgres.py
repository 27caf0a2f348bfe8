"""PostgreSQL: a weighted tsvector of ready tokens with a GIN index."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from events.search.backends import base
from events.search.backends.base import Entry, Expression, Match, Phrase, SearchBackend, Texts
from events.search.keys import EVERY
from events.sql import insert, stored

# In the order of ts_rank: D (citations and body), C (summary), B (contexts), A (headline).
WEIGHTS = [base.CITATIONS, base.SUMMARY, base.CONTEXTS, base.HEADLINE]
# Of the texts of an entry, in their order.
TEXT_WEIGHTS = "ABCDD"
# A lexeme has at most 2,046 bytes, and a letter up to four.
MAX_TOKEN = 500
# Between two texts, so that no phrase reaches from one into the next.
GAP = 2

WRITE = (
    "INSERT INTO {table} (event_id, date, visible_at, category, keys, vector)"
    " SELECT * FROM unnest(%s::bigint[], %s::date[], %s::timestamptz[], %s::text[], %s::text[],"
    " %s::tsvector[])"
    " ON CONFLICT (event_id) DO UPDATE SET date = excluded.date, visible_at = excluded.visible_at,"
    " category = excluded.category, keys = excluded.keys, vector = excluded.vector"
)
REMOVE = "DELETE FROM {table} WHERE event_id = ANY(%s)"
COLUMNS = ("event_id", "date", "visible_at", "category", "keys", "vector")
# PostgreSQL knows the commonest tokens, so it gathers few matches from their index and sorts them, but walks
# from the latest day back where there are many. Vectors, a kilobyte each, are fetched only for those.
MATCHES = """
WITH newest AS MATERIALIZED (
    SELECT event_id FROM {table}
    WHERE vector @@ %(query)s::tsquery AND date BETWEEN %(first)s AND %(last)s AND visible_at <= %(now)s
    ORDER BY date DESC, event_id DESC LIMIT %(limit)s
)
SELECT event_id, date, visible_at::text, category, keys, {{score}}
FROM newest JOIN {table} USING (event_id)
ORDER BY date DESC, event_id DESC
"""
# 1: a long entry has more words, so it is divided by the logarithm of its length.
SCORE = "ts_rank(%(weights)s::real[], vector, %(query)s::tsquery, 1)"


class PostgresBackend(SearchBackend):
    def __init__(self, index: str) -> None:
        """`index` is what the name of the table begins with."""
        self.table = f"{index}entry"
        self.write_sql, self.remove_sql, self.matches = (
            sql.format(table=self.table) for sql in (WRITE, REMOVE, MATCHES)
        )

    def words(self, texts: Texts) -> tuple[str, ...]:
        return (lexemes(texts),)

    def write(self, entries: Sequence[Entry]) -> None:
        # One order for every writer, so that two of them cannot wait for one another.
        entries = sorted(entries, key=lambda entry: entry.event_id)
        columns = zip(
            *[(e.event_id, e.date, e.visible_at, e.category, e.keys, vector_text(e)) for e in entries],
            strict=True,
        )
        with connection.cursor() as cursor:
            cursor.execute(self.write_sql, [list(column) for column in columns])

    def add(self, entries: Sequence[Entry]) -> None:
        insert(
            self.table,
            COLUMNS,
            [
                (e.event_id, stored(e.date), stored(e.visible_at), e.category, e.keys, vector_text(e))
                for e in entries
            ],
        )

    def remove(self, pks: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.remove_sql, [list(pks)])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {self.table}")

    def newest_matches(self, expression: Expression, *, now: datetime, limit: int) -> list[Match]:
        sql = self.matches.format(score=SCORE if expression.groups else "0::float8")
        values = {
            "query": query_text(expression),
            "weights": WEIGHTS,
            "first": expression.first or date.min,
            "last": expression.last or date.max,
            "now": now,
            "limit": limit,
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            # A thousand moments: Django's reader of them, made for any zone, takes five times as long.
            return [
                Match(event, day, datetime.fromisoformat(moment), *rest)
                for event, day, moment, *rest in cursor.fetchall()
            ]

    def beginning_with(self, field: str, letter: str) -> Q:
        # Not a range: collations other than C order letters in their own way.
        return Q(**{f"{field}__startswith": letter})


def vector_text(entry: Entry) -> str:
    """The entry as PostgreSQL reads a tsvector; no token holds anything that would want quotes."""
    return f"{entry.words[0]} {entry.keys}"


def lexemes(texts: Texts) -> str:
    """Tokens with position and weight; PostgreSQL gathers equal ones."""
    words = []
    start = GAP
    for text, weight in zip(texts, TEXT_WEIGHTS, strict=True):
        tokens = text.split()
        if len(text) > MAX_TOKEN:
            tokens = [token[:MAX_TOKEN] for token in tokens]
        words += [
            f"{token}:{position}{weight}"
            for position, token in enumerate(tokens, start)
            if token != base.BORDER
        ]
        if tokens:
            start += len(tokens) - 1 + GAP
    return " ".join(words)


def query_text(expression: Expression) -> str:
    """The expression as PostgreSQL writes a tsquery; tokens hold neither quotes nor backslashes."""
    wanted = [_any(group) for group in expression.groups] + [f"'{key}'" for key in expression.keys]
    parts = wanted or [f"'{EVERY}'"]
    if expression.excluded:
        parts.append("!" + _any(expression.excluded))
    return " & ".join(parts)


def _any(phrases: Iterable[Phrase]) -> str:
    return "(" + " | ".join(map(_phrase, phrases)) + ")"


def _phrase(phrase: Phrase) -> str:
    return "<->".join(f"'{token[:MAX_TOKEN]}'" for token in phrase)
