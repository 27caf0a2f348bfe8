"""Approval holds for the text that was read: who wrote it last, and what a change of it does.

With `EVENTS_FOUR_EYES` nothing goes live that only one person has seen: what is published must have been
approved, and not by the one who wrote it last.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from events.conf import conf
from events.models import Event
from events.workflow.parts import Snapshot, content

APPROVED, IN_REVIEW, PUBLISHED = Event.State.APPROVED, Event.State.IN_REVIEW, Event.State.PUBLISHED


def last_writer(event: Event) -> int | None:
    """The key of the account that last changed what the entry says; None for an import."""
    newer = None
    revisions = event.revisions.order_by("-version").only("pk", "event", "made_by", "snapshot")
    for revision in revisions.iterator(chunk_size=20):
        if newer is not None and content(newer.snapshot) != content(revision.snapshot):
            break
        newer = revision
    return newer.made_by_id if newer else None


def wrote_last(user: AbstractBaseUser, event: Event) -> bool:
    return event.pk is not None and last_writer(event) == user.pk


def minds_approval(event: Event) -> bool:
    """Whether a write that leaves the entry in this state has to be looked at; spares the others queries."""
    return event.state == APPROVED or (conf.FOUR_EYES and event.state == PUBLISHED)


def check_approval(event: Event, before: Snapshot, after: Snapshot) -> None:
    """What a write does to an approval: called by the write door with the snapshots before it and after it.

    A change of an approved entry puts it back into review. Raises PermissionDenied where, with four eyes,
    somebody would approve or publish a change of their own in the same breath.
    """
    if content(before) == content(after):
        return
    was = before.get("state")
    if event.state == APPROVED and was == APPROVED:
        event.state = IN_REVIEW
    elif conf.FOUR_EYES and was != event.state and event.state in (APPROVED, PUBLISHED):
        raise PermissionDenied(_("Save your changes first; then another editor approves them."))
