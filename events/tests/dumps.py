"""The whole database as comparable rows: what stays when keys and the moments of writing are left out."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from events.models import Context, Event, Image, Publisher

# Moments at which a row was written, and what counts writes.
WRITTEN = {"created_at", "made_at", "edited_at"}
LEFT_OUT = {"SiteStamp", "ImportRun", "ImportRow"}
# What a row is called where others point at it, in place of its primary key.
NAMES = {
    Context: ("slug",),
    Event: ("public_id",),
    Image: ("digest", "source_url", "alt"),
    Publisher: ("host",),
}


def digest() -> str:
    """The same as one short text, for comparing databases of different processes."""
    tables = {name: sorted(rows.items()) for name, rows in dump().items()}
    return hashlib.sha256(repr(tables).encode()).hexdigest()


def dump() -> dict[str, Counter]:
    """Every row of every table of ours, as many times as it stands there."""
    models_of_ours = apps.get_app_config("events").get_models(include_auto_created=True)
    called = {model: dict(names_of(model, fields)) for model, fields in NAMES.items()}
    return {
        model.__name__: Counter(rows_of(model, called))
        for model in models_of_ours
        if model.__name__ not in LEFT_OUT
    }


def names_of(model: type[models.Model], fields: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for pk, *values in model.objects.values_list("pk", *fields):
        yield pk, " ".join(values)


def rows_of(model: type[models.Model], called: dict[type[models.Model], dict]) -> Iterator[str]:
    columns = [column for column in model._meta.concrete_fields if column.name not in (*WRITTEN, "id")]
    for values in model.objects.order_by().values_list(*(column.attname for column in columns)):
        yield repr([shown(column, value, called) for column, value in zip(columns, values, strict=True)])


def shown(column: models.Field, value: Any, called: dict[type[models.Model], dict]) -> Any:
    if column.related_model in called and value is not None:
        return called[column.related_model][value]
    return snapshot_of(value) if column.name == "snapshot" else value


def snapshot_of(snapshot: dict) -> list:
    """A revision's entry without what is left out of rows."""
    cover = {name: value for name, value in snapshot.get("cover", {}).items() if name != "id"}
    return sorted((snapshot | {"cover": cover, "edited_at": ""}).items())
