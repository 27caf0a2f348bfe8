"""Keyset paging: a page begins after an entry, not at a number; the hundredth costs what the first does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from events.dates import parse_iso_day
from events.documents.types import Link
from events.prepared import Slot, prepared
from events.text.numbers import number_in


class BadCursor(ValueError):
    """The page asked for is none; the message is for readers."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of an event in the order "latest day first": its day and primary key."""

    date: date
    pk: int

    def __str__(self) -> str:
        return f"{self.date.isoformat()}.{self.pk}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read "2016-02-21.123"; raises BadCursor."""
        day, _dot, digits = text.partition(".")
        try:
            if (pk := number_in(digits)) is None:
                raise ValueError(text)
            return cls(parse_iso_day(day), pk)
        except ValueError as error:
            raise BadCursor(_("There is no page “%(page)s” in this list.") % {"page": text[:60]}) from error


def cursor_of(row: Any) -> Cursor:
    """The place of an event, or of a listing's row, which names its event."""
    return Cursor(row.date, getattr(row, "event_id", None) or row.pk)


def cursor_query(before: str, after: str) -> str:
    """The query string of a later page: "before=…", "after=…" or nothing."""
    if before:
        return f"before={before}"
    return f"after={after}" if after else ""


def one_of(before: str, after: str) -> str:
    """The cursor that an address names, on whichever side; raises BadCursor for two."""
    if before and after:
        raise BadCursor(_("Ask for what lies before an entry or after it, not for both."))
    return before or after


@dataclass(frozen=True, slots=True)
class Window:
    """One page of a keyset list: its rows in order, and the cursors to both sides ("" at an end)."""

    rows: list
    newer: str
    older: str


# Reads so many rows on one side of a place: (day, pk) is given where `side` is not empty.
Reader = Callable[..., list]


def read_window(rows: QuerySet, *, size: int, before: str = "", after: str = "") -> Window:
    """The page that follows the cursor `before`, or the one that precedes `after`; else the first.

    `rows` has the queryset methods `newest_first`, `oldest_first`, `older_than` and `newer_than`. One query.
    Raises BadCursor.
    """
    return window(lambda side, most, **place: list(rows_of(rows, side, **place)[:most]), size, before, after)


def read_prepared(
    rows: Callable[..., QuerySet], *, size: int, before: str = "", after: str = "", **values: Any
) -> Window:
    """The same of what `rows` makes of `values`, by a prepared question."""
    return window(
        lambda side, most, **place: prepared_rows(rows, side, most, **place, **values), size, before, after
    )


@prepared
def prepared_rows(
    rows: Callable[..., QuerySet],
    side: str,
    most: int,
    *,
    day: Slot | None = None,
    pk: Slot | None = None,
    **values: Slot,
) -> QuerySet:
    return rows_of(rows(**values), side, day=day, pk=pk)[:most]


def rows_of(rows: QuerySet, side: str, *, day: Any = None, pk: Any = None) -> QuerySet:
    """The rows on one side of an event's place, the nearest first."""
    if side == "newer":
        return rows.newer_than(day, pk).oldest_first()
    return (rows.older_than(day, pk) if side == "older" else rows).newest_first()


def window(read: Reader, size: int, before: str, after: str) -> Window:
    cursor = Cursor.parse(text) if (text := one_of(before, after)) else None
    place = {"day": cursor.date, "pk": cursor.pk} if cursor else {}
    found = read("newer" if after else "older" if before else "", size + 1, **place)
    has_more, found = len(found) > size, found[:size]
    if after:
        found.reverse()
    has_newer, has_older = (has_more, True) if after else (bool(before), has_more)
    return Window(
        rows=found,
        newer=str(cursor_of(found[0])) if found and has_newer else "",
        older=str(cursor_of(found[-1])) if found and has_older else "",
    )


def read_told(
    read: Reader, *, size: int, first: date | None, last: date | None, before: str = "", after: str = ""
) -> Window:
    """One page of a story line, which is told from its first day on: the rows that follow the cursor `after`,
    or the last ones before `before`; else the first page.

    `read` gives so many rows on one side, "after" or "before" (the last one first), of a place; `first` and
    `last` are the story's days, so that a cursor from outside (the day that a bar of the chart begins with)
    leads to no empty page. Raises BadCursor.
    """
    cursor = Cursor.parse(text) if (text := one_of(before, after)) else None
    if first is None or last is None:
        return Window([], "", "")
    # Told a day, the database goes along the index of days; else SQLite would sort the whole story.
    place = cursor or Cursor(first, 0)
    found = read("before" if before else "after", size + 1, day=place.date, pk=place.pk)
    has_more, found = len(found) > size, found[:size]
    if before:
        found.reverse()
        has_older, has_newer = has_more, place.date <= last
    else:
        # A cursor within the first day may stand behind some of its entries.
        has_older, has_newer = (place.date, place.pk) > (first, 0), has_more
    return Window(
        rows=found,
        newer=str(cursor_of(found[-1])) if found and has_newer else "",
        older=str(cursor_of(found[0])) if found and has_older else "",
    )


def read_names(
    rows: QuerySet, *, key: str, size: int, before: str = "", after: str = "", is_largest_first: bool = False
) -> Window:
    """One page of a directory in the order of names, or of their events; a cursor is the value of `key`.

    `before` gives the rows that follow the cursor's (a slug, a host), `after` those that precede it, as in
    the lists of events, where what follows is older. Two queries at most. Raises BadCursor.
    """
    cursor = one_of(before, after)
    order = ["-events_count", "name", "pk"] if is_largest_first else ["name", "pk"]
    if cursor:
        # Only among these rows: a page for the name of a hidden one would tell that there is such a name.
        place = rows.filter(**{key: cursor}).first()
        if place is None:
            raise BadCursor(_("There is no page “%(page)s” in this list.") % {"page": cursor[:60]})
        rows = rows.filter(beyond(place, order, is_before=bool(after)))
    found = list(rows.order_by(*(map(reversed_order, order) if after else order))[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if after:
        found.reverse()
    return Window(
        rows=found,
        newer=getattr(found[0], key) if found and (has_more if after else before) else "",
        older=getattr(found[-1], key) if found and (after or has_more) else "",
    )


def reversed_order(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def beyond(place: Any, order: list[str], *, is_before: bool) -> Q:
    """The rows that follow `place` in this order of fields, or those that precede it."""
    found, same = Q(), Q()
    for field in order:
        name = field.removeprefix("-")
        side = "lt" if field.startswith("-") != is_before else "gt"
        value = getattr(place, name)
        found |= same & Q(**{f"{name}__{side}": value})
        same &= Q(**{name: value})
    return found


def pager(
    path: str,
    window: Window,
    *,
    query: str = "",
    words: tuple[str, str] | None = None,
) -> tuple[Link | None, Link | None]:
    """Links to the newer and to the older page of a list at `path`; `words` name them otherwise."""
    lead = f"{path}?{query}&" if query else f"{path}?"
    newer_words, older_words = words or (_("Newer"), _("Older"))
    newer = Link(f"{lead}after={window.newer}", newer_words) if window.newer else None
    older = Link(f"{lead}before={window.older}", older_words) if window.older else None
    return newer, older
