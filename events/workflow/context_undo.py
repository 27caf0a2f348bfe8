"""Merges and splits of contexts taken back, unless somebody changed since what they moved."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import derived
from events.models import (
    Context,
    ContextAddress,
    ContextMove,
    ContextName,
    Entry,
    Event,
    StoryLine,
    TurningPoint,
)
from events.text.folding import name_key
from events.workflow.contexts import ancestors, refresh
from events.workflow.retagging import BATCH, TAGGINGS, retag

# Of many obstacles so many are told.
MOST_TOLD = 20


class CannotUndoError(Exception):
    """Somebody changed since what was moved. Nothing has been written."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__("; ".join(obstacles))
        self.obstacles = obstacles


def obstacles(move: ContextMove) -> list[str]:
    """What stands in the way of taking a move back, in words; at most MOST_TOLD of them."""
    into = Context.objects.filter(pk=move.into_key).first()
    if move.undone_at:
        return [_("It is undone already.")]
    if into is None:
        return [_("The context that everything went to is not there any more.")]
    sources = move.facts.get("sources", [])
    if Context.objects.filter(pk__in=sources).count() < len(sources):
        return [_("The context that was split is not there any more.")]
    found = []
    for problem in (*changed_names(move, into), *circles(move), *changed_entries(move)):
        found.append(problem)
        if len(found) == MOST_TOLD:
            return [*found, _("There is more of the kind.")]
    return found


def changed_names(move: ContextMove, into: Context) -> Iterator[str]:
    """Names and addresses of merged contexts that `into` has given away, or taken for its own."""
    for facts in move.facts.get("losers", ()):
        names = [facts["values"]["name"], *facts["aliases"]]
        keys = [name_key(name) for name in names]
        theirs = set(
            ContextName.objects.filter(key__in=keys, context=into, is_alias=True).values_list(
                "key", flat=True
            )
        )
        for name, key in zip(names, keys, strict=True):
            if key not in theirs:
                yield _("“%(name)s” is no alias of “%(context)s” any more.") % {"name": name, "context": into}
        slugs = facts["addresses"]
        held = set(ContextAddress.objects.filter(slug__in=slugs, context=into).values_list("slug", flat=True))
        for slug in slugs:
            if slug not in held or slug == into.slug:
                yield _("The address “%(slug)s” does not redirect to “%(context)s” any more.") % {
                    "slug": slug,
                    "context": into,
                }


def circles(move: ContextMove) -> Iterator[str]:
    """Merged contexts that would come to lie under themselves by what was put under one another since."""
    for facts in move.facts.get("losers", ()):
        over = ancestors(list(Context.objects.filter(pk__in=facts["parents"])))
        if any(context.pk in facts["children"] for context in over):
            yield _("“%(name)s” would lie under itself now.") % {"name": facts["values"]["name"]}


def changed_entries(move: ContextMove) -> Iterator[str]:
    """Entries whose contexts are not those that the move left."""
    for model, taggings in TAGGINGS.items():
        rows = move.entries.filter(**{f"{model.OWNER}__isnull": False}).order_by("pk")
        found = iter(list(rows.values_list(model.OWNER, "after")))
        while part := list(islice(found, BATCH)):
            present: dict[int, list[int]] = defaultdict(list)
            keys = [key for key, _after in part]
            for key, tag in (
                taggings.objects.filter(content_object__in=keys)
                .order_by("content_object", "position", "pk")
                .values_list("content_object", "tag")
            ):
                present[key].append(tag)
            changed = [key for key, after in part if set(present[key]) != set(after)]
            for headline in model.objects.filter(pk__in=changed).values_list("headline", flat=True):
                yield _("The contexts of “%(entry)s” were changed.") % {"entry": headline}


@transaction.atomic
def undo(move: ContextMove, *, by: AbstractBaseUser | None = None, now: datetime | None = None) -> None:
    """Take a merge or a split back, every entry by a recorded write. Raises CannotUndoError."""
    move = ContextMove.objects.select_for_update().get(pk=move.pk)
    if found := obstacles(move):
        raise CannotUndoError(found)
    into = Context.objects.get(pk=move.into_key)
    losers = move.facts.get("losers", [])
    for facts in losers:
        bring_back(facts, into)
    note = (_("Undone: %(note)s") % {"note": move.note})[:255]
    for model in TAGGINGS:
        put_back(move, model, by=by, note=note, now=now)
    if losers:
        take_from(into, move.facts)
    changed = [into.pk, *(facts["values"]["id"] for facts in losers), *move.facts.get("sources", ())]
    for line in StoryLine.objects.filter(contexts__in=changed).distinct():
        derived.relist_story_line(line.pk, now=now)
    refresh(changed, now=now)
    if move.facts.get("is_new"):
        drop_if_bare(into)
    move.undone_at = now or timezone.now()
    move.save(update_fields=["undone_at"])


def bring_back(facts: dict[str, Any], into: Context) -> None:
    """Make a merged context again, with its names, addresses, family and stories."""
    names = [facts["values"]["name"], *facts["aliases"]]
    ContextName.objects.filter(context=into, key__in=[name_key(name) for name in names]).delete()
    context = Context(**facts["values"])
    context.save(force_insert=True)
    for alias in facts["aliases"]:
        ContextName.objects.create(context=context, name=alias)
    ContextAddress.objects.filter(slug__in=facts["addresses"]).update(context=context)
    context.parents.set(Context.objects.filter(pk__in=facts["parents"]))
    context.children.set(Context.objects.filter(pk__in=facts["children"]))
    context.story_lines.set(StoryLine.objects.filter(pk__in=facts["lines"]))
    there = set(
        Event.objects.filter(pk__in=[event for event, _note in facts["points"]]).values_list("pk", flat=True)
    )
    for event, note in facts["points"]:
        if event in there:
            TurningPoint.objects.create(context=context, event_id=event, note=note)


def take_from(into: Context, facts: dict[str, Any]) -> None:
    """Take from the one that stayed what it had by the merge alone; what was written since it keeps."""
    added = facts["added"]
    into.parents.remove(*added["parents"])
    into.children.remove(*added["children"])
    into.story_lines.remove(*added["lines"])
    into.turning_points.filter(event__in=added["points"]).delete()
    filled = [name for name, value in facts["filled"].items() if getattr(into, name) == value]
    for name in filled:
        setattr(into, name, "")
    into.save(update_fields=filled)


def put_back(
    move: ContextMove,
    model: type[Entry],
    *,
    by: AbstractBaseUser | None,
    note: str,
    now: datetime | None,
) -> None:
    """Give the entries of one kind the contexts that they had before the move."""
    rows = move.entries.filter(**{f"{model.OWNER}__isnull": False}).values_list(model.OWNER, "before")
    before = dict(rows)
    known = Context.objects.in_bulk({key for keys in before.values() for key in keys})

    def former(key: int, _contexts: list[Context]) -> list[Context]:
        return [known[each] for each in before[key]]

    retag(model, sorted(before), former, by=by, note=note, now=now)


def drop_if_bare(context: Context) -> None:
    """A context that a split made goes with it, unless something came to hang on it."""
    hangs = (
        context.taggings,
        context.article_taggings,
        context.children,
        context.parents,
        context.story_lines,
        context.turning_points,
        context.names.filter(is_alias=True),
    )
    if not any(rows.exists() for rows in hangs):
        context.delete()
