"""The edit page's form as a browser posts it, to and from what is stored and what a snapshot says.

A form that was posted may not be valid, so two of them are compared as they were typed: as a snapshot in
which every value is text.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.forms import CheckboxInput, FileInput, Form

from events.forms import NEW_MARK, CitationForm
from events.models import Citation, Event
from events.workflow import parts
from events.workflow.parts import Kind, Part
from events.workflow.snapshots import CITATION_FIELDS, COVER_FIELDS, EVENT_FIELDS

CITATIONS, CONTEXTS, COVER = parts.CITATIONS.name, parts.CONTEXTS.name, parts.COVER.name
# The parts that the form can change.
FORM_PARTS = (
    *parts.TEXTS, parts.CONTEXTS, parts.CITATIONS, parts.COVER, *parts.FACTS,
    parts.BY_NAME["publication"], parts.BY_NAME["retraction_notice"],
)  # fmt: skip
_PART_OF = {field: part.name for part in FORM_PARTS for field in part.fields or (part.name,)}
_PART_OF["context_names"] = CONTEXTS

MOMENTS = ("publish_at", "embargo_until", "time")

Posted = Mapping[str, str]


def as_posted(form: Form) -> dict[str, str]:
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


def stored(form_class: type[Form], event: Event) -> dict[str, str]:
    """What the edit page of the stored entry would send."""
    return as_posted(form_class(instance=event)) | rows_as_posted(event.citations.all())


def from_snapshot(form_class: type[Form], data: dict) -> dict[str, str]:
    """What the edit page of a former version would have sent."""
    event = Event(**values(Event, data, EVENT_FIELDS))
    initial = {"context_names": "\n".join(data.get("contexts", []))}
    if cover := data.get("cover"):
        initial |= {"cover": cover["id"]} | {f"cover_{name}": cover.get(name, "") for name in COVER_FIELDS}
    citations = [Citation(**values(Citation, row, CITATION_FIELDS)) for row in data.get("citations", [])]
    return as_posted(form_class(instance=event, initial=initial)) | rows_as_posted(citations)


def values(model, data: dict, names: Iterable[str]) -> dict:
    """The fields of a snapshot as Python's values."""
    return {name: model._meta.get_field(name).to_python(data[name]) for name in names if name in data}


def rows_as_posted(citations: Iterable[Citation]) -> dict[str, str]:
    """The formset of these citations, as it would be sent."""
    data = {}
    number = 0
    for number, citation in enumerate(citations, 1):
        data |= as_posted(CitationForm(instance=citation, prefix=f"{CITATIONS}-{number - 1}"))
        data[f"{CITATIONS}-{number - 1}-position"] = str(number)
        data[f"{CITATIONS}-{number - 1}-id"] = str(citation.pk or "")
    stored_rows = number if number and data[f"{CITATIONS}-0-id"] else 0
    return data | management(total=number, initial=stored_rows)


def management(*, total: int, initial: int) -> dict[str, str]:
    counts = {"TOTAL": total, "INITIAL": initial, "MIN_NUM": 0, "MAX_NUM": 1000}
    return {f"{CITATIONS}-{name}_FORMS": str(count) for name, count in counts.items()}


def posted_rows(data: Posted) -> list[dict[str, str]]:
    """The rows of the citations' formset in which anything stands, in the order of their places."""
    rows: dict[int, dict[str, str]] = {}
    for key in data:
        if match := re.fullmatch(rf"{CITATIONS}-(\d+)-(\w+)", key):
            rows.setdefault(int(match[1]), {})[match[2]] = data[key]
    numbered = sorted(rows.items(), key=lambda item: (place(item[1]), item[0]))
    return [row for _number, row in numbered if row.get("id") or row.get("label") or row.get("url")]


def place(row: Mapping[str, str]) -> int:
    position = row.get("position", "")
    return int(position) if position.isdigit() else 10**6


def part_of(key: str) -> str:
    """The part of the entry that a key of the form belongs to; nothing for a key that is no part of it."""
    for part in (CITATIONS, COVER):
        if key.startswith((f"{part}-", f"{part}_")):
            return part
    return _PART_OF.get(key, "")


def as_snapshot(data: Posted) -> dict[str, Any]:
    """What the posted form says, in the shape of a snapshot; what is empty is left out."""
    found: dict[str, Any] = {CITATIONS: citations_of(data), CONTEXTS: names_of(data), COVER: cover_of(data)}
    for key in data:
        part = part_of(key)
        if part and part not in found and (text := cleaned(data[key])):
            found[key] = whole_seconds(text) if key in MOMENTS else text
    return found


def citations_of(data: Posted) -> list[dict[str, str]]:
    return [
        {name: cleaned(row[name]) for name in CITATION_FIELDS if cleaned(row.get(name, ""))}
        for row in posted_rows(data)
        if "DELETE" not in row
    ]


def names_of(data: Posted) -> list[str]:
    """The names of contexts, without the mark of those that are to be made."""
    lines = data.get("context_names", "").splitlines()
    return [name for line in lines if (name := line.strip().removeprefix(NEW_MARK).strip())]


def cover_of(data: Posted) -> dict[str, Any]:
    """The picture that is chosen and its words, by the names that snapshots have for them."""
    found: dict[str, Any] = {
        name: text for name in COVER_FIELDS if (text := cleaned(data.get(f"{COVER}_{name}", "")))
    }
    if data.get(COVER, "").isdecimal():
        found["id"] = int(data[COVER])
    # A form without a picture offers the middle of it too.
    return found if "id" in found else {name: found[name] for name in found if "focal" not in name}


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


def put_part(data: dict[str, str], part: Part, value: Any) -> None:
    """Write a joint value of a part into the form; rows of citations go their own way."""
    if part.kind is Kind.TEXT:
        data[part.name] = value
    elif part.name == CONTEXTS:
        new = {
            line.removeprefix(NEW_MARK).strip()
            for line in map(str.strip, data.get("context_names", "").splitlines())
            if line.startswith(NEW_MARK)
        }
        data["context_names"] = "\n".join(f"{NEW_MARK} {name}" if name in new else name for name in value)
