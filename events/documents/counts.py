"""Counts for the public: stored totals less the few entries that still wait for their moment."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, QuerySet

from events.models import ContextListing, Event, PublisherListing
from events.prepared import Slot, any_of, prepared


def day_counts(first: date, last: date, *, now: datetime) -> dict[date, int]:
    """Public events of each day that has any, from an index; meant for a month or a year."""
    return dict(counted_days(first=first, last=last, now=now))


@prepared
def counted_days(*, first: Slot, last: Slot, now: Slot) -> QuerySet:
    rows = Event.objects.public(now=now).between(first, last).order_by()
    return rows.values_list("date").annotate(Count("pk"))


def month_counts(*, now: datetime) -> Counter[tuple[int, int]]:
    """Public events of each (year, month) that has any."""
    counts: Counter[tuple[int, int]] = Counter()
    for day, number in Event.objects.public(now=now).order_by().values_list("date").annotate(Count("pk")):
        counts[day.year, day.month] += number
    return counts


def waiting_by_context(contexts: Collection[int], *, now: datetime) -> dict[int, int]:
    """How many scheduled entries each context's stored count holds."""
    return waiting(ContextListing, "context_id", contexts, now)


def waiting_by_publisher(publishers: Collection[int], *, now: datetime) -> dict[int, int]:
    return waiting(PublisherListing, "publisher_id", publishers, now)


def waiting(listing: type, column: str, subjects: Collection[int], now: datetime) -> dict[int, int]:
    return dict(waiting_rows(listing, column, subjects=list(subjects), now=now)) if subjects else {}


@prepared
def waiting_rows(listing: type, column: str, *, subjects: Slot, now: Slot) -> QuerySet:
    rows = listing.objects.filter(**{f"{column}__in": any_of(subjects)}, visible_at__gt=now).order_by()
    return rows.values_list(column).annotate(Count("event_id"))
