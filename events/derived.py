"""The only door to derived data: search index, listings, counts, the site's stamp. No signals.

`refresh` runs inside the transaction of the write, so that what is derived is right whenever the write is.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone

from events.models import Context, ContextListing, Event, Publisher, PublisherListing, SiteStamp
from events.search import index

BATCH = 500


@transaction.atomic
def refresh(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Bring all that is derived from these events up to date; events that are gone are forgotten."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        part = pks[start : start + BATCH]
        relist(ContextListing, "context_id", LIST_CONTEXTS, Context, part)
        relist(PublisherListing, "publisher_id", LIST_PUBLISHERS, Publisher, part)
        index.refresh(part)
    touch(now=now)


@transaction.atomic
def forget(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Take events out of all that is derived, before they are deleted."""
    pks = list(pks)
    relist(ContextListing, "context_id", None, Context, pks)
    relist(PublisherListing, "publisher_id", None, Publisher, pks)
    index.remove(pks)
    touch(now=now)


def touch(*, now: datetime | None = None) -> None:
    """Move the site's stamp: every cached page and reader's copy is checked anew."""
    now = now or timezone.now()
    if not SiteStamp.objects.filter(pk=1).update(serial=F("serial") + 1, changed_at=now):
        SiteStamp.objects.create(pk=1, serial=1, changed_at=now)


def rebuild() -> Iterator[int]:
    """Make all derived data anew, a batch a transaction; yields the number of events done so far."""
    index.clear()
    done = 0
    pks = Event.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while part := list(islice(pks, BATCH)):
        refresh(part)
        done += len(part)
        yield done
    recount()


@transaction.atomic
def recount() -> None:
    """Set the stored counts from the listings, for whatever may ever have moved them apart."""
    for table, column, listing in (
        ("events_context", "context_id", "events_contextlisting"),
        ("events_publisher", "publisher_id", "events_publisherlisting"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET events_count = (SELECT count(*) FROM {listing} l"  # noqa: S608
                f" WHERE l.{column} = {table}.id)"
            )
    touch()


LIST_CONTEXTS = (
    "INSERT INTO events_contextlisting (context_id, date, event_id, visible_at)"
    " SELECT t.context_id, e.date, e.id, e.visible_at FROM events_event e"
    " JOIN events_tagging t ON t.event_id = e.id WHERE e.state = 'published' AND e.id IN ({})"
)
LIST_PUBLISHERS = (
    "INSERT INTO events_publisherlisting (publisher_id, date, event_id, visible_at)"
    " SELECT DISTINCT c.publisher_id, e.date, e.id, e.visible_at FROM events_event e"
    " JOIN events_citation c ON c.event_id = e.id AND c.publisher_id IS NOT NULL"
    " WHERE e.state = 'published' AND e.id IN ({})"
)


def relist(
    listing: type[Model], column: str, insert: str | None, subject: type[Model], pks: list[int]
) -> None:
    """Write the listing's rows of these events anew and move their subjects' counts by the difference."""
    rows = listing._default_manager.filter(event_id__in=pks)
    change: Counter[int] = Counter()
    change.subtract(Counter(rows.values_list(column, flat=True)))
    rows.delete()
    if insert and pks:
        with connection.cursor() as cursor:
            cursor.execute(insert.format(", ".join(["%s"] * len(pks))), pks)
        change.update(Counter(rows.values_list(column, flat=True)))
    move_counts(subject, {pk: number for pk, number in change.items() if number})


def move_counts(subject: type[Model], change: dict[int, int]) -> None:
    """Add to `events_count`; one statement a step, in the order of keys so that writers cannot deadlock."""
    steps: dict[int, list[int]] = {}
    for pk, number in sorted(change.items()):
        steps.setdefault(number, []).append(pk)
    # Locking all rows first keeps one order for every writer.
    list(
        subject._default_manager.select_for_update()
        .filter(pk__in=sorted(change))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for number, subjects in steps.items():
        subject._default_manager.filter(pk__in=subjects).update(events_count=F("events_count") + number)
