"""The events that pages are made of, by the few questions that nearly every page asks."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from events.models import Coverage, Event
from events.prepared import Slot, any_of, prepared

# What an event is named by in another one's lists.
REF_FIELDS = (
    "public_id",
    "import_ref",
    "date",
    "date_precision",
    "slug",
    "headline",
    "short_headline",
    "language",
    "direction",
)


@prepared
def events_called(*, day: Slot, slug: Slot, now: Slot) -> QuerySet:
    """The public event at an address, if there is one; `is_covered` says whether any article tells of it."""
    found = Event.objects.public(now=now).on(day).filter(slug=slug).for_page().select_related("share_card")
    return found.annotate(is_covered=Exists(Coverage.objects.filter(event=OuterRef("pk"))))


@prepared
def events_on(*, day: Slot, now: Slot) -> QuerySet:
    """The public events of a day in the order of entry."""
    return Event.objects.public(now=now).on(day).newest_first().for_list()


def for_lists(pks: Sequence[int], *, now: datetime) -> list[Event]:
    """The public ones of these events, in this order, without the texts that lists never show."""
    return in_order(pks, listed(events=list(pks), now=now)) if pks else []


def for_pages(pks: Sequence[int], *, now: datetime) -> list[Event]:
    """The same with their bodies."""
    return in_order(pks, whole(events=list(pks), now=now)) if pks else []


def named(pks: Sequence[int]) -> list[Event]:
    """These events with what `build_ref` needs, whether public or not."""
    return refs(events=list(pks)) if pks else []


def told(pks: Sequence[int]) -> list[Event]:
    """The same with their summaries."""
    return summed_up(events=list(pks)) if pks else []


@prepared
def listed(*, events: Slot, now: Slot) -> QuerySet:
    return Event.objects.public(now=now).filter(pk__in=any_of(events)).for_list().order_by()


@prepared
def whole(*, events: Slot, now: Slot) -> QuerySet:
    return Event.objects.public(now=now).filter(pk__in=any_of(events)).for_page().order_by()


@prepared
def refs(*, events: Slot) -> QuerySet:
    return Event.objects.only("pk", *REF_FIELDS).filter(pk__in=any_of(events)).order_by()


@prepared
def summed_up(*, events: Slot) -> QuerySet:
    return Event.objects.only("pk", *REF_FIELDS, "summary").filter(pk__in=any_of(events)).order_by()


def in_order(pks: Sequence[int], events: list[Event]) -> list[Event]:
    found = {event.pk: event for event in events}
    return [found[pk] for pk in pks if pk in found]
