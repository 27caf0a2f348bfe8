"""The contexts that events carry, as plain values: lists need thousands of them and no model of any."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from events.models import Tagging


class Carried(NamedTuple):
    """A context on an event, and how many events carry it in all."""

    pk: int
    name: str
    slug: str
    kind: str
    events_count: int
    is_for_related: bool = True


def carried_by(pks: Collection[int]) -> dict[int, list[Carried]]:
    """The contexts of each of these events in the editor's order, in one query."""
    rows = Tagging.objects.filter(content_object__in=pks).order_by("content_object", "position", "pk")
    found: dict[int, list[Carried]] = defaultdict(list)
    for event, *facts in rows.values_list(
        "content_object_id",
        "tag_id",
        "tag__name",
        "tag__slug",
        "tag__kind",
        "tag__events_count",
        "tag__is_for_related",
    ):
        found[event].append(Carried(*facts))
    return found
