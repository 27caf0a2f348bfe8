"""The ways from one state of an entry to another: visible, named, and each with its permission.

`move` changes an entry in memory, for a form that saves it with the rest; `carry_out` is the whole write.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.conf import conf
from events.models import Entry, Event
from events.models.images import LACKING
from events.workflow.approval import wrote_last
from events.workflow.edits import editing
from events.workflow.permissions import may

DRAFT, IN_REVIEW, APPROVED, PUBLISHED, RETRACTED = (
    Entry.State.DRAFT,
    Entry.State.IN_REVIEW,
    Entry.State.APPROVED,
    Entry.State.PUBLISHED,
    Entry.State.RETRACTED,
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One way: from any state of `sources` to `target`. `act` is what `permissions.ACTS` calls it."""

    name: str
    title: str | Promise
    act: str
    sources: tuple[str, ...]
    target: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition("submit", gettext_lazy("Submit for review"), "submit", (DRAFT,), IN_REVIEW),
    Transition("withdraw", gettext_lazy("Back to draft"), "submit", (IN_REVIEW, APPROVED), DRAFT),
    Transition("approve", gettext_lazy("Approve"), "approve", (IN_REVIEW,), APPROVED),
    Transition("send_back", gettext_lazy("Send back"), "approve", (IN_REVIEW, APPROVED), DRAFT),
    Transition("publish", gettext_lazy("Publish now"), "publish", (*Entry.UNPUBLISHED, PUBLISHED), PUBLISHED),
    Transition("schedule", gettext_lazy("Schedule"), "schedule", Entry.UNPUBLISHED, PUBLISHED),
    Transition("unpublish", gettext_lazy("Back to draft"), "unpublish", (PUBLISHED,), DRAFT),
    Transition("retract", gettext_lazy("Retract with notice"), "retract", (PUBLISHED,), RETRACTED),
    Transition("reinstate", gettext_lazy("Back to draft"), "reinstate", (RETRACTED,), DRAFT),
)
# What, with four eyes, nobody does with their own last change.
OF_OTHER_EYES = ("approve", "publish", "schedule")
BY_NAME = {transition.name: transition for transition in TRANSITIONS}


def open_to(entry: Entry, user: AbstractBaseUser, *, now: datetime | None = None) -> list[Transition]:
    """The transitions that this user may make with this entry as it is."""
    return [
        transition
        for transition in TRANSITIONS
        if entry.state in transition.sources
        and not is_merged(entry)
        and may(user, transition.act)
        and not (transition.name == "publish" and entry.is_public(now=now))
        and not needs_other_eyes(entry, transition.name, by=user)
    ]


def needs_other_eyes(entry: Entry, name: str, *, by: AbstractBaseUser) -> str:
    """Why, with four eyes, this step is another one's to make or comes too early; else nothing."""
    if not conf.FOUR_EYES:
        return ""
    if name in ("publish", "schedule") and entry.state in (DRAFT, IN_REVIEW):
        return _("An entry has to be approved before it is published.")
    if name == "approve" and wrote_last(by, entry):
        return _("You wrote the last change yourself; another editor has to approve it.")
    return ""


def is_merged(entry: Entry) -> bool:
    """Whether another entry stands for this one, at all of its addresses too: it never comes back."""
    return isinstance(entry, Event) and entry.merged_into_id is not None


def move(
    entry: Entry,
    name: str,
    *,
    by: AbstractBaseUser,
    now: datetime | None = None,
    publish_at: datetime | None = None,
    notice: str = "",
    comment: str = "",
) -> Entry:
    """Bring the entry into another state, in memory only.

    `publish_at` is for "schedule" and lies in the future; `notice` is for "retract". Where they are not
    given, what the entry holds counts. `comment` is for "send_back" and tells the writer what is missing.
    Raises PermissionDenied, and ValidationError by field where the state does not allow it or something is
    missing.
    """
    now = now or timezone.now()
    transition = BY_NAME[name]
    if not may(by, transition.act):
        raise PermissionDenied(_("You may not do this: %(title)s.") % {"title": transition.title})
    if entry.state not in transition.sources:
        raise ValidationError(
            _("An entry that is “%(state)s” does not allow: %(title)s.")
            % {"state": entry.get_state_display(), "title": transition.title}
        )
    if is_merged(entry):
        raise ValidationError(_("This entry has been merged into another one."))
    if reason := needs_other_eyes(entry, name, by=by):
        raise ValidationError(reason)
    if name == "send_back" and not comment.strip():
        raise ValidationError({"revision_note": _("Say in a note what is to be changed.")})
    if name in ("publish", "schedule"):
        check_cover(entry)
    if name == "publish":
        publish(entry, now=now)
    elif name == "schedule":
        schedule(entry, publish_at or entry.publish_at, now=now)
    elif name == "retract":
        retract(entry, notice or entry.retraction_notice)
    elif name in ("unpublish", "reinstate"):
        # An old moment would make the next publication look as if it had happened long ago.
        entry.publish_at = None
    entry.state = transition.target
    return entry


def check_cover(entry: Entry) -> None:
    """A picture that we show needs its words, its author and our right to it. Raises ValidationError."""
    cover = entry.cover if entry.cover_id else None
    if cover and cover.file and (missing := cover.missing()):
        raise ValidationError({f"cover_{name}": LACKING[name] for name in missing})


def publish(entry: Entry, *, now: datetime) -> None:
    """Let the public read it from now on; an embargo that still runs is never broken along the way."""
    if entry.embargo_until and entry.embargo_until > now:
        words = _("The embargo still runs: schedule the entry, or take the embargo off to publish it now.")
        raise ValidationError({"embargo_until": words})
    entry.publish_at = now


def schedule(entry: Entry, publish_at: datetime | None, *, now: datetime) -> None:
    # An embargo says it too.
    publish_at = publish_at or entry.embargo_until
    if publish_at is None:
        raise ValidationError({"publish_at": _("Say when the entry is to be published.")})
    if publish_at <= now:
        raise ValidationError({"publish_at": _("This moment is past. To publish at once, publish now.")})
    entry.publish_at = publish_at


def retract(entry: Entry, notice: str) -> None:
    if not notice.strip():
        raise ValidationError({"retraction_notice": _("Tell the public why the entry was retracted.")})
    entry.retraction_notice = notice


def carry_out(
    entry: Entry,
    name: str,
    *,
    by: AbstractBaseUser,
    based_on: int | None = None,
    now: datetime | None = None,
    publish_at: datetime | None = None,
    notice: str = "",
    note: str = "",
) -> Entry:
    """`move` as one recorded write. Raises what `move` raises, and EditConflict."""
    with editing(
        entry, by=by, based_on=based_on, note=note or str(BY_NAME[name].title), act=name, now=now
    ) as moved:
        return move(moved, name, by=by, now=now, publish_at=publish_at, notice=notice, comment=note)
