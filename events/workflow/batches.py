"""The write door for many new entries at once: the rows that single edits leave, by a few statements."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models

from events import derived
from events.models import Address, Citation, ContextName, Event, Revision, Tagging
from events.models.events import address_of
from events.querysets import PUBLISHED
from events.search.index import Document, Texts
from events.sql import among
from events.workflow.snapshots import encode, snapshot

# An event or a citation with its columns as attributes; a model takes ten times as long to make.
Row = SimpleNamespace


class KnownContext(NamedTuple):
    """What a batch needs to know of a stored context."""

    pk: int
    name: str
    kind: str


@dataclass(slots=True)
class NewEntry:
    """An event that is not stored yet, with all that belongs to it. `addresses` are its former ones."""

    event: Row
    texts: Texts
    citations: list[Row] = field(default_factory=list)
    contexts: list[KnownContext] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


def record_new(entries: Sequence[NewEntry], *, by: AbstractBaseUser | None, note: str, now: datetime) -> None:
    """Write new events with citations, contexts, addresses, first revisions and derived data.

    Must run in a transaction. Events, citations and covers come prepared (clean text, ids, slugs,
    moments, publishers); contexts and covers are stored already.
    """
    insert(Event, EVENT_COLUMNS, map(attrgetter(*EVENT_COLUMNS), (entry.event for entry in entries)))
    stored = {
        public_id: facts
        for public_id, *facts in Event.objects.filter(
            public_id__in=among([entry.event.public_id for entry in entries])
        ).values_list("public_id", "pk", "visible_at")
    }
    for entry in entries:
        entry.event.pk, entry.event.visible_at = stored[entry.event.public_id]
    citation_values = attrgetter(*CITATION_COLUMNS)
    insert(
        Citation,
        ("event_id", *CITATION_COLUMNS),
        ((entry.event.pk, *citation_values(each)) for entry in entries for each in entry.citations),
    )
    insert(
        Tagging,
        ("event_id", "context_id", "position"),
        (
            (entry.event.pk, found.pk, position)
            for entry in entries
            for position, found in enumerate(entry.contexts)
        ),
    )
    insert(
        Address,
        ("path", "event_id", "created_at"),
        (
            (path, entry.event.pk, now)
            for entry in entries
            for path in dict.fromkeys([address_of(entry.event.date, entry.event.slug), *entry.addresses])
        ),
    )
    insert(
        Revision,
        ("event_id", "version", "snapshot", "made_at", "made_by_id", "note"),
        ((entry.event.pk, 1, first_snapshot(entry), now, by.pk if by else None, note) for entry in entries),
    )
    derived.add([entry.event.pk for entry in entries], documents(entries), now=now)


def first_snapshot(entry: NewEntry) -> str:
    return encode(
        snapshot(entry.event, citations=entry.citations, contexts=[found.name for found in entry.contexts])
    )


def documents(entries: Sequence[NewEntry]) -> list[Document]:
    """What is indexed of those entries that are published; only the aliases of contexts are asked for."""
    aliases: dict[int, list[str]] = defaultdict(list)
    pks = {found.pk for entry in entries for found in entry.contexts}
    rows = ContextName.objects.filter(context__in=among(pks), is_alias=True)
    for pk, name in rows.values_list("context_id", "name"):
        aliases[pk].append(name)
    return [
        Document(
            event.pk,
            event.date,
            event.visible_at,
            event.category,
            event.language,
            entry.texts,
            {found.pk: [found.name, *aliases.get(found.pk, ())] for found in entry.contexts},
            {citation.publisher_id for citation in entry.citations if citation.publisher_id},
        )
        for entry in entries
        if (event := entry.event).state == PUBLISHED
    ]


def columns(model: type[models.Model], *left_out: str) -> tuple[str, ...]:
    """The columns of a model that a writer fills, which are also attributes of its rows."""
    return tuple(
        column.attname
        for column in model._meta.concrete_fields
        if not column.generated and not column.primary_key and column.attname not in left_out
    )


def blank(model: type[models.Model], names: Iterable[str]) -> dict[str, Any]:
    """What these columns hold where nothing is said."""
    return {name: model._meta.get_field(name).get_default() for name in names}


EVENT_COLUMNS = columns(Event)
CITATION_COLUMNS = columns(Citation, "event_id")
BLANK_EVENT = blank(Event, EVENT_COLUMNS) | {"pk": None}
BLANK_CITATION = blank(Citation, CITATION_COLUMNS)


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows by the database's fastest way: COPY on PostgreSQL, executemany elsewhere.

    Django's `bulk_create` prepares every value of every
    row by itself, which takes longer than the database.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django gives the driver's errors its own names in its own methods only.
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 (names of ours)
        cursor.executemany(sql, adapted(model, names, rows))


def adapted(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterable[Sequence[Any]]:
    """The rows with dates, times and moments as SQLite keeps them, by Django's own adapters."""
    adapters = {
        "DateField": connection.ops.adapt_datefield_value,
        "TimeField": connection.ops.adapt_timefield_value,
        "DateTimeField": connection.ops.adapt_datetimefield_value,
    }
    kinds = {column.column: column.get_internal_type() for column in model._meta.concrete_fields}
    dated = [(place, adapters[kinds[name]]) for place, name in enumerate(names) if kinds[name] in adapters]
    return _with_moments(rows, dated) if dated else rows


def _with_moments(
    rows: Iterable[Sequence[Any]], dated: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterator[list]:
    # A batch has few different days and moments.
    known: dict[Any, Any] = {}
    for row in rows:
        values = list(row)
        for place, adapt in dated:
            value = values[place]
            if value is not None:
                text = known.get(value)
                values[place] = text if text is not None else known.setdefault(value, adapt(value))
        yield values
