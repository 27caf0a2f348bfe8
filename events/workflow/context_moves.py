"""What merging and splitting contexts note down of what they move, and the step that both are made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from events.models import Context, ContextMove, Entry, MovedEntry
from events.workflow.retagging import BATCH, retag

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


def move_entries(
    move: ContextMove,
    model: type[Entry],
    keys: Sequence[int],
    replaced: Mapping[int, Context],
    *,
    now: datetime | None = None,
) -> None:
    """Put other contexts in the place of some of these entries', which carry each once, and note it down."""

    def change(_key: int, contexts: list[Context]) -> list[Context]:
        return [replaced.get(context.pk, context) for context in contexts]

    moved = retag(model, keys, change, by=move.made_by, note=move.note, now=now)
    MovedEntry.objects.bulk_create(
        (
            MovedEntry(move=move, **{f"{model.OWNER}_id": row.entry}, before=row.before, after=row.after)
            for row in moved
        ),
        batch_size=BATCH,
    )
