"""The write door for many new entries at once: the rows that single edits leave, by a few statements."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models

from events import derived
from events.models import Address, Citation, Event, Revision, Tagging
from events.sql import among
from events.workflow.snapshots import snapshot


class KnownContext(NamedTuple):
    """What a batch needs to know of a stored context."""

    pk: int
    name: str
    kind: str


@dataclass(slots=True)
class NewEntry:
    """An event that is not stored yet, with all that belongs to it. `addresses` are its former ones."""

    event: Event
    citations: list[Citation] = field(default_factory=list)
    contexts: list[KnownContext] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def record_new(entries: Sequence[NewEntry], *, by: AbstractBaseUser | None, note: str, now: datetime) -> None:
    """Write new events with citations, contexts, addresses, first revisions and derived data.

    Must run in a transaction. Events, citations and covers come prepared (clean text, ids, slugs,
    moments, publishers); contexts and covers are stored already.
    """
    insert(
        Event, EVENT_COLUMNS, ([getattr(entry.event, name) for name in EVENT_COLUMNS] for entry in entries)
    )
    keys = dict(
        Event.objects.filter(public_id__in=among([entry.event.public_id for entry in entries])).values_list(
            "public_id", "pk"
        )
    )
    for entry in entries:
        entry.event.pk = keys[entry.event.public_id]
    insert(
        Citation,
        ("event_id", *CITATION_COLUMNS),
        (
            [entry.event.pk, *(getattr(citation, name) for name in CITATION_COLUMNS)]
            for entry in entries
            for citation in entry.citations
        ),
    )
    insert(
        Tagging,
        ("event_id", "context_id", "position"),
        (
            [entry.event.pk, found.pk, position]
            for entry in entries
            for position, found in enumerate(entry.contexts)
        ),
    )
    insert(
        Address,
        ("path", "event_id", "created_at"),
        (
            [path, entry.event.pk, now]
            for entry in entries
            for path in dict.fromkeys([entry.event.address_path(), *entry.addresses])
        ),
    )
    insert(
        Revision,
        ("event_id", "version", "snapshot", "made_at", "made_by_id", "note"),
        ([entry.event.pk, 1, first_snapshot(entry), now, by.pk if by else None, note] for entry in entries),
    )
    derived.refresh([entry.event.pk for entry in entries], now=now, are_new=True)


def first_snapshot(entry: NewEntry) -> str:
    return json.dumps(
        snapshot(entry.event, citations=entry.citations, contexts=[found.name for found in entry.contexts]),
        ensure_ascii=False,
    )


def columns(model: type[models.Model], *left_out: str) -> tuple[str, ...]:
    """The columns of a model that a writer fills, which are also attributes of its rows."""
    return tuple(
        column.attname
        for column in model._meta.concrete_fields
        if not column.generated and not column.primary_key and column.attname not in left_out
    )


EVENT_COLUMNS = columns(Event)
CITATION_COLUMNS = columns(Citation, "event_id")


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows by the database's fastest way: COPY on PostgreSQL, executemany elsewhere.

    Django's `bulk_create` prepares every value of every
    row by itself, which takes longer than the database.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 (names of ours)
        cursor.executemany(sql, adapted(model, names, rows))


def adapted(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[list]:
    """The rows with dates, times and moments as SQLite keeps them, by Django's own adapters."""
    adapters = {
        "DateField": connection.ops.adapt_datefield_value,
        "TimeField": connection.ops.adapt_timefield_value,
        "DateTimeField": connection.ops.adapt_datetimefield_value,
    }
    kinds = {column.column: column.get_internal_type() for column in model._meta.concrete_fields}
    dated = [(place, adapters[kinds[name]]) for place, name in enumerate(names) if kinds[name] in adapters]
    # A batch has few different days and moments.
    known: dict[Any, Any] = {None: None}
    for row in rows:
        values = list(row)
        for place, adapt in dated:
            value = values[place]
            if value not in known:
                known[value] = adapt(value)
            values[place] = known[value]
        yield values
