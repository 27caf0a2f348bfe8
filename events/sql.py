"""Small pieces of SQL that differ between the databases."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL


def array(values: Iterable[int | date]) -> str:
    """Whole numbers or days as PostgreSQL writes an array, for a parameter `%s::bigint[]` or for COPY.

    The driver looks at each one for its kind, which took a seventh of an import.
    """
    return f"{{{','.join(map(str, values))}}}"


def texts(values: Iterable[str]) -> str:
    """Texts as PostgreSQL writes an array: the driver takes five times as long."""
    quoted = ['"' + value.replace("\\", r"\\").replace('"', r"\"") + '"' for value in values]
    return f"{{{','.join(quoted)}}}"


def any_of(keys: Collection[int | str]) -> tuple[str, list]:
    """The right side of "column IN …" for many values as one parameter, and that parameter.

    A statement with a mark for each value has to be written and read anew for every number of them.
    """
    if connection.vendor == "postgresql":
        if not keys:
            # Nothing tells the type of no values; a list of NULL fits every column and matches nothing.
            return "(NULL)", []
        if isinstance(next(iter(keys)), str):
            return "(SELECT unnest(%s::text[]))", [texts(keys)]
        return "(SELECT unnest(%s::bigint[]))", [array(keys)]
    return "(SELECT value FROM json_each(%s))", [json.dumps(list(keys))]


def is_one_of(column: str, keys: Collection[int | str]) -> tuple[str, list]:
    """The condition that a column has one of many values, and its parameter, for a table read by itself.

    Other than a join with them, it is quick too where PostgreSQL still takes a full table for empty.
    """
    if not keys:
        # Nothing tells the type of no values.
        return "1 = 0", []
    if connection.vendor == "postgresql":
        if isinstance(next(iter(keys)), str):
            return f"{column} = ANY(%s::text[])", [texts(keys)]
        return f"{column} = ANY(%s::bigint[])", [array(keys)]
    marks, values = any_of(keys)
    return f"{column} IN {marks}", values


def pairs(rows: Sequence[tuple[int, int]]) -> tuple[str, list]:
    """A sub-select of pairs of keys, with the columns `one` and `other`, and its parameters."""
    if connection.vendor == "postgresql":
        sql = "(SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS r (one, other))"
        return sql, [array(column) for column in zip(*rows, strict=True)]
    sql = (
        "(SELECT json_extract(value, '$[0]') AS one, json_extract(value, '$[1]') AS other FROM json_each(%s))"
    )
    return sql, [json.dumps(rows)]


def changes(numbers: Mapping[int, int]) -> tuple[str, list]:
    """A sub-select of these numbers by key, with the columns `id` and `number`, and its parameters."""
    if connection.vendor == "postgresql":
        sql = "(SELECT unnest(%s::bigint[]) AS id, unnest(%s::integer[]) AS number)"
        return sql, [array(numbers), array(numbers.values())]
    sql = "(SELECT CAST(key AS integer) AS id, value AS number FROM json_each(%s))"
    return sql, [json.dumps(numbers)]


def days_moved(rows: Sequence[tuple[int, Any, int]]) -> tuple[str, list]:
    """A sub-select of (key, day as the database gives it, number), by these names, and its parameters."""
    if connection.vendor == "postgresql":
        sql = "(SELECT * FROM unnest(%s::bigint[], %s::date[], %s::integer[]) AS r (key, day, number))"
        return sql, [array(column) for column in zip(*rows, strict=True)]
    parts = ", ".join(
        f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(("key", "day", "number"))
    )
    return f"(SELECT {parts} FROM json_each(%s))", [json.dumps(rows, default=str)]  # noqa: S608 (fixed words)


def among(keys: Collection[int | str]) -> RawSQL:
    """The same for a queryset: `filter(pk__in=among(pks))`."""
    sql, values = any_of(keys)
    return RawSQL(sql[1:-1], values)  # noqa: S611 (fixed words, the keys are a parameter)


def run(sql: str, values: Sequence[Any] = ()) -> list[tuple]:
    """Execute one statement and return its rows, if it gives any."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


# A file has few different days and moments.
@lru_cache(maxsize=4_096)
def stored(value: date | time | datetime) -> str:
    """A date, time or moment as `insert` takes it: the text that SQLite keeps, or that PostgreSQL reads.

    The driver would write it anew for each row.
    """
    if connection.vendor == "postgresql":
        return value.isoformat()
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return connection.ops.adapt_timefield_value(value)


def insert(table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows as the database keeps them by its fastest way: COPY on PostgreSQL, executemany elsewhere."""
    quoted = connection.ops.quote_name(table)
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django gives the driver's errors its own names in its own methods only.
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {quoted} ({columns}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {quoted} ({columns}) VALUES ({marks})", rows)  # noqa: S608 (names of ours)
