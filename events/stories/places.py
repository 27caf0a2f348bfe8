"""Where an event stands in its story lines: the one before it and the one after it, in each.

One statement for all lines of the event. It is written out because every event's page asks it, and
putting it together takes Django's query builder longer than answering it takes the database.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.db import connection

from events.models import Event
from events.prepared import prepared_cursor

MOST = 12


class Place(NamedTuple):
    """An event's place in one story line, with its neighbours there."""

    title: str
    slug: str
    previous: Event | None
    next: Event | None


def _neighbour(listing: str, column: str, sign: str, order: str) -> str:
    """The nearest public event of the line on one side: a look-up in the listing's index."""
    return (
        f"(SELECT n.event_id FROM {listing} n WHERE n.{column} = l.{column} AND n.visible_at <= %(now)s"  # noqa: S608
        f" AND n.date {sign}= %(day)s AND (n.date {sign} %(day)s OR n.event_id {sign} %(event)s)"
        f" ORDER BY n.date {order}, n.event_id {order} LIMIT 1)"
    )


def _lines(listing: str, column: str, subject: str, name: str, condition: str = "") -> str:
    before, after = _neighbour(listing, column, "<", "DESC"), _neighbour(listing, column, ">", "ASC")
    return (
        f"SELECT s.{name} AS title, s.slug AS slug, {before} AS previous, {after} AS next FROM {listing} l"  # noqa: S608
        f" JOIN {subject} s ON s.id = l.{column}{condition}"
        " WHERE l.event_id = %(event)s AND l.visible_at <= %(now)s"
    )


# A context whose slug is the address of a line of the editors' has no line of its own there.
_OWN = " AND s.kind = 'story' AND NOT EXISTS (SELECT 1 FROM events_storylineaddress a WHERE a.slug = s.slug)"
_PLACES = (
    _lines("events_storylisting", "story_line_id", "events_storyline", "title")
    + " UNION ALL "
    + _lines("events_contextlisting", "context_id", "events_context", "name", _OWN)
)
_SQL = (
    "SELECT l.title, l.slug, {columns} FROM ({places}) l"
    " LEFT JOIN events_event p ON p.id = l.previous LEFT JOIN events_event n ON n.id = l.next"
)


@cache
def _columns(fields: tuple[str, ...]) -> tuple[str, ...]:
    """The key and these fields in the model's own order, which `from_db` takes for granted."""
    return tuple(field.attname for field in Event._meta.concrete_fields if field.attname in ("id", *fields))


@cache
def _statement(columns: tuple[str, ...]) -> str:
    names = ", ".join(f"{side}.{column}" for side in "pn" for column in columns)
    return _SQL.format(columns=names, places=_PLACES)


def places_of(event: int, day: date, *, fields: tuple[str, ...], now: datetime) -> list[Place]:
    """The public story lines that a public event of this day belongs to, by title; at most `MOST`.

    The neighbours have these fields, `date` among them, and no others.
    """
    values = {
        "event": event,
        "day": connection.ops.adapt_datefield_value(day),
        "now": connection.ops.adapt_datetimefield_value(now),
    }
    columns = _columns(fields)
    with prepared_cursor() as cursor:
        cursor.execute(_statement(columns), values)
        rows = cursor.fetchall()
    width = len(columns)
    return [
        Place(title, slug, _event(columns, row[:width]), _event(columns, row[width:]))
        for title, slug, *row in sorted(rows, key=lambda row: row[:2])[:MOST]
    ]


def _event(columns: tuple[str, ...], values: Sequence) -> Event | None:
    """A row of the join as an event with the rest of it deferred."""
    if values[0] is None:
        return None
    found = Event.from_db(connection.alias, columns, values)
    # SQLite gives days of raw queries as text.
    found.date = date.fromisoformat(found.date) if isinstance(found.date, str) else found.date
    return found
