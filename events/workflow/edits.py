"""The one door for writes to an event: version check, history, addresses, derived data.

    with editing(event, by=user, based_on=version, note="new source") as event:
        event.headline = "…"
        event.contexts.put(contexts)

Everything between is one transaction. The admin, whose form machinery saves piece by piece inside its own
transaction, calls `claim` before and `record` after; importers write batches through `workflow.batches`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from events import derived
from events.models import Address, Event, Revision
from events.workflow.approval import check_approval, minds_approval
from events.workflow.moments import settle_moments
from events.workflow.snapshots import whole_entry


class EditConflict(Exception):
    """Somebody saved since the version that this edit started from. Nothing has been written."""

    def __init__(self, event: Event, based_on: int) -> None:
        super().__init__(f"event {event.pk} is at version {event.version}, the edit began at {based_on}")
        self.event = event
        self.based_on = based_on

    @property
    def theirs(self) -> Revision | None:
        """The revision that came first."""
        return self.event.revisions.select_related("made_by").first()


@contextmanager
def editing(
    event: Event,
    *,
    by: AbstractBaseUser | None = None,
    based_on: int | None = None,
    note: str = "",
    act: str = "",
    is_significant: bool = False,
    now: datetime | None = None,
    settle: Callable[..., None] = settle_moments,
) -> Iterator[Event]:
    """Change an event, old or new, as one recorded write.

    `based_on` is the version that the writer had read; None means the one in `event`. `act` is the name of
    the transition that the write is, if it is one. Raises EditConflict when another version is stored.
    """
    now = now or timezone.now()
    with transaction.atomic():
        if event.pk is None:
            # Citations and contexts can only be tied to a row, and a published row needs its moment.
            settle(event, now=now)
            event.save()
        else:
            claim(event, based_on=event.version if based_on is None else based_on)
        yield event
        record(event, by=by, note=note, act=act, is_significant=is_significant, now=now, settle=settle)


def claim(event: Event, *, based_on: int) -> None:
    """Lock the stored row until the transaction ends and check its version."""
    stored = Event.objects.select_for_update().only("version").get(pk=event.pk)
    if stored.version != based_on:
        raise EditConflict(stored, based_on)


def record(
    event: Event,
    *,
    by: AbstractBaseUser | None = None,
    note: str = "",
    act: str = "",
    is_significant: bool = False,
    now: datetime | None = None,
    settle: Callable[..., None] = settle_moments,
) -> Revision:
    """Write the event and, with it, its revision, its address and all derived data.

    Must run in the transaction that claimed the event, after its citations and contexts were saved.
    """
    now = now or timezone.now()
    before = event.revisions.values_list("snapshot", flat=True).first()
    settle(event, now=now, is_significant=is_significant)
    event.version = event.version + 1 if before is not None else 1
    event.prepare()
    if before is not None and minds_approval(event):
        check_approval(event, before, whole_entry(event))
    event.save()
    keep_address(event, now=now)
    revision = Revision.objects.create(
        event=event,
        version=event.version,
        made_at=now,
        made_by=by,
        note=note,
        act=act,
        snapshot=whole_entry(event),
    )
    derived.refresh([event.pk], now=now)
    return revision


def keep_address(event: Event, *, now: datetime, former: Iterable[str] = ()) -> None:
    """Remember the event's present address for ever, and those of older systems in the form of their keys."""
    for path in (event.address_path(), *former):
        Address.objects.get_or_create(path=path, defaults={"event": event, "created_at": now})


@transaction.atomic
def delete(event: Event, *, now: datetime | None = None) -> None:
    """Delete an event with all that hangs on it; its listings, counts and search row go first."""
    derived.forget([event.pk], now=now)
    event.delete()
