"""What is exported, in an order that every database gives alike, read a batch at a time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Collate

from events.models import Address, Context, Event, EventLink, Publisher, RelatedChoice

BATCH = 200


def events(*, now: datetime, is_whole: bool = False) -> Iterator[Event]:
    """Public events by day and order of entry, with all that belongs to them; all there are if `is_whole`."""
    found = chosen_events(now=now, is_whole=is_whole)
    pks = found.order_by("date", "pk").values_list("pk", flat=True).iterator(chunk_size=2000)
    # Decisions on what is not exported would tell that it is there.
    told = [
        rows.objects.filter(other__in=found).select_related("other") for rows in (RelatedChoice, EventLink)
    ]
    rows = Event.objects.whole().prefetch_related(
        Prefetch("addresses", Address.objects.order_by("pk")),
        *(Prefetch(name, known) for name, known in zip(("choices", "links"), told, strict=True)),
    )
    while part := list(islice(pks, BATCH)):
        yield from rows.in_order_of(part)


def chosen_events(*, now: datetime, is_whole: bool = False) -> QuerySet[Event]:
    return Event.objects.all() if is_whole else Event.objects.public(now=now)


def contexts(*, now: datetime, is_whole: bool = False) -> Iterator[Context]:
    """Contexts by slug. In a public export contexts and parents are those that have a page."""
    found = Context.objects.all() if is_whole else Context.objects.public(now=now)
    return (
        found.prefetch_related(Prefetch("parents", found.only("name", "slug")), "names", "addresses")
        .order_by(by_code_point("slug"))
        .iterator(chunk_size=BATCH)
    )


def publishers(*, now: datetime, is_whole: bool = False) -> Iterator[Publisher]:
    """Publishers by host."""
    found = Publisher.objects.all() if is_whole else Publisher.objects.public(now=now)
    return found.order_by(by_code_point("host")).iterator(chunk_size=2000)


def by_code_point(field: str) -> Collate:
    """The order of the characters' numbers, which is no matter of the database's language."""
    return Collate(field, {"postgresql": "C"}.get(connection.vendor, "BINARY"))
