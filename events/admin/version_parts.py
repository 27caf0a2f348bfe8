"""Differences of two versions as the pages of revisions and of conflicts show them: words, not data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.admin.event_list import picture_html
from events.models import (
    ArticleNote,
    Byline,
    Citation,
    Coverage,
    Entry,
    Event,
    EventLink,
    Image,
    RelatedChoice,
)
from events.text.differences import ADDED, REMOVED, SAME, Run, compare
from events.workflow.comparison import CHANGED, MOVED, Change, RowChange
from events.workflow.parts import Kind, Part
from events.workflow.snapshots import COVER_FIELDS

FATES = {
    SAME: "",
    ADDED: pgettext_lazy("a row of a list", "added"),
    REMOVED: pgettext_lazy("a row of a list", "removed"),
    CHANGED: pgettext_lazy("a row of a list", "changed"),
    MOVED: pgettext_lazy("a row of a list", "moved"),
}
# Where the labels and choices of a part's columns are declared.
MODELS = {
    "citations": Citation,
    "cover": Image,
    "pins": RelatedChoice,
    "hidden": RelatedChoice,
    "links": EventLink,
    "bylines": Byline,
    "events": Coverage,
    "notes": ArticleNote,
}
YES = gettext_lazy("yes")


@dataclass(frozen=True, slots=True)
class Value:
    """One field of a part with its two values, word by word."""

    label: str
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a list: what became of it, its title, where it stood, and the fields that differ."""

    fate: str
    words: str
    title: str
    old_place: int | None
    new_place: int | None
    has_moved: bool
    values: list[Value] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PartView:
    """One part in which two versions differ."""

    name: str
    label: str
    kind: str
    runs: list[Run]
    rows: list[RowView]
    values: list[Value]
    pictures: list[SafeString | str]
    is_empty: bool = False


def views(found: Sequence[Change], model: type[Entry]) -> list[PartView]:
    """What a template shows of the differences of a `model`; two queries, for pictures and other entries."""
    images = pictures_of(found)
    titles = titles_of(found)
    return [
        PartView(
            name=change.part.name,
            label=str(change.part.label),
            kind=str(change.part.kind),
            runs=change.runs,
            rows=[row_view(change.part, row, titles) for row in change.rows],
            values=values_of(change, model),
            pictures=[images.get(picture_key(value), "") for value in (change.old, change.new)]
            if change.part.kind is Kind.PICTURE
            else [],
            is_empty=change.old == change.new,
        )
        for change in found
    ]


def row_view(part: Part, row: RowChange, titles: Mapping[str, str]) -> RowView:
    data = row.new if row.new is not None else row.old
    if part.kind is Kind.NAMES:
        title = data
    elif part.keys == ("id",):
        title = titles.get(data["id"], data["id"])
    else:
        title = next((data[name] for name in ("label", "url", "name", "text") if data.get(name)), "")
    values = []
    if row.fate == CHANGED:
        values = pairs(part.columns, row.old, row.new, model=MODELS[part.name])
    elif "url" in part.columns:
        # Of two sources by one name, which was put in the place of which.
        values = pairs(["url"], row.old or {}, row.new or {}, model=MODELS[part.name])
    return RowView(row.fate, str(FATES[row.fate]), title, row.old_place, row.new_place, row.has_moved, values)


def values_of(change: Change, model: type[Entry]) -> list[Value]:
    if change.part.kind is Kind.VALUE:
        names = change.part.fields or (change.part.name,)
        return pairs(names, change.old, change.new, model=model)
    if change.part.kind is Kind.PICTURE:
        return pairs(COVER_FIELDS, change.old, change.new, model=Image)
    return []


def pairs(
    names: Iterable[str], old: Mapping[str, Any], new: Mapping[str, Any], *, model: type[models.Model]
) -> list[Value]:
    """The fields that differ."""
    return [
        Value(label_of(model, name), runs_of(model, name, shown(model, name, old), shown(model, name, new)))
        for name in names
        if old.get(name) != new.get(name)
    ]


def runs_of(model: type[models.Model], name: str, old: str, new: str) -> list[Run]:
    """Words of a text; a date, a number or a choice is replaced whole."""
    if name != "id" and isinstance(model._meta.get_field(name), models.CharField | models.TextField):
        return compare(old, new)
    return [run for run in (Run(REMOVED, old), Run(ADDED, new)) if run.text]


def label_of(model: type[models.Model], name: str) -> str:
    return str(_("permanent id") if name == "id" else model._meta.get_field(name).verbose_name)


def shown(model: type[models.Model], name: str, data: Mapping[str, Any]) -> str:
    """A value of a snapshot in words; nothing where it is empty."""
    value = data.get(name)
    if value is None or value == "":
        return ""
    if name == "id":
        return str(value)
    kind = model._meta.get_field(name)
    if kind.flatchoices:
        return str(dict(kind.flatchoices).get(value, value))
    if isinstance(kind, models.BooleanField):
        return str(YES) if value else ""
    if isinstance(kind, models.DateTimeField):
        return typed_moment(value)
    return str(value)


def typed_moment(text: str) -> str:
    """A moment of a snapshot in the site's zone; what somebody typed into a form may be none."""
    try:
        return moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def moment(value: datetime | None) -> str:
    """A moment in the site's zone, to the minute; one without a zone was typed in it."""
    if value is None:
        return "—"
    value = timezone.make_aware(value) if timezone.is_naive(value) else timezone.localtime(value)
    return value.strftime("%Y-%m-%d %H:%M %Z")


def picture_key(data: Mapping[str, Any]) -> tuple:
    return data.get("id"), data.get("file", "")


def pictures_of(found: Sequence[Change]) -> dict[tuple, SafeString | str]:
    """The pictures of covers, by id and file; a form knows no file. One with another file now has none."""
    covers = [change for change in found if change.part.kind is Kind.PICTURE]
    wanted = {data["id"] for change in covers for data in (change.old, change.new) if data.get("id")}
    rows = Image.objects.filter(pk__in=wanted) if wanted else []
    shown_as = {image: picture_html(image) for image in rows}
    return {(image.pk, name): html for image, html in shown_as.items() for name in (image.file.name, "")}


def titles_of(found: Sequence[Change]) -> dict[str, str]:
    """The titles of other entries by their permanent ids."""
    ids = {row["id"] for change in found if change.part.keys == ("id",) for row in (*change.old, *change.new)}
    if not ids:
        return {}
    rows = Event.objects.only("public_id", "headline", "short_headline").filter(public_id__in=ids)
    return {event.public_id: str(event) for event in rows}
