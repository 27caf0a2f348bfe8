"""Two editors, one entry: what the second one sees, and how both texts become one.

Everything is compared as a browser would post it: what was sent, what the stored entry would send, and what
the version that the editor started from would have sent. What only one of the two has touched is proposed as
that one left it; where both did, the editor's own text is.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.forms import CheckboxInput, FileInput, Form
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.admin.event_form import MOVE, RECHECK
from events.forms import CitationForm
from events.models import Citation, Event
from events.workflow.snapshots import CITATION_FIELDS, COVER_FIELDS, EVENT_FIELDS

MERGE = "_merge"
TAKE = "_take_"
MINE, THEIRS = "mine", "theirs"
CITATIONS, COVER = "citations", "cover"
# Of the form, but nothing that an entry consists of.
PRIVATE = ("based_on", "form_token", "is_significant", "revision_note", "csrfmiddlewaretoken")

Posted = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the entry in two versions. `proposed` is "mine" or "theirs"; texts are safe HTML."""

    name: str
    label: str
    mine: SafeString
    theirs: SafeString
    proposed: str


def differences(form_class: type[Form], mine: Posted, event: Event, base: dict) -> list[Difference]:
    """The parts in which the posted form and the stored event differ.

    `base` is the snapshot of the version that the form started from, empty if it is not known.
    """
    labels = {name: str(field.label) for name, field in form_class.base_fields.items()}
    labels |= {CITATIONS: str(Citation._meta.verbose_name_plural), COVER: _("cover image")}
    my_parts, their_parts = parts(mine), parts(stored(form_class, event))
    base_parts = parts(from_snapshot(form_class, base)) if base else {}
    found = []
    for name in [*form_class.base_fields, CITATIONS]:
        my_text, their_text = my_parts.get(name, ""), their_parts.get(name, "")
        if my_text == their_text:
            continue
        untouched = name in base_parts and base_parts[name] == my_text
        left, right = marked(my_text, their_text)
        found.append(Difference(name, labels[name], left, right, THEIRS if untouched else MINE))
    return found


def merged(form_class: type[Form], posted: QueryDict, event: Event) -> QueryDict:
    """The posted form with their parts in place of mine where the editor chose so, based on their version.

    It is marked for another look: nothing is saved before the editor has seen it.
    """
    data = posted.copy()
    theirs = stored(form_class, event)
    choices = {key.removeprefix(TAKE): data[key] for key in posted if key.startswith(TAKE)}
    for key in posted:
        if key.startswith((TAKE, MOVE)) or key in (MERGE, "_save", "_continue", "_addanother"):
            del data[key]
    for part, choice in choices.items():
        if choice == THEIRS:
            for key in [key for key in data if part_of(key) == part]:
                del data[key]
            data.update({key: value for key, value in theirs.items() if part_of(key) == part})
    if choices.get(CITATIONS) != THEIRS:
        reconcile(data, event)
    data["based_on"], data[RECHECK] = str(event.version), "1"
    return data


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


def reconcile(data: QueryDict, event: Event) -> None:
    """Keep my rows of citations although theirs are stored now.

    A row that they deleted becomes a new one; a row that they added is shown as marked for deletion, so
    that the editor sees it. Rows with an id must come first, for Django's formset.
    """
    ids = {str(pk) for pk in event.citations.values_list("pk", flat=True)}
    rows = posted_rows(data)
    for row in rows:
        if row.get("id") not in ids:
            row["id"] = ""
    mine = {row["id"] for row in rows}
    for citation in event.citations.exclude(pk__in=[pk for pk in mine if pk]):
        row = as_posted(CitationForm(instance=citation))
        rows.append(row | {"id": str(citation.pk), "DELETE": "on"})
    for key in [key for key in data if part_of(key) == CITATIONS]:
        del data[key]
    rows.sort(key=lambda row: row["id"] == "")
    for number, row in enumerate(rows):
        data.update({f"{CITATIONS}-{number}-{name}": value for name, value in row.items()})
        data[f"{CITATIONS}-{number}-event"] = str(event.pk)
    data.update(management(total=len(rows), initial=sum(bool(row["id"]) for row in rows)))


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
    """The part of the entry that a key of the form belongs to: a field, the cover, or the citations."""
    for part in (CITATIONS, COVER):
        if key == part or key.startswith((f"{part}-", f"{part}_")):
            return part
    return key


def parts(data: Posted) -> dict[str, str]:
    """The entry part by part, as texts to compare and to show."""
    texts: dict[str, str] = {}
    cover = []
    for key in sorted(data):
        part = part_of(key)
        if part == COVER:
            cover.append(f"{key}: {data[key]}" if data[key] else "")
        elif part != CITATIONS and key not in PRIVATE:
            texts[part] = data[key].replace("\r\n", "\n").strip()
    texts[COVER] = "\n".join(filter(None, cover))
    texts[CITATIONS] = "\n".join(
        " · ".join(row[name] for name in CITATION_FIELDS if row.get(name)).strip()
        for row in posted_rows(data)
        if "DELETE" not in row
    )
    return texts


def marked(mine: str, theirs: str) -> tuple[SafeString, SafeString]:
    """Both texts with the words marked that the other one has not."""
    left, right = re.findall(r"\s+|\S+", mine), re.findall(r"\s+|\S+", theirs)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    blocks = matcher.get_opcodes()
    return (
        spans(("".join(left[a:b]), kind == "equal") for kind, a, b, _c, _d in blocks),
        spans(("".join(right[c:d]), kind == "equal") for kind, _a, _b, c, d in blocks),
    )


def spans(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        ((text if is_same else format_html("<mark>{}</mark>", text),) for text, is_same in pieces if text),
    )
