"""What can be done to many events at once: what it would make of each, and doing it. Nothing is replaced."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.entry_checks import PUBLISHING, hold_back
from events.admin.event_list import state_of
from events.admin.version_parts import moment
from events.models import BulkChange, Context, Event, Tagging
from events.models.entries import visible_at
from events.text.differences import Run, compare
from events.workflow import parts, transitions
from events.workflow.approval import direct_change_problem
from events.workflow.cards import renew_card
from events.workflow.edits import EditConflict, editing
from events.workflow.permissions import may, may_edit
from events.workflow.restoring import apply, set_field

# What stands for no context, and for no category.
NOTHING = "—"
# So many entries are looked at and changed by one request.
MOST = 200
# Bringing back a state that the public sees or a review gave needs the right to that step.
PUBLIC_BY = {
    Event.State.APPROVED: "approve",
    Event.State.PUBLISHED: "publish",
    Event.State.RETRACTED: "retract",
}
COURSE = [name for part in parts.COURSE for name in part.fields or (part.name,)]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, with what the form says of it."""

    act: str
    by: AbstractBaseUser
    contexts: tuple[Context, ...] = ()
    category: str = ""
    publish_at: datetime | None = None


class Outcome(NamedTuple):
    """What a plan makes of one event: what is there, what would be, or why not.

    `runs` tells both in one where most of it stays, so that nothing looks replaced that is not.
    """

    event: Event
    before: str
    after: str = ""
    problem: str = ""
    runs: Sequence[Run] = ()


class Act(NamedTuple):
    """An act: its title, the field that it needs, and what it does to an event inside a write."""

    title: str | Promise
    needs: str
    change: Callable[[Event, Plan], None]
    shown: Callable[[Event], str]


def context_names(event: Event) -> str:
    return ", ".join(row.tag.name for row in event.taggings.all()) or NOTHING


def category_of(event: Event) -> str:
    return event.category or NOTHING


def state_words(event: Event) -> str:
    words = state_of(event)[1]
    return f"{words}, {moment(visible_at(event))}" if state_of(event)[0] == "scheduled" else words


def add_contexts(event: Event, plan: Plan) -> None:
    carried = [row.tag for row in event.taggings.all()]
    event.contexts.put([*carried, *(context for context in plan.contexts if context not in carried)])


def remove_contexts(event: Event, plan: Plan) -> None:
    event.contexts.put([row.tag for row in event.taggings.all() if row.tag not in plan.contexts])


def set_category(event: Event, plan: Plan) -> None:
    event.category = plan.category


def move(name: str) -> Callable[[Event, Plan], None]:
    def make(event: Event, plan: Plan) -> None:
        transitions.move(event, name, by=plan.by, publish_at=plan.publish_at)

    return make


def back_to_draft(event: Event, plan: Plan) -> None:
    transitions.move(event, BACK.get(event.state, "withdraw"), by=plan.by)


BACK = {Event.State.PUBLISHED: "unpublish", Event.State.RETRACTED: "reinstate"}
ACTS: dict[str, Act] = {
    "add_contexts": Act(gettext_lazy("Add contexts"), "contexts", add_contexts, context_names),
    "remove_contexts": Act(gettext_lazy("Remove contexts"), "contexts", remove_contexts, context_names),
    "category": Act(gettext_lazy("Set the category"), "category", set_category, category_of),
    "submit": Act(gettext_lazy("Submit for review"), "", move("submit"), state_words),
    "approve": Act(gettext_lazy("Approve"), "", move("approve"), state_words),
    "publish": Act(gettext_lazy("Publish now"), "", move("publish"), state_words),
    "schedule": Act(gettext_lazy("Schedule"), "publish_at", move("schedule"), state_words),
    "draft": Act(gettext_lazy("Back to draft"), "", back_to_draft, state_words),
}
# Those that move the entry along its course; any other one changes what it says.
STEPS = ("submit", "approve", "publish", "schedule", "draft")


def whole(events: QuerySet) -> QuerySet:
    """Events with what the acts ask of them."""
    return events.select_related("cover").prefetch_related(
        Prefetch("taggings", Tagging.objects.select_related("tag"))
    )


def outcome(event: Event, plan: Plan, version: int) -> Outcome:
    """What the plan would make of an event read by `whole`, seen as `version`; nothing of it is written."""
    act = ACTS[plan.act]
    before = act.shown(event)
    try:
        if event.version != version:
            raise EditConflict(event, version)
        check(event, plan)
        after = foreseen(event, plan)
    except (ValidationError, PermissionDenied, EditConflict) as error:
        return Outcome(event, before, problem=words(error))
    if after == before:
        return Outcome(event, before, problem=_("Nothing would change."))
    some = act.needs == "contexts" and NOTHING not in (before, after)
    return Outcome(event, before, after, runs=compare(before, after) if some else ())


def foreseen(event: Event, plan: Plan) -> str:
    """What would be shown of the event; contexts are worked out, for to put them is to write them."""
    if ACTS[plan.act].needs == "contexts":
        names = [row.tag.name for row in event.taggings.all()]
        meant = [context.name for context in plan.contexts]
        if plan.act == "add_contexts":
            names += [name for name in meant if name not in names]
        else:
            names = [name for name in names if name not in meant]
        return ", ".join(names) or NOTHING
    changed = copy.copy(event)
    ACTS[plan.act].change(changed, plan)
    return ACTS[plan.act].shown(changed)


def check(event: Event, plan: Plan) -> None:
    """Raises PermissionDenied or ValidationError where the plan cannot be carried out."""
    if plan.act in PUBLISHING:
        hold_back(event)
    elif plan.act not in STEPS:
        if not may_edit(plan.by, event):
            raise PermissionDenied(_("You may not change this entry."))
        if problem := direct_change_problem(event):
            raise ValidationError(problem)


def carry_out(plan: Plan, rows: Sequence[tuple[int, int]], told: str) -> tuple[BulkChange, list[Outcome]]:
    """Do it to each event as it was seen, key and version; what could not be is told. Kept to be undone."""
    change = BulkChange.objects.create(act=plan.act, told=told[:255], made_by=plan.by)
    failed = []
    versions = dict(rows)
    for event in whole(Event.objects.filter(pk__in=versions)).order_by("pk"):
        before = event.version
        try:
            if before == versions[event.pk]:
                check(event, plan)
            act = plan.act if plan.act in transitions.BY_NAME else ""
            with editing(event, by=plan.by, based_on=versions[event.pk], note=change.told, act=act):
                ACTS[plan.act].change(event, plan)
        except (ValidationError, PermissionDenied, EditConflict) as error:
            failed.append(Outcome(event, "", problem=words(error)))
            continue
        if plan.act in STEPS:
            renew_card(event)
        change.rows.append([event.pk, before, event.version])
        # At once: what was changed before a crash can be taken back too.
        change.save(update_fields=["rows"])
    return change, failed


def undo(change: BulkChange, *, by: AbstractBaseUser) -> list[Outcome]:
    """Bring back what each event was before, as a new revision; not where somebody changed it since.

    Returns what could not be brought back.
    """
    failed = []
    for pk, before, after in change.rows:
        event = Event.objects.select_related("cover").filter(pk=pk).first()
        if event is None:
            continue
        data = event.revisions.filter(version=before).values_list("snapshot", flat=True).first()
        try:
            if data is None:
                raise ValidationError(_("The version before is not kept any more."))
            leads_to = PUBLIC_BY.get(data["state"]) if change.act in STEPS else None
            if not may_edit(by, event) or (leads_to and not may(by, leads_to)):
                raise PermissionDenied(_("You may not change this entry."))
            if change.act not in STEPS and (problem := direct_change_problem(event)):
                raise ValidationError(problem)
            note = _("Taken back: %(change)s") % {"change": change.told}
            with editing(event, by=by, based_on=after, note=note[:255]) as event:
                if change.act in STEPS:
                    for name in COURSE:
                        set_field(event, name, data)
                else:
                    apply(event, data, {"contexts", "category"}, by=by, now=timezone.now())
        except (ValidationError, PermissionDenied, EditConflict) as error:
            failed.append(Outcome(event, "", problem=words(error)))
    if len(failed) < len(change.rows):
        # Whoever may not take any of it back does not take the button away from those who may.
        change.undone_at = timezone.now()
        change.save(update_fields=["undone_at"])
    return failed


def words(error: Exception) -> str:
    """The sentence of an error."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, EditConflict):
        return _("Somebody saved it meanwhile; nothing was changed.")
    return str(error)
