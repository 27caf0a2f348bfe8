"""The one door for writes to an entry: version check, history, addresses, derived data.

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

from events.models import Address, Entry, Revision
from events.workflow.approval import check_approval, minds_approval
from events.workflow.autosaves import drop_entry
from events.workflow.kinds import kind_of
from events.workflow.moments import settle_moments


class EditConflict(Exception):
    """Somebody saved since the version that this edit started from. Nothing has been written."""

    def __init__(self, entry: Entry, based_on: int) -> None:
        words = f"is at version {entry.version}, the edit began at {based_on}"
        super().__init__(f"{entry.OWNER} {entry.pk} {words}")
        self.entry = entry
        self.based_on = based_on

    @property
    def theirs(self) -> Revision | None:
        """The revision that came first."""
        return self.entry.revisions.select_related("made_by").first()


@contextmanager
def editing(
    entry: Entry,
    *,
    by: AbstractBaseUser | None = None,
    based_on: int | None = None,
    note: str = "",
    act: str = "",
    is_significant: bool = False,
    now: datetime | None = None,
    settle: Callable[..., None] = settle_moments,
) -> Iterator[Entry]:
    """Change an entry, old or new, as one recorded write.

    `based_on` is the version that the writer had read; None means the one in `entry`. `act` is the name of
    the transition that the write is, if it is one. Raises EditConflict when another version is stored.
    """
    now = now or timezone.now()
    with transaction.atomic():
        if entry.pk is None:
            # Citations and contexts can only be tied to a row, and a published row needs its moment.
            settle(entry, now=now)
            entry.save()
        else:
            claim(entry, based_on=entry.version if based_on is None else based_on)
        yield entry
        record(entry, by=by, note=note, act=act, is_significant=is_significant, now=now, settle=settle)


def claim(entry: Entry, *, based_on: int) -> None:
    """Lock the stored row until the transaction ends and check its version."""
    stored = type(entry).objects.select_for_update().only("version").get(pk=entry.pk)
    if stored.version != based_on:
        raise EditConflict(stored, based_on)


def record(
    entry: Entry,
    *,
    by: AbstractBaseUser | None = None,
    note: str = "",
    act: str = "",
    is_significant: bool = False,
    now: datetime | None = None,
    settle: Callable[..., None] = settle_moments,
) -> Revision:
    """Write the entry and, with it, its revision, its address and all derived data.

    Must run in the transaction that claimed the entry, after its citations and contexts were saved.
    """
    now = now or timezone.now()
    before = entry.revisions.values_list("snapshot", flat=True).first()
    settle(entry, now=now, is_significant=is_significant)
    entry.version = entry.version + 1 if before is not None else 1
    entry.prepare()
    if before is not None and minds_approval(entry):
        check_approval(entry, before, kind_of(entry).whole(entry))
    entry.save()
    keep_address(entry, now=now)
    revision = Revision.objects.create(
        **{entry.OWNER: entry},
        version=entry.version,
        made_at=now,
        made_by=by,
        note=note,
        act=act,
        snapshot=kind_of(entry).whole(entry),
    )
    kind_of(entry).refresh([entry.pk], now=now)
    return revision


def keep_address(entry: Entry, *, now: datetime, former: Iterable[str] = ()) -> None:
    """Remember the entry's present address for ever, and those of older systems in the form of their keys."""
    for path in (entry.address_path(), *former):
        Address.objects.get_or_create(path=path, defaults={entry.OWNER: entry, "created_at": now})


@transaction.atomic
def delete(entry: Entry, *, now: datetime | None = None) -> None:
    """Delete an entry with all that hangs on it; its listings, counts and search row go first."""
    kind_of(entry).forget([entry.pk], now=now)
    drop_entry(entry)
    entry.delete()
