"""Steering related stories: pin, hide, order and link, each act one recorded write of the entry.

Steering is no change of what an entry says: an imported one goes on following its source.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, EventLink, RelatedChoice
from events.workflow.edits import editing
from events.workflow.moments import settle_moments

PIN, HIDE = RelatedChoice.Kind.PIN, RelatedChoice.Kind.HIDE
NOTE_LENGTH = 255


def pin(event: Event, other: Event, *, note: str = "", **options: Any) -> Event:
    """Put `other` last among the pins of `event`; one that is pinned already stays as it is.

    `note` is for colleagues. Options as for `steering`. Raises ValidationError when the two cannot be
    pinned, EditConflict when somebody saved since.
    """
    check_pair(event, other)
    if RelatedChoice.objects.filter(event=other, other=event, kind=HIDE, both_sides=True).exists():
        raise ValidationError(
            _("“%(title)s” is hidden from both sides by its own entry; show it there first.")
            % {"title": other}
        )
    with steering(event, _("Pinned: %(title)s"), other, **options) as (now, by):
        if not event.choices.filter(other=other, kind=PIN).exists():
            position = event.choices.filter(kind=PIN).count()
            choose(event, other, kind=PIN, position=position, note=note, made_by=by, made_at=now)
    return event


def annotate(event: Event, other: Event, note: str, **options: Any) -> Event:
    """Give the pin or the hiding of `other` another note."""
    with steering(event, _("Note changed: %(title)s"), other, **options):
        if not event.choices.filter(other=other).update(note=clean_note(note)):
            raise ValidationError(_("“%(title)s” is neither pinned nor hidden.") % {"title": other})
    return event


def hide(event: Event, other: Event, *, both_sides: bool = False, note: str = "", **options: Any) -> Event:
    """Keep `other` out of the related stories of `event`, and with `both_sides` the other way round too."""
    check_pair(event, other)
    with steering(event, _("Hidden from related stories: %(title)s"), other, **options) as (now, by):
        choose(event, other, kind=HIDE, both_sides=both_sides, note=note, made_by=by, made_at=now)
        renumber(event)
    return event


def undo(event: Event, other: Event, **options: Any) -> Event:
    """Take the pin or the hiding of `other` back; what the ranking says counts again."""
    with steering(event, _("No longer pinned or hidden: %(title)s"), other, **options):
        event.choices.filter(other=other).delete()
        renumber(event)
    return event


def move(event: Event, other: Event, *, to: int, **options: Any) -> Event:
    """Give a pin another place, counted from 0; beyond an end is the end."""
    with steering(event, _("Moved among the pins: %(title)s"), other, **options):
        rows = list(event.choices.filter(kind=PIN).order_by("position", "pk"))
        moved = next((row for row in rows if row.other_id == other.pk), None)
        if moved is None:
            raise ValidationError(_("“%(title)s” is not pinned.") % {"title": other})
        rows.remove(moved)
        rows.insert(max(to, 0), moved)
        number(rows)
    return event


def link(event: Event, other: Event, kind: str, **options: Any) -> Event:
    """Say how `event` hangs together with `other`: a kind of `EventLink`, in place of what was said."""
    check_pair(event, other)
    if kind not in EventLink.Kind.values:
        raise ValidationError(_("Choose how the two entries hang together."))
    with steering(event, _("Linked: %(title)s"), other, **options) as (now, by):
        EventLink.objects.update_or_create(
            event=event, other=other, defaults={"kind": kind, "made_by": by, "made_at": now}
        )
    return event


def unlink(event: Event, other: Event, **options: Any) -> Event:
    """Take the link from `event` to `other` back."""
    with steering(event, _("No longer linked: %(title)s"), other, **options):
        event.links.filter(other=other).delete()
    return event


@contextmanager
def steering(
    event: Event,
    note: str,
    other: Event | None,
    *,
    by: AbstractBaseUser | None = None,
    based_on: int | None = None,
    now: datetime | None = None,
) -> Iterator[tuple[datetime, AbstractBaseUser | None]]:
    """One recorded write; `note` goes to the revision, with the other entry's title in it."""
    now = now or timezone.now()
    told = (note % {"title": other} if other else note)[:NOTE_LENGTH]
    with editing(event, by=by, based_on=based_on, note=told, now=now, settle=settle_steering):
        yield now, by


def settle_steering(event: Event, **moments: Any) -> None:
    """As any write, but an entry that nobody has changed since its import still counts as unchanged."""
    settle_moments(event, **moments)
    if event.imported_version == event.version:
        event.imported_version = event.version + 1


def check_pair(event: Event, other: Event) -> None:
    if event.pk == other.pk:
        raise ValidationError(_("An entry cannot be chosen for itself."))
    if other.merged_into_id:
        raise ValidationError(
            _("“%(title)s” has been merged into another entry; choose that one.") % {"title": other}
        )


def clean_note(note: str) -> str:
    return " ".join(note.split())[:NOTE_LENGTH]


def choose(event: Event, other: Event, *, note: str, **fields: Any) -> None:
    values = {"position": 0, "both_sides": False, "note": clean_note(note)} | fields
    RelatedChoice.objects.update_or_create(event=event, other=other, defaults=values)


def renumber(event: Event) -> None:
    number(list(event.choices.filter(kind=PIN).order_by("position", "pk")))


def number(pins: list[RelatedChoice]) -> None:
    """Give the pins the places 0, 1, 2 … in this order."""
    for position, row in enumerate(pins):
        if row.position != position:
            RelatedChoice.objects.filter(pk=row.pk).update(position=position)


def put(event: Event, data: dict, *, by: AbstractBaseUser | None, now: datetime) -> list[str]:
    """Make the decisions of `data` (as `steering_snapshot` writes them) the event's, all of them.

    Must run inside a write of the event. Returns the ids of entries that are not here: what was decided on
    them is left out, as is what was decided on the event itself.
    """
    rows = [row for name in ("pins", "hidden", "links") for row in data.get(name, ())]
    ids = {row["id"] for row in rows} - {event.public_id}
    known = {
        found.public_id: found for found in Event.objects.only("pk", "public_id").filter(public_id__in=ids)
    }
    known |= {
        found.import_ref: found
        for found in Event.objects.only("pk", "import_ref").filter(import_ref__in=ids - known.keys())
        if found.pk != event.pk
    }
    event.choices.all().delete()
    event.links.all().delete()
    made = {"made_by": by, "made_at": now}
    for position, row in enumerate(row for row in data.get("pins", ()) if row["id"] in known):
        note = row.get("note", "")
        choose(event, known[row["id"]], kind=PIN, position=position, note=note, **made)
    for row in data.get("hidden", ()):
        if row["id"] in known:
            sides, note = row.get("both_sides", False), row.get("note", "")
            choose(event, known[row["id"]], kind=HIDE, both_sides=sides, note=note, **made)
    for row in data.get("links", ()):
        if row["id"] in known:
            EventLink.objects.update_or_create(
                event=event, other=known[row["id"]], defaults={"kind": row["kind"], **made}
            )
    own = (event.public_id, event.import_ref)
    return [row["id"] for row in rows if row["id"] not in known and row["id"] not in own]
