"""SQLite: an FTS5 table of tokens, and a table beside it with what a list needs of each entry.

The row id of an entry is made of its day and its event's key. FTS5 lists matches in the order of row
ids, so the latest come first without a sort, and days are a range.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Q

from events.search.backends import base
from events.search.backends.base import Entry, Expression, Match, Phrase, SearchBackend, Texts
from events.search.keys import EVERY

# Enough for a million million events; days take the 22 bits above.
KEY_BITS = 40
WEIGHTS = (base.HEADLINE, base.CONTEXTS, base.SUMMARY, base.CITATIONS, base.BODY, 0.0)

INSERT_ENTRY = (
    "INSERT INTO {index}entry (row, event_id, visible_at, category, keys) VALUES (%s, %s, %s, %s, %s)"
)
INSERT_TEXT = (
    "INSERT INTO {index}text (rowid, headline, contexts, summary, citations, body, keys)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
ROWS = "SELECT row FROM {index}entry WHERE event_id IN (SELECT value FROM json_each(%s)) ORDER BY row"
DELETE_ENTRIES = "DELETE FROM {index}entry WHERE event_id IN (SELECT value FROM json_each(%s))"
DELETE_TEXT = "DELETE FROM {index}text WHERE rowid = %s"
# CROSS JOIN holds SQLite to this order: the latest matches first, until there are enough.
MATCHES = (
    "SELECT e.row, e.event_id, e.visible_at, e.category, e.keys, {{score}}"
    " FROM {index}text CROSS JOIN {index}entry e ON e.row = {index}text.rowid"
    " WHERE {index}text MATCH %s AND {index}text.rowid BETWEEN %s AND %s AND e.visible_at <= %s"
    " ORDER BY {index}text.rowid DESC LIMIT %s"
)
SCORE = f"-bm25({{index}}text, {', '.join(map(str, WEIGHTS))})"


class SqliteBackend(SearchBackend):
    def __init__(self, index: str) -> None:
        """`index` is what the names of the tables begin with."""
        self.insert_entry, self.insert_text, self.rows, self.delete_entries, self.delete_text, self.score = (
            sql.format(index=index)
            for sql in (INSERT_ENTRY, INSERT_TEXT, ROWS, DELETE_ENTRIES, DELETE_TEXT, SCORE)
        )
        self.matches = MATCHES.format(index=index)
        self.tables = (f"{index}entry", f"{index}text")

    def words(self, texts: Texts) -> tuple[str, ...]:
        return texts

    def write(self, entries: Sequence[Entry]) -> None:
        self.remove([entry.event_id for entry in entries])
        self.add(entries)

    def add(self, entries: Sequence[Entry]) -> None:
        entries = sorted(entries, key=_row)
        with connection.cursor() as cursor:
            cursor.executemany(
                self.insert_entry,
                [(_row(e), e.event_id, _moment(e.visible_at), e.category, e.keys) for e in entries],
            )
            cursor.executemany(
                self.insert_text,
                [(_row(e), *e.words, e.keys) for e in entries],
            )

    def remove(self, pks: Collection[int]) -> None:
        events = json.dumps(list(pks))
        with connection.cursor() as cursor:
            # In the order of rows, or FTS5 begins a new segment with each.
            cursor.execute(self.rows, [events])
            cursor.executemany(self.delete_text, cursor.fetchall())
            cursor.execute(self.delete_entries, [events])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (names of ours)

    def newest_matches(self, expression: Expression, *, now: datetime, limit: int) -> list[Match]:
        sql = self.matches.format(score=self.score if expression.groups else "0.0")
        first, last = expression.first or date.min, expression.last or date.max
        with connection.cursor() as cursor:
            cursor.execute(
                sql,
                [
                    match_text(expression),
                    first.toordinal() << KEY_BITS,
                    ((last.toordinal() + 1) << KEY_BITS) - 1,
                    _moment(now),
                    limit,
                ],
            )
            return [
                Match(
                    event_id,
                    date.fromordinal(row >> KEY_BITS),
                    datetime.fromisoformat(visible_at),
                    category,
                    keys,
                    score,
                )
                for row, event_id, visible_at, category, keys, score in cursor.fetchall()
            ]

    def beginning_with(self, field: str, letter: str) -> Q:
        # A range, because LIKE with an ESCAPE clause uses no index here.
        following = chr(min(ord(letter) + 1, 0x10FFFF))
        return Q(**{f"{field}__gte": letter, f"{field}__lt": following})


def match_text(expression: Expression) -> str:
    """The expression in the query language of FTS5; tokens hold nothing that would end a quoted string."""
    wanted = [_any(group) for group in expression.groups] + [f'"{key}"' for key in expression.keys]
    text = " AND ".join(wanted or [f'"{EVERY}"'])
    # The parentheses matter: NOT binds more tightly than AND.
    return f"({text}) NOT {_any(expression.excluded)}" if expression.excluded else text


def _any(phrases: Iterable[Phrase]) -> str:
    return "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases) + ")"


def _row(entry: Entry) -> int:
    return (entry.date.toordinal() << KEY_BITS) + entry.event_id


def _moment(moment: datetime) -> str:
    """UTC in ISO form, always with fractions, so that texts compare as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
