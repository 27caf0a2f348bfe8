"""Querysets whose SQL is written once and asked again with other values.

Django writes the SQL of a queryset anew whenever it is read. That takes about half a millisecond, several
times as long as the database needs for the small questions of a page, and was half of a page's time. A
function that builds a queryset becomes such a question by `@prepared`:

    @prepared
    def events_on(*, day, now):
        return Event.objects.public(now=now).on(day).newest_first()

    events_on(day=date(2016, 2, 21), now=now)  # a list of events

What is named by keyword is a value that may differ each time. Positional arguments are part of the question,
a number of rows, a direction: the SQL is kept for each of them. So `public()` and the other names of
querysets stay the one place that says what they mean.
"""

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import ModelIterable, get_related_populators

Rows = list[Any]


class Slot(Expression):
    """Stands in a queryset for a value that is given when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Slot"]]:
        return "%s", [self]


def any_of(keys: Slot, kind: str = "bigint") -> RawSQL:
    """Stands for a list of keys of any length: `filter(pk__in=any_of(pks))`. `kind` is their type in SQL."""
    listed = {"postgresql": f"SELECT unnest(%s::{kind}[])"}.get(
        connection.vendor, "SELECT value FROM json_each(%s)"
    )
    return RawSQL(listed, [keys])  # noqa: S611 (fixed words, the keys are a parameter)


@dataclass(frozen=True, slots=True)
class Question:
    """A statement as one kind of database reads it. `parameters` are values, and slots among them.

    `converters` make Python values of the columns of a row that need it, by their place.
    """

    sql: str
    parameters: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Callable, ...], Any], ...]
    shape: Callable[[Rows], Rows]

    def ask(self, values: dict[str, Any]) -> Rows:
        filled = [adapted(values[found.name]) if type(found) is Slot else found for found in self.parameters]
        with prepared_cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        return self.shape(self.converted(rows) if self.converters else rows)

    def converted(self, rows: Rows) -> Rows:
        rows = list(map(list, rows))
        for place, functions, expression in self.converters:
            for row in rows:
                for convert in functions:
                    row[place] = convert(row[place], expression, connection)
        return rows


def prepared_cursor() -> CursorWrapper:
    """A cursor under which the database keeps statements planned, where its back end has such a one."""
    return getattr(connection, "prepared_cursor", connection.cursor)()


def prepared(build: Callable[..., QuerySet]) -> Callable[..., Rows]:
    """Make of `build` a function that returns the rows of its queryset as a list.

    They are models, or tuples where the queryset ends with `values_list`, never nested or flat.
    """
    questions: dict[tuple, Question] = {}

    @wraps(build)
    def ask(*fixed: Hashable, **values: Any) -> Rows:
        key = (connection.vendor, fixed, *values)
        question = questions.get(key)
        if question is None:
            question = questions[key] = written(build(*fixed, **{name: Slot(name) for name in values}))
        return question.ask(values)

    return ask


def written(queryset: QuerySet) -> Question:
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    columns = [expression for expression, _sql, _alias in compiler.select]
    converters = compiler.get_converters(columns)
    return Question(
        sql=sql,
        parameters=tuple(parameters),
        converters=tuple((place, tuple(found), column) for place, (found, column) in converters.items()),
        shape=models_of(compiler) if queryset._iterable_class is ModelIterable else unchanged,
    )


def models_of(compiler: Any) -> Callable[[Rows], Rows]:
    """What makes models of rows, with annotations and what `select_related` joined: as `ModelIterable`."""
    model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = places[0], places[-1] + 1
    names = frozenset(column.target.attname for column, _sql, _alias in compiler.select[start:end])
    annotations = compiler.annotation_col_map
    populators = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)

    def shape(rows: Rows) -> Rows:
        found = []
        for row in rows:
            instance = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
            for populator in populators:
                populator.populate(row, instance)
            for name, place in annotations.items():
                setattr(instance, name, row[place])
            found.append(instance)
        return found

    return shape


def unchanged(rows: Rows) -> Rows:
    return rows


def adapted(value: Any) -> Any:
    """A value as the database's driver takes it: SQLite's knows neither moments, days nor lists."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, list):
        return value if connection.vendor == "postgresql" else json.dumps(value)
    return value
