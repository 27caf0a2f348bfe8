"""The form of an edit page as a browser posts it, to and from what is stored and what a snapshot says.

A form that was posted may not be valid, so two of them are compared as they were typed: as a snapshot in
which every value is text.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Model
from django.forms import BaseForm, CheckboxInput, FileInput
from django.http import QueryDict

from events.forms import LAST_PLACE, NEW_MARK, CitationForm
from events.models import Citation, Entry, Event, Image
from events.text.numbers import number_in
from events.workflow import parts
from events.workflow.parts import Kind, Part
from events.workflow.snapshots import COVER_FIELDS, EVENT_FIELDS

CITATIONS, COVER = parts.CITATIONS.name, parts.COVER.name
MOMENTS = ("publish_at", "embargo_until", "label_until", "time")

Posted = Mapping[str, str]


class Rows(NamedTuple):
    """A formset whose prefix is the part's name: what a row is, and the columns that make it one."""

    part: Part
    model: type[Model]
    form: type[BaseForm]
    told_by: tuple[str, ...]


class Lines(NamedTuple):
    """A text area that holds one row of a part a line: how a line is read, and how a row is written."""

    field: str
    part: Part
    read: Callable[[str], Any]
    write: Callable[[Any], str]


@dataclass(frozen=True)
class FormKind:
    """The form of a kind of entry: the parts that it can change, and which of them are no single fields."""

    model: type[Entry]
    fields: tuple[str, ...]
    parts: tuple[Part, ...]
    rows: Rows
    lines: tuple[Lines, ...]

    @cached_property
    def part_names(self) -> dict[str, str]:
        """The part that each field belongs to."""
        found = {field: part.name for part in self.parts for field in part.fields or (part.name,)}
        return found | {lines.field: lines.part.name for lines in self.lines}


CONTEXT_LINES = Lines(
    "context_names", parts.CONTEXTS, lambda line: line.removeprefix(NEW_MARK).strip(), lambda name: name
)
PUBLICATION = tuple(part for part in parts.COURSE if part.name != "state")
EVENT_FORM = FormKind(
    Event,
    EVENT_FIELDS,
    (*parts.TEXTS, parts.CONTEXTS, parts.CITATIONS, parts.COVER, *parts.FACTS, *PUBLICATION),
    Rows(parts.CITATIONS, Citation, CitationForm, ("label", "url")),
    (CONTEXT_LINES,),
)


def as_posted(form: BaseForm) -> dict[str, str]:
    """What a browser would send of this unbound form; files apart."""
    data = {}
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        if isinstance(widget, CheckboxInput):
            if value:
                data[bound.html_name] = "on"
        elif not isinstance(widget, FileInput):
            value = widget.format_value(value)
            value = value[0] if isinstance(value, list | tuple) and value else value
            data[bound.html_name] = "" if value is None or value == [] else str(value)
    return data


def stored(form_class: type[BaseForm], entry: Entry) -> dict[str, str]:
    """What the edit page of the stored entry would send; `form_class` is a form of the desk."""
    rows = form_class.kind.rows
    return as_posted(form_class(instance=entry)) | rows_as_posted(getattr(entry, rows.part.name).all(), rows)


def from_snapshot(form_class: type[BaseForm], data: dict) -> dict[str, str]:
    """What the edit page of a former version would have sent."""
    kind = form_class.kind
    entry = kind.model(**values(kind.model, data, kind.fields))
    initial = {
        lines.field: "\n".join(map(lines.write, data.get(lines.part.name, ()))) for lines in kind.lines
    }
    if cover := data.get("cover"):
        initial |= {"cover": cover["id"]} | {f"cover_{name}": cover.get(name, "") for name in COVER_FIELDS}
    model, columns = kind.rows.model, kind.rows.part.columns
    rows = [model(**values(model, row, columns)) for row in data.get(kind.rows.part.name, ())]
    return as_posted(form_class(instance=entry, initial=initial)) | rows_as_posted(rows, kind.rows)


def from_draft(form_class: type[BaseForm], data: dict) -> dict[str, str]:
    """What the edit page with a draft revision in it sends; `data` is the draft's snapshot."""
    found = from_snapshot(form_class, data)
    cover = data.get("cover", {}).get("id")
    if cover and not Image.objects.filter(pk=cover).exists():
        # A picture that was only described and not stored with the draft.
        found["cover"] = ""
    return found


def values(model: type[Model], data: dict, names: Iterable[str]) -> dict:
    """The fields of a snapshot as Python's values."""
    return {name: model._meta.get_field(name).to_python(data[name]) for name in names if name in data}


def rows_as_posted(found: Iterable[Model], rows: Rows) -> dict[str, str]:
    """The formset of these rows, as it would be sent."""
    data = {}
    number, prefix = 0, rows.part.name
    for number, row in enumerate(found, 1):
        data |= as_posted(rows.form(instance=row, prefix=f"{prefix}-{number - 1}"))
        if "position" in rows.form.base_fields:
            data[f"{prefix}-{number - 1}-position"] = str(number)
        data[f"{prefix}-{number - 1}-id"] = str(row.pk or "")
    stored_rows = number if number and data[f"{prefix}-0-id"] else 0
    return data | management(total=number, initial=stored_rows, prefix=prefix)


def management(*, total: int, initial: int, prefix: str = CITATIONS) -> dict[str, str]:
    counts = {"TOTAL": total, "INITIAL": initial, "MIN_NUM": 0, "MAX_NUM": 1000}
    return {f"{prefix}-{name}_FORMS": str(count) for name, count in counts.items()}


def posted_rows(data: Posted, rows: Rows = EVENT_FORM.rows) -> list[dict[str, str]]:
    """The rows of a formset in which anything stands, in the order of their places."""
    found: dict[int, dict[str, str]] = {}
    for key in data:
        if match := re.fullmatch(rf"{rows.part.name}-(\d+)-(\w+)", key):
            found.setdefault(int(match[1]), {})[match[2]] = data[key]
    numbered = sorted(found.items(), key=lambda item: (place(item[1]), item[0]))
    return [row for _number, row in numbered if row.get("id") or any(map(row.get, rows.told_by))]


def place(row: Mapping[str, str]) -> int:
    position = number_in(row.get("position", ""))
    return LAST_PLACE if position is None else position


def as_new(kind: FormKind, data: QueryDict) -> QueryDict:
    """The form of an entry as that of a new one: nothing in it points to what is stored."""
    prefix = kind.rows.part.name
    found = data.copy()
    for key in [key for key in data if key.startswith(f"{prefix}-")] + ["based_on", "draft_revision"]:
        found.pop(key, None)
    rows = [row for row in posted_rows(data, kind.rows) if "DELETE" not in row]
    for number, row in enumerate(rows):
        known = {name: row[name] for name in row if name in kind.rows.form.base_fields}
        found.update({f"{prefix}-{number}-{name}": value for name, value in known.items()})
    found.update(management(total=len(rows), initial=0, prefix=prefix))
    return found


def part_of(kind: FormKind, key: str) -> str:
    """The part of the entry that a key of the form belongs to; nothing for a key that is no part of it."""
    for part in (kind.rows.part.name, COVER):
        if key.startswith((f"{part}-", f"{part}_")):
            return part
    return kind.part_names.get(key, "")


def as_snapshot(kind: FormKind, data: Posted) -> dict[str, Any]:
    """What the posted form says, in the shape of a snapshot; what is empty is left out."""
    found: dict[str, Any] = {kind.rows.part.name: rows_of(data, kind.rows), COVER: cover_of(data)}
    found |= {lines.part.name: [lines.read(line) for line in lines_of(data, lines)] for lines in kind.lines}
    for key in data:
        part = part_of(kind, key)
        if part and part not in found and (text := cleaned(data[key])):
            found[key] = whole_seconds(text) if key in MOMENTS else text
    return found


def words_of(kind: FormKind, data: Posted) -> dict[str, Any]:
    """What the posted form says of the entry itself: no moments, and no notice of a retraction."""
    course = {name for part in PUBLICATION for name in part.fields or (part.name,)}
    return {name: value for name, value in as_snapshot(kind, data).items() if name not in course}


def rows_of(data: Posted, rows: Rows) -> list[dict[str, str]]:
    return [
        {name: cleaned(row[name]) for name in rows.part.columns if cleaned(row.get(name, ""))}
        for row in posted_rows(data, rows)
        if "DELETE" not in row
    ]


def lines_of(data: Posted, lines: Lines) -> list[str]:
    """The lines of a text area that name anything."""
    found = map(str.strip, data.get(lines.field, "").splitlines())
    return [line for line in found if line.removeprefix(NEW_MARK).strip()]


def cover_of(data: Posted) -> dict[str, Any]:
    """The picture that is chosen and its words, by the names that snapshots have for them."""
    found: dict[str, Any] = {
        name: text for name in COVER_FIELDS if (text := cleaned(data.get(f"{COVER}_{name}", "")))
    }
    if (chosen := number_in(data.get(COVER, ""))) is not None:
        found["id"] = chosen
    # A form without a picture offers the middle of it too.
    return found if "id" in found else {name: found[name] for name in found if "focal" not in name}


def carried_cover(words: Mapping[str, Any]) -> dict[str, str]:
    """What a form carries that was shown these words of the cover; they are named as in snapshots."""
    return {f"initial-{COVER}_{name}": str(words.get(name, "")) for name in COVER_FIELDS}


def whole_seconds(text: str) -> str:
    """A time or a moment as it is stored: browsers leave out seconds that are none."""
    for kind in (datetime, time):
        try:
            return kind.fromisoformat(text).isoformat()
        except ValueError:
            continue
    return text


def cleaned(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def put_part(kind: FormKind, data: dict[str, str], part: Part, value: Any) -> None:
    """Write a joint value of a part into the form; rows of a formset go their own way."""
    if part.kind is Kind.TEXT:
        data[part.name] = value
    for lines in kind.lines:
        if lines.part == part:
            # As it was typed: the line may say that a name is new.
            typed = [(lines.read(line), line) for line in lines_of(data, lines)]
            data[lines.field] = "\n".join(
                next((line for read, line in typed if read == row), None) or lines.write(row) for row in value
            )
