"""A former version brought back, whole or in part: always as a new revision, so that it can be undone."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Citation, Context, Entry, Event, Image
from events.text.folding import name_key
from events.workflow import parts
from events.workflow.approval import direct_change_problem
from events.workflow.article_snapshots import restore_bylines, restore_coverage, restore_notes
from events.workflow.comparison import keyed
from events.workflow.edits import editing
from events.workflow.kinds import kind_of
from events.workflow.moments import settle_moments
from events.workflow.parts import Kind, Part, Snapshot
from events.workflow.permissions import may
from events.workflow.pictures import remake_renditions, store_picture
from events.workflow.published_pictures import is_shown_elsewhere
from events.workflow.snapshots import CITATION_FIELDS, COVER_FIELDS, steering_of
from events.workflow.steering import put, settle_steering

DECISIONS = {part.name for part in parts.DECISIONS}


def restorable(user: AbstractBaseUser, entry: Entry) -> list[Part]:
    """The parts that this user may bring back, of an entry that they may change."""
    may_steer = may(user, "steer")
    return [part for part in kind_of(entry).content if may_steer or part.name not in DECISIONS]


def restore(
    entry: Entry,
    data: Snapshot,
    *,
    names: Collection[str],
    by: AbstractBaseUser | None = None,
    based_on: int | None = None,
    note: str = "",
    is_significant: bool = False,
    now: datetime | None = None,
) -> list[str]:
    """Make the parts called `names` what the snapshot says; state and moments of the entry stay.

    Returns, as sentences, what could not come back because it is gone. Raises ValidationError where the entry
    cannot be so any more (its address belongs to another one) or another person has to publish the change,
    EditConflict when somebody saved since.
    """
    now = now or timezone.now()
    is_steering = DECISIONS.issuperset(names)
    if not is_steering and (problem := direct_change_problem(entry)):
        raise ValidationError(problem)
    settle = settle_steering if is_steering else settle_moments
    with editing(
        entry, by=by, based_on=based_on, note=note, is_significant=is_significant, now=now, settle=settle
    ):
        return apply(entry, data, names, by=by, now=now)


def apply(
    entry: Entry, data: Snapshot, names: Collection[str], *, by: AbstractBaseUser | None, now: datetime
) -> list[str]:
    """Change the entry inside a write of it. Raises and returns as `restore` does."""
    lost: list[str] = []
    chosen = [part for part in kind_of(entry).content if part.name in names]
    for part in chosen:
        if part.kind in (Kind.TEXT, Kind.VALUE):
            for field in part.fields or (part.name,):
                set_field(entry, field, data)
    if "cover" in names:
        lost += restore_cover(entry, data.get("cover"))
    entry.prepare()
    entry.clean()
    entry.validate_constraints()
    for part in chosen:
        if part.name in ROWS:
            lost += ROWS[part.name](entry, data.get(part.name, ()))
    if decided := DECISIONS.intersection(names):
        lost += restore_decisions(entry, data, decided, by=by, now=now)
    return lost


def set_field(row: models.Model, name: str, data: Snapshot) -> None:
    """A field as the snapshot says it; what is not in there was empty."""
    field = row._meta.get_field(name)
    empty = None if field.null else field.get_default()
    setattr(row, name, field.to_python(data[name]) if name in data else empty)


def restore_citations(event: Event, rows: Sequence[dict]) -> list[str]:
    """Rows that are still there are kept and changed, for what else is known of them."""
    have = keyed(
        ({"url": row.url, "label": row.label, "row": row} for row in event.citations.all()),
        parts.CITATIONS.keys,
    )
    for position, (key, data) in enumerate(keyed(rows, parts.CITATIONS.keys).items(), 1):
        citation = have.pop(key)["row"] if key in have else Citation(event=event)
        for name in CITATION_FIELDS:
            set_field(citation, name, data)
        citation.position = position
        citation.save()
    Citation.objects.filter(pk__in=[row["row"].pk for row in have.values()]).delete()
    return []


def restore_contexts(entry: Entry, names: Iterable[str]) -> list[str]:
    """By any name that a context has now: renamed and merged ones are found by their aliases."""
    names = list(names)
    known = Context.objects.by_names(names)
    entry.contexts.put([known[key] for key in map(name_key, names) if key in known])
    gone = [name for name in names if name_key(name) not in known]
    return [_("These contexts are gone: %(names)s.") % {"names": ", ".join(gone)}] if gone else []


def restore_cover(entry: Entry, data: dict | None) -> list[str]:
    """The picture with its words. One that another entry shows too is not changed under it: it is copied."""
    if not data:
        entry.cover = None
        return []
    image = Image.objects.filter(pk=data["id"]).first()
    if image and image.file.name == data["file"]:
        entry.cover = described(image, data, entry)
        return []
    if data["file"] and not default_storage.exists(data["file"]):
        return [_("The picture of that version is gone; the present one stays.")]
    anew = Image(pk=None if image else data["id"])
    anew.file.name = data["file"]
    describe(anew, data)
    if anew.file:
        with anew.file.open("rb") as file:
            store_picture(anew, file)
    else:
        anew.save()
    entry.cover = anew
    return []


def described(image: Image, data: dict, entry: Entry) -> Image:
    """The picture with the words, the focal point and the own crops of a snapshot."""
    before = [getattr(image, name) for name in COVER_FIELDS]
    framing = image.framing
    describe(image, data)
    if before == [getattr(image, name) for name in COVER_FIELDS] and framing == image.framing:
        return image
    if is_shown_elsewhere(image, besides=entry):
        image.pk = None
    if image.file and framing != image.framing:
        return remake_renditions(image)
    image.save()
    return image


def describe(image: Image, data: dict) -> None:
    for name in COVER_FIELDS:
        set_field(image, name, data)
    image.crops = data.get("crops", {})


def restore_decisions(event: Event, data: Snapshot, names: Collection[str], **made: Any) -> list[str]:
    """Pins, hidden entries and links; those of the three that are not asked for stay as they are."""
    present = steering_of(event)
    from_now = {name: parts.BY_NAME[name].of(present) for name in DECISIONS}
    gone = put(event, from_now | {name: parts.BY_NAME[name].of(data) for name in names}, **made)
    return [_("These entries are gone: %(ids)s.") % {"ids": ", ".join(gone)}] if gone else []


# What consists of rows, by part: brought back after the entry's own fields.
ROWS: dict[str, Callable[[Any, Any], list[str]]] = {
    parts.CITATIONS.name: restore_citations,
    parts.CONTEXTS.name: restore_contexts,
    parts.BYLINES.name: restore_bylines,
    parts.COVERED.name: restore_coverage,
    parts.NOTES.name: restore_notes,
}
