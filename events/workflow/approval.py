"""Approval holds for the text that was read: who wrote it last, and what a change of it does.

With `EVENTS_FOUR_EYES` no text of an entry goes live that only one person has seen. What is published must
have been approved, and not by the one who wrote it last. Once it is published, or has a moment at which it
will be, it is changed by a draft revision, which another person publishes as it stands. The desk's form, its
changes of many, the planner and the history ask `direct_change_problem`. No text of the entry, and one
person's, are steps, moments, the notice of a retraction, choices of related stories, merged contexts and a
picture's own page.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from events.conf import conf
from events.models import Entry
from events.workflow.kinds import content_of
from events.workflow.parts import Snapshot

APPROVED, IN_REVIEW, PUBLISHED = Entry.State.APPROVED, Entry.State.IN_REVIEW, Entry.State.PUBLISHED


def last_writer(entry: Entry) -> int | None:
    """The key of the account that last changed what the entry says; None for an import."""
    newer = None
    revisions = entry.revisions.order_by("-version").only("pk", entry.OWNER, "made_by", "snapshot")
    for revision in revisions.iterator(chunk_size=20):
        if newer is not None and content_of(entry, newer.snapshot) != content_of(entry, revision.snapshot):
            break
        newer = revision
    return newer.made_by_id if newer else None


def wrote_last(user: AbstractBaseUser, entry: Entry) -> bool:
    return entry.pk is not None and last_writer(entry) == user.pk


def direct_change_problem(entry: Entry) -> str:
    """Why, with four eyes, one person alone does not change what this entry says; else nothing."""
    if conf.FOUR_EYES and entry.state == PUBLISHED:
        return _(
            "Nothing goes live that only one person has seen. "
            "Keep your change as a draft revision, which another person publishes."
        )
    return ""


def minds_approval(entry: Entry) -> bool:
    """Whether a write that leaves the entry in this state has to be looked at; spares the others queries."""
    return entry.state == APPROVED or (conf.FOUR_EYES and entry.state == PUBLISHED)


def check_approval(entry: Entry, before: Snapshot, after: Snapshot) -> None:
    """What a write does to an approval: called by the write door with the snapshots before it and after it.

    A change of an approved entry puts it back into review. Raises PermissionDenied where, with four eyes,
    somebody would approve or publish a change of their own in the same breath.
    """
    if content_of(entry, before) == content_of(entry, after):
        return
    was = before.get("state")
    if entry.state == APPROVED and was == APPROVED:
        entry.state = IN_REVIEW
    elif conf.FOUR_EYES and was != entry.state and entry.state in (APPROVED, PUBLISHED):
        raise PermissionDenied(_("Save your changes first; then another editor approves them."))
