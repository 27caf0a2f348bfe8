"""What merging and splitting contexts note down of what they move, and the step that both are made of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from events.models import (
    Article,
    ArticleTagging,
    Context,
    ContextMove,
    Entry,
    Event,
    MovedEntry,
    Tagging,
)
from events.workflow.edits import editing

BATCH = 500
TAGGINGS = {Event: Tagging, Article: ArticleTagging}

KEPT = ("id", "name", "slug", "kind", "description", "wikidata", "media_topic", "is_for_related")


def facts_of(context: Context) -> dict[str, Any]:
    """All of a context but its entries, to make it anew."""
    return {
        "values": {name: getattr(context, name) for name in KEPT},
        "aliases": list(context.names.filter(is_alias=True).values_list("name", flat=True)),
        "addresses": list(context.addresses.values_list("slug", flat=True)),
        "points": list(context.turning_points.order_by("pk").values_list("event", "note")),
        **{name: sorted(keys) for name, keys in surroundings(context).items() if name != "points"},
    }


def surroundings(context: Context) -> dict[str, set[int]]:
    """The keys of what hangs on a context besides names and entries; of turning points, their events'."""
    return {
        "parents": set(context.parents.values_list("pk", flat=True)),
        "children": set(context.children.values_list("pk", flat=True)),
        "lines": set(context.story_lines.values_list("pk", flat=True)),
        "points": set(context.turning_points.values_list("event", flat=True)),
    }


def tagged(pks: Collection[int]) -> Iterator[Entry]:
    """The entries with one of these contexts, read a batch at a time: a big context has many."""
    for model, taggings in TAGGINGS.items():
        rows = taggings.objects.filter(tag__in=pks).order_by("content_object")
        yield from in_batches(model, list(rows.values_list("content_object", flat=True).distinct()))


def in_batches(model: type[Entry], keys: Sequence[int]) -> Iterator[Entry]:
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        yield from model.objects.filter(pk__in=part).select_related("cover").order_by("pk")


def retag(
    move: ContextMove, entry: Entry, replaced: Mapping[int, Context], *, now: datetime | None = None
) -> None:
    """Put other contexts in the place of some of an entry's, by a recorded write; it carries each once."""
    before = [row.tag for row in entry.taggings.select_related("tag")]
    after = list(dict.fromkeys(replaced.get(context.pk, context) for context in before))
    with editing(entry, by=move.made_by, note=move.note, now=now):
        entry.contexts.put(after)
    MovedEntry.objects.create(
        move=move,
        **{entry.OWNER: entry},
        before=[context.pk for context in before],
        after=[context.pk for context in after],
    )
