"""Changes of contexts that reach beyond their own row: renaming and merging, and what follows from them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events import derived
from events.models import (
    ArticleTagging,
    Context,
    ContextAddress,
    ContextMove,
    ContextName,
    StoryLine,
    Tagging,
    TurningPoint,
)
from events.sql import among
from events.workflow.context_moves import facts_of, move_entries, surroundings
from events.workflow.retagging import BATCH, TAGGINGS, carrying, retag

# What a merge takes from the losers where the one that stays says nothing.
FILLED = ("description", "wikidata", "media_topic")


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do, in numbers, for those who must decide."""

    events: int
    articles: int
    already_there: int
    names: tuple[str, ...]
    addresses: int
    children: int
    parents: int
    story_lines: int


def plan_merge(losers: Sequence[Context], *, into: Context) -> MergePlan:
    """Count what `merge` would change; nothing is written."""
    pks = [loser.pk for loser in losers]
    carrying = Tagging.objects.filter(tag__in=pks).order_by().values("content_object")
    names = ContextName.objects.filter(context__in=pks).values_list("name", flat=True)
    return MergePlan(
        events=carrying.distinct().count(),
        articles=ArticleTagging.objects.filter(tag__in=pks).values("content_object").distinct().count(),
        already_there=Tagging.objects.filter(tag=into, content_object__in=carrying).count(),
        names=tuple(names),
        addresses=ContextAddress.objects.filter(context__in=pks).count(),
        children=Context.objects.filter(parents__in=pks).exclude(pk__in=[*pks, into.pk]).distinct().count(),
        parents=Context.objects.filter(children__in=pks).exclude(pk__in=[*pks, into.pk]).distinct().count(),
        story_lines=StoryLine.objects.filter(contexts__in=pks).distinct().count(),
    )


@transaction.atomic
def merge(
    losers: Sequence[Context],
    *,
    into: Context,
    by: AbstractBaseUser | None = None,
    now: datetime | None = None,
) -> ContextMove:
    """Make several contexts one. Returns the record of what was moved, by which it can be undone.

    The losers' names become aliases and their addresses redirect; what lay under them or over them lies
    under or over `into`. Every entry that carried one gets a revision. Raises ValueError when `into` is
    among the losers.
    """
    pks = [loser.pk for loser in losers]
    if into.pk in pks:
        raise ValueError("a context cannot be merged into itself")
    note = _("%(losers)s merged into %(winner)s") % {
        "losers": ", ".join(loser.name for loser in losers),
        "winner": into.name,
    }
    move = ContextMove.objects.create(
        act=ContextMove.Act.MERGE,
        into_key=into.pk,
        note=note[:255],
        made_by=by,
        made_at=now or timezone.now(),
    )
    facts = [facts_of(loser) for loser in losers]
    before, gaps = surroundings(into), {name: getattr(into, name) for name in FILLED}
    replaced = dict.fromkeys(pks, into)
    for model in TAGGINGS:
        move_entries(move, model, carrying(model, pks), replaced, now=now)
    move_family(losers, into)
    move_stories(pks, into)
    fill_gaps(losers, into)
    ContextName.objects.filter(context__in=pks).update(context=into, is_alias=True)
    ContextAddress.objects.filter(context__in=pks).update(context=into)
    Context.objects.filter(pk__in=pks).delete()
    after = surroundings(into)
    move.facts = {
        "losers": facts,
        "added": {name: sorted(after[name] - before[name]) for name in after},
        "filled": {name: getattr(into, name) for name in FILLED if not gaps[name] and getattr(into, name)},
    }
    move.save(update_fields=["facts"])
    # Search knows an event by all names of its contexts, and `into` has more of them now.
    refresh([into.pk], now=now)
    return move


def ancestors(contexts: list[Context]) -> set[Context]:
    """These contexts and all over them; one query a generation."""
    found: set[Context] = set()
    level = set(contexts)
    while level:
        found |= level
        level = set(Context.objects.filter(children__in=level)) - found
    return found


def move_family(losers: Sequence[Context], into: Context) -> None:
    """Hang parents and children of the losers on `into`, which never lies under itself."""
    own = {into.pk, *(loser.pk for loser in losers)}
    for loser in losers:
        into.parents.add(*loser.parents.exclude(pk__in=own))
        into.children.add(*loser.children.exclude(pk__in=own))


def move_stories(pks: Collection[int], into: Context) -> None:
    """Story lines that wanted a loser want `into`, whose own line gets the turning points of theirs."""
    lines = list(StoryLine.objects.filter(contexts__in=pks).distinct())
    for line in lines:
        line.contexts.add(into)
        line.contexts.remove(*pks)
        derived.relist_story_line(line.pk)
    for point in TurningPoint.objects.filter(context__in=pks).order_by("pk"):
        # Two of them may have pinned the same event.
        if not TurningPoint.objects.filter(context=into, event=point.event_id).exists():
            TurningPoint.objects.filter(pk=point.pk).update(context=into)


def fill_gaps(losers: Sequence[Context], into: Context) -> None:
    """What only a loser knew (a description, an outside id) is kept."""
    for field in FILLED:
        if not getattr(into, field):
            setattr(into, field, next((value for row in losers if (value := getattr(row, field))), ""))
    # Not the whole row: `derived` has counted its events in the meantime.
    into.save(update_fields=FILLED)


@transaction.atomic
def delete(context: Context, *, by: AbstractBaseUser | None = None, now: datetime | None = None) -> None:
    """Take a context out of all its entries, each by a recorded write, and out of the database."""
    note = _("Context removed: %(name)s") % {"name": context.name}

    def without(_key: int, contexts: list[Context]) -> list[Context]:
        return [each for each in contexts if each != context]

    for model in TAGGINGS:
        retag(model, carrying(model, [context.pk]), without, by=by, note=note, now=now)
    lines = list(context.story_lines.all())
    children = list(context.children.values_list("pk", flat=True))
    context.delete()
    for line in lines:
        # Without any context left a line has no event: an editor decides what becomes of it.
        derived.relist_story_line(line.pk, now=now)
    refresh(children, now=now)


@transaction.atomic
def rename(context: Context, name: str, *, slug: str = "", now: datetime | None = None) -> Context:
    """Give a context another name and, unless `slug` says otherwise, the address that follows from it.

    Old addresses redirect for ever. Raises ValidationError when another context has the name or the slug.
    """
    context.name, context.slug = name, slug
    context.clean()
    context.save(update_fields=("name", "slug"))
    refresh([context.pk], now=now)
    return context


def refresh_nested(pks: Collection[int]) -> None:
    """After contexts came to lie under others: suggestions know their events by these too.

    The caller moves the site's stamp.
    """
    keys = Tagging.objects.filter(tag__in=among(pks)).order_by().values_list("content_object", flat=True)
    derived.refresh_families(set(keys))


@transaction.atomic
def refresh(pks: Collection[int], *, now: datetime | None = None) -> None:
    """After contexts changed: their events and those of the contexts under them are found by the new names,
    those that became stories or ceased to be get or lose the days of their charts, no page stays stale."""
    derived.recount_story_days(pks)
    keys = (
        Tagging.objects.filter(Q(tag__in=pks) | Q(tag__parents__in=pks))
        .order_by()
        .values_list("content_object", flat=True)
        .distinct()
    )
    # All keys first: a cursor must not stand open on what is written meanwhile.
    found = iter(list(keys))
    while part := list(islice(found, BATCH)):
        derived.refresh_texts(part)
    keys = ArticleTagging.objects.filter(tag__in=pks).order_by().values_list("content_object", flat=True)
    derived.refresh_articles(list(keys.distinct()), now=now)
