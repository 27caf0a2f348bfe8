"""Two editors, one entry: what the second one sees, and how both texts become one.

Three versions are joined: what was posted, what the stored entry would post, and what the version that both
began with would have posted. What only one of the two has touched is as that one left it, texts are joined
sentence by sentence, contexts and sources one by one; only where both changed the same is the editor asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.http import QueryDict

from events.admin.event_form import MOVE, RECHECK
from events.admin.posted import (
    CITATIONS,
    FORM_PARTS,
    Posted,
    as_posted,
    as_snapshot,
    from_snapshot,
    management,
    part_of,
    posted_rows,
    put_part,
    stored,
)
from events.admin.version_parts import PartView, views
from events.forms import CitationForm
from events.models import Event
from events.workflow import parts
from events.workflow.comparison import Change, row_keys
from events.workflow.joining import BOTH, MINE, THEIRS, Joint, join

MERGE, MERGE_AND_SAVE = "_merge", "_merge_and_save"
TAKE = "_take_"
SAVING = ("_save", "_continue", "_addanother")


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that is not the same in both: what each made of it, and the joint text where there is one.

    `taken` is "mine", "theirs" or "both"; nothing where the editor has to choose.
    """

    name: str
    label: str
    taken: str
    mine: PartView
    theirs: PartView
    both: PartView | None


def differences(form_class: type[Form], mine: Posted, event: Event, base: dict) -> list[Difference]:
    """The parts in which the posted form and the stored event differ, those to be asked for first.

    `base` is the snapshot of the version that the form started from, empty if it is not known; then each side
    is shown against the other.
    """
    joints = joined(form_class, mine, event, base)
    joints.sort(key=lambda joint: joint.taken != "")
    mine_views = views([seen(joint, joint.mine, against=joint.theirs) for joint in joints])
    their_views = views([seen(joint, joint.theirs, against=joint.mine) for joint in joints])
    both_views = iter(views([seen(joint, joint.value) for joint in joints if joint.taken == BOTH]))
    return [
        Difference(
            joint.part.name,
            str(joint.part.label),
            joint.taken,
            my_view,
            their_view,
            next(both_views) if joint.taken == BOTH else None,
        )
        for joint, my_view, their_view in zip(joints, mine_views, their_views, strict=True)
    ]


def joined(form_class: type[Form], mine: Posted, event: Event, base: dict) -> list[Joint]:
    origin = as_snapshot(from_snapshot(form_class, base)) if base else None
    return join(origin, as_snapshot(mine), as_snapshot(stored(form_class, event)), FORM_PARTS)


def seen(joint: Joint, value: object, *, against: object = None) -> Change:
    """A side as it is shown: what it changed of the ancestor, else how it differs from the other side."""
    return Change(joint.part, against if joint.base is None else joint.base, value)


def merged(form_class: type[Form], posted: QueryDict, event: Event, base: dict) -> QueryDict:
    """The posted form with what was chosen, based on the stored version.

    Unless it is to be saved at once it is marked for another look.
    """
    data = posted.copy()
    theirs = stored(form_class, event)
    chosen = {key.removeprefix(TAKE): data[key] for key in posted if key.startswith(TAKE)}
    for key in posted:
        if key.startswith((TAKE, MOVE)) or key in (MERGE, MERGE_AND_SAVE, *SAVING):
            del data[key]
    citations = None
    for joint in joined(form_class, posted, event, base):
        side = chosen.get(joint.part.name) or joint.taken or MINE
        if side == THEIRS:
            for key in [key for key in data if part_of(key) == joint.part.name]:
                del data[key]
            data.update({key: value for key, value in theirs.items() if part_of(key) == joint.part.name})
        elif side == BOTH and joint.taken == BOTH and joint.part.name != CITATIONS:
            put_part(data, joint.part, joint.value)
        if joint.part.name == CITATIONS:
            citations = {MINE: posted_rows(data), BOTH: known_rows(joint.value, event), THEIRS: None}[side]
    if citations is not None:
        put_rows(data, citations, event)
    data["based_on"] = str(event.version)
    data["_continue" if MERGE_AND_SAVE in posted else RECHECK] = "1"
    return data


def known_rows(rows: Sequence[dict[str, str]], event: Event) -> list[dict[str, str]]:
    """Joint rows with the ids of those that are stored, in their order."""
    columns = [{"url": row.url, "label": row.label} for row in event.citations.all()]
    ids = dict(zip(row_keys(columns, parts.CITATIONS.keys), event.citations.all(), strict=True))
    keys = row_keys(rows, parts.CITATIONS.keys)
    return [
        row | {"position": str(place), "id": str(ids[key].pk) if key in ids else ""}
        for place, (key, row) in enumerate(zip(keys, rows, strict=True), 1)
    ]


def put_rows(data: QueryDict, rows: list[dict[str, str]], event: Event) -> None:
    """Make these the rows of citations, although others are stored now.

    A row that they deleted becomes a new one; a row of theirs that is not among these is shown as marked for
    deletion, so that the editor sees it. Rows with an id must come first, for Django's formset.
    """
    ids = {str(pk) for pk in event.citations.values_list("pk", flat=True)}
    for row in rows:
        if row.get("id") not in ids:
            row["id"] = ""
    kept = [row["id"] for row in rows if row["id"]]
    for citation in event.citations.exclude(pk__in=kept):
        row = as_posted(CitationForm(instance=citation))
        rows.append(row | {"id": str(citation.pk), "DELETE": "on"})
    for key in [key for key in data if part_of(key) == CITATIONS]:
        del data[key]
    rows.sort(key=lambda row: row["id"] == "")
    for number, row in enumerate(rows):
        data.update({f"{CITATIONS}-{number}-{name}": value for name, value in row.items()})
        data[f"{CITATIONS}-{number}-event"] = str(event.pk)
    data.update(management(total=len(rows), initial=sum(bool(row["id"]) for row in rows)))
