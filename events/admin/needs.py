"""What waits for one person: sent back, to be reviewed, approved, drafts, overdue, and text not saved yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.autosaves import saved_forms
from events.admin.waiting import KINDS, Queue, Waiting, mine, of_state, overdue
from events.conf import conf
from events.models import Entry, Revision
from events.workflow import autosaves
from events.workflow.permissions import may


@dataclass(frozen=True, slots=True)
class UnsavedText:
    """A text that was typed and not saved, with the page that offers it."""

    title: str
    path: str
    kept_at: datetime


def needs(user: AbstractBaseUser, *, now: datetime) -> list[Queue]:
    """The queues that this user can do something about; a constant number of queries.

    Who may not publish is told of their own entries alone.
    """
    drafts = mine(user)
    back = sent_back_to(user, drafts)
    may_publish = may(user, "publish")
    found = [Queue("mine", gettext_lazy("Sent back to me"), back)]
    if may(user, "approve"):
        found.append(Queue("review", gettext_lazy("To be reviewed"), to_review(user)))
    if may_publish:
        approved = of_state(Entry.State.APPROVED)
        found.append(Queue("approved", gettext_lazy("Approved, not yet published"), approved))
    late = overdue(now=now, by=None if may_publish else user)
    told = {waiting.entry for waiting in (*back, *late)}
    return [
        *found,
        Queue("overdue", gettext_lazy("Should be live by now"), late, gettext_lazy("was planned for")),
        Queue("mine", gettext_lazy("My drafts"), [row for row in drafts if row.entry not in told]),
    ]


def to_review(user: AbstractBaseUser) -> list[Waiting]:
    """What is in review; with four eyes without what this user wrote last: others approve that."""
    rows = of_state(Entry.State.IN_REVIEW)
    return [row for row in rows if row.by_pk != user.pk] if conf.FOUR_EYES else rows


def sent_back_to(user: AbstractBaseUser, drafts: Sequence[Waiting]) -> list[Waiting]:
    """Those of this user's drafts that somebody else sent back to be changed, with who did and why; a query
    for each kind of entry."""
    found = []
    for model in KINDS:
        of_kind = {row.entry.pk: row for row in drafts if isinstance(row.entry, model)}
        steps = Revision.objects.filter(**{model.OWNER: OuterRef(model.OWNER)}).exclude(act="")
        last = Subquery(steps.order_by("-version").values("pk")[:1])
        rows = Revision.objects.filter(**{f"{model.OWNER}__in": list(of_kind)}, pk=last, act="send_back")
        for step in rows.exclude(made_by=user.pk).select_related("made_by").defer("snapshot"):
            draft = of_kind[getattr(step, f"{model.OWNER}_id")]
            by = str(step.made_by or "–")
            found.append(Waiting(draft.entry, draft.badge, draft.state, by, step.made_at, step.note))
    return sorted(found, key=lambda row: row.made_at)


def unsaved_texts(request: HttpRequest) -> list[UnsavedText]:
    """My unsaved texts, the latest first; of new entries the latest of each kind, which its form offers."""
    texts = autosaves.of_editor(by=request.user, saved=saved_forms(request))
    kinds = {model.OWNER: model for model in KINDS}
    keys: dict[str, list[int]] = {owner: [] for owner in kinds}
    for text in texts:
        owner, _slash, key = text.slot.partition("/")
        if key.isdecimal():
            keys[owner].append(int(key))
    entries = {owner: model.objects.defer("body").in_bulk(keys[owner]) for owner, model in kinds.items()}
    found = {}
    for text in texts:
        owner, _slash, key = text.slot.partition("/")
        name = f"admin:events_{owner}"
        if key.startswith("new/"):
            title = _("a new entry (%(kind)s)") % {"kind": kinds[owner]._meta.verbose_name}
            found.setdefault(owner, UnsavedText(title, reverse(f"{name}_add"), text.kept_at))
        elif entry := entries[owner].get(int(key)):
            path = reverse(f"{name}_change", args=[entry.pk])
            found[text.slot] = UnsavedText(str(entry), path, text.kept_at)
    return list(found.values())
