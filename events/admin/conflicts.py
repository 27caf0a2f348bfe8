"""Two editors, one entry: what the second one sees, and how both texts become one.

Three versions are joined: what was posted, what the stored entry would post, and what the version that both
began with would have posted. What only one of the two has touched is as that one left it, texts are joined
sentence by sentence, contexts and sources one by one; only where both changed the same is the editor asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.http import QueryDict

from events.admin.entry_form import MOVE, RECHECK
from events.admin.posted import (
    COVER,
    Posted,
    Rows,
    as_posted,
    as_snapshot,
    carried_cover,
    cover_of,
    from_snapshot,
    management,
    part_of,
    posted_rows,
    put_part,
    stored,
)
from events.admin.version_parts import PartView, views
from events.models import Entry
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


def differences(form_class: type[Form], mine: Posted, entry: Entry, base: dict) -> list[Difference]:
    """The parts in which the posted form and the stored entry differ, those to be asked for first.

    `base` is the snapshot of the version that the form started from, empty if it is not known; then each side
    is shown against the other.
    """
    joints = joined(form_class, mine, entry, base)
    joints.sort(key=lambda joint: joint.taken != "")
    model = type(entry)
    mine_views = views([seen(joint, joint.mine, against=joint.theirs) for joint in joints], model)
    their_views = views([seen(joint, joint.theirs, against=joint.mine) for joint in joints], model)
    both_views = iter(views([seen(joint, joint.value) for joint in joints if joint.taken == BOTH], model))
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


def joined(form_class: type[Form], mine: Posted, entry: Entry, base: dict) -> list[Joint]:
    kind = form_class.kind
    origin = as_snapshot(kind, from_snapshot(form_class, base)) if base else None
    return join(origin, as_snapshot(kind, mine), as_snapshot(kind, stored(form_class, entry)), kind.parts)


def seen(joint: Joint, value: object, *, against: object = None) -> Change:
    """A side as it is shown: what it changed of the ancestor, else how it differs from the other side."""
    return Change(joint.part, against if joint.base is None else joint.base, value)


def merged(form_class: type[Form], posted: QueryDict, entry: Entry, base: dict) -> QueryDict:
    """The posted form with what was chosen, based on the stored version.

    Unless it is to be saved at once it is marked for another look.
    """
    kind, rows = form_class.kind, form_class.kind.rows
    data = posted.copy()
    theirs = stored(form_class, entry)
    chosen = {key.removeprefix(TAKE): data[key] for key in posted if key.startswith(TAKE)}
    for key in posted:
        if key.startswith((TAKE, MOVE)) or key in (MERGE, MERGE_AND_SAVE, *SAVING):
            del data[key]
    chosen_rows = None
    for joint in joined(form_class, posted, entry, base):
        side = chosen.get(joint.part.name) or joint.taken or MINE
        if side == THEIRS:
            for key in [key for key in data if part_of(kind, key) == joint.part.name]:
                del data[key]
            data.update(
                {key: value for key, value in theirs.items() if part_of(kind, key) == joint.part.name}
            )
        elif side == BOTH and joint.taken == BOTH and joint.part != rows.part:
            put_part(kind, data, joint.part, joint.value)
        if joint.part.name == COVER and COVER in chosen and data.get(COVER) == theirs.get(COVER):
            # Their words were on the merge page; the form need not tell them once more.
            data.update(carried_cover(cover_of(theirs)))
        if joint.part == rows.part:
            both = known_rows(joint.value, entry, rows)
            chosen_rows = {MINE: posted_rows(data, rows), BOTH: both, THEIRS: None}[side]
    if chosen_rows is not None:
        put_rows(data, chosen_rows, entry, rows)
    data["based_on"] = str(entry.version)
    data["_continue" if MERGE_AND_SAVE in posted else RECHECK] = "1"
    return data


def known_rows(found: Sequence[dict[str, str]], entry: Entry, rows: Rows) -> list[dict[str, str]]:
    """Joint rows with the ids of those that are stored, in their order."""
    there = list(getattr(entry, rows.part.name).all())
    columns = [{name: getattr(row, name) for name in rows.part.keys} for row in there]
    ids = dict(zip(row_keys(columns, rows.part.keys), there, strict=True))
    keys = row_keys(found, rows.part.keys)
    return [
        row | {"position": str(place), "id": str(ids[key].pk) if key in ids else ""}
        for place, (key, row) in enumerate(zip(keys, found, strict=True), 1)
    ]


def put_rows(data: QueryDict, found: list[dict[str, str]], entry: Entry, rows: Rows) -> None:
    """Make these the rows of the form's formset, although others are stored now.

    A row that they deleted becomes a new one; a row of theirs that is not among these is shown as marked for
    deletion, so that the editor sees it. Rows with an id must come first, for Django's formset.
    """
    stored_rows, prefix = getattr(entry, rows.part.name), rows.part.name
    ids = {str(pk) for pk in stored_rows.values_list("pk", flat=True)}
    for row in found:
        if row.get("id") not in ids:
            row["id"] = ""
    kept = [row["id"] for row in found if row["id"]]
    found.extend(
        as_posted(rows.form(instance=left)) | {"id": str(left.pk), "DELETE": "on"}
        for left in stored_rows.exclude(pk__in=kept)
    )
    for key in [key for key in data if key.startswith(f"{prefix}-")]:
        del data[key]
    found.sort(key=lambda row: row["id"] == "")
    for number, row in enumerate(found):
        data.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
        data[f"{prefix}-{number}-{entry.OWNER}"] = str(entry.pk)
    initial = sum(bool(row["id"]) for row in found)
    data.update(management(total=len(found), initial=initial, prefix=prefix))
