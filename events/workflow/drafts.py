"""Draft revisions: changes of a published entry that wait beside it to be published or discarded.

An entry has at most one. It is published by the ordinary save of a form that was filled from it, so that the
checks, the version check, the merge page and the revision are those of every save. No clock publishes one:
lists, counts, search and addresses are derived from the one text that is stored, and a second text that came
true by itself would need all of them twice.
"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.conf import conf
from events.models import DraftRevision, Entry
from events.workflow.parts import Snapshot
from events.workflow.permissions import may, may_edit


class DraftTaken(Exception):
    """Somebody wrote this draft revision meanwhile, or another one. Nothing has been written."""

    def __init__(self, draft: DraftRevision | None) -> None:
        super().__init__("another draft revision is stored")
        self.draft = draft


def draft_of(entry: Entry) -> DraftRevision | None:
    """The draft revision of an entry, with its writer."""
    return DraftRevision.objects.filter(**entry.as_owner).select_related("written_by").first()


def may_propose(user: AbstractBaseUser, entry: Entry) -> bool:
    """Whether the user may write a draft revision: of what is published, whoever may write at all."""
    return entry.state == Entry.State.PUBLISHED and may(user, "propose")


def may_discard(user: AbstractBaseUser, draft: DraftRevision, entry: Entry) -> bool:
    return draft.written_by_id == user.pk or may_edit(user, entry)


def keep(
    entry: Entry,
    data: Snapshot,
    *,
    by: AbstractBaseUser,
    based_on: int,
    serial: int,
    note: str = "",
    now: datetime,
) -> DraftRevision:
    """Store the draft revision: a first one with serial 0, else over the one that was read as `serial`.

    Raises DraftTaken where another one is stored, PermissionDenied.
    """
    if not may_propose(by, entry):
        raise PermissionDenied(_("A draft revision is of a published entry."))
    values = {"snapshot": data, "based_on": based_on, "note": note, "written_by": by, "written_at": now}
    mine = DraftRevision.objects.filter(**entry.as_owner, serial=serial)
    if serial:
        if not mine.update(**values, serial=serial + 1):
            raise DraftTaken(draft_of(entry))
        return draft_of(entry)
    try:
        with transaction.atomic():
            return DraftRevision.objects.create(**{entry.OWNER: entry}, **values)
    except IntegrityError:
        raise DraftTaken(draft_of(entry)) from None


def publishing_problem(entry: Entry, *, serial: int, by: AbstractBaseUser) -> str:
    """Why this user may not publish the draft revision that was read as `serial`; else nothing."""
    draft = draft_of(entry)
    if draft is None or draft.serial != serial:
        return _("Somebody changed or published this draft revision meanwhile. Open the entry again.")
    if conf.FOUR_EYES and draft.written_by_id == by.pk:
        return _("You wrote this draft revision yourself; another editor has to publish it.")
    return ""


def drop(entry: Entry, *, serial: int) -> bool:
    """Remove the draft revision that was read as `serial`: it was published, or is not wanted."""
    return bool(DraftRevision.objects.filter(**entry.as_owner, serial=serial).delete()[0])
