"""The contexts that events carry, as plain values: lists need thousands of them and no model of any."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import QuerySet

from events.models import Tagging
from events.prepared import Slot, any_of, prepared


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
    found: dict[int, list[Carried]] = defaultdict(list)
    for event, *facts in taggings_of(events=list(pks)):
        found[event].append(Carried(*facts))
    return found


@prepared
def taggings_of(*, events: Slot) -> QuerySet:
    rows = Tagging.objects.filter(content_object__in=any_of(events))
    return rows.order_by("content_object_id", "position", "pk").values_list(
        "content_object_id",
        "tag_id",
        "tag__name",
        "tag__slug",
        "tag__kind",
        "tag__events_count",
        "tag__is_for_related",
    )
