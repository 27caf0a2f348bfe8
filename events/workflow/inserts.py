"""Rows of our own making into tables by the database's fastest way, with keys taken beforehand.

Django's `bulk_create` prepares every value of every row by itself, which takes longer than the database.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models

from events import sql
from events.sql import stored

MOMENTS = ("DateField", "TimeField", "DateTimeField")


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows, their dates and moments `stored`."""
    sql.insert(model._meta.db_table, names, rows)


def reserve(model: type[models.Model], number: int) -> Sequence[int]:
    """Take so many primary keys, rising, for rows that are inserted next; nobody else is given them.

    Must run in the transaction that inserts the rows. So nothing has to be read back.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # OFFSET 0 keeps PostgreSQL from looking for the sequence once a key.
            cursor.execute(
                "SELECT nextval(name) FROM generate_series(1, %s),"
                " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) AS sequence",
                [number, table],
            )
            return [pk for (pk,) in cursor.fetchall()]
        # The transaction holds SQLite's one lock for writing; the insert moves the number on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return range(first, first + number)


def values_of(model: type[models.Model], names: Sequence[str]) -> Callable[[Any], tuple]:
    """A function that reads these columns off a row with the same attributes, as `insert` takes them."""
    read = attrgetter(*names)
    kinds = {column.attname: column.get_internal_type() for column in model._meta.concrete_fields}
    dated = [place for place, name in enumerate(names) if kinds[name] in MOMENTS]

    def values(row: Any) -> tuple:
        found = list(read(row))
        for place in dated:
            if found[place] is not None:
                found[place] = stored(found[place])
        return tuple(found)

    return values


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
