"""The page of one event."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet, Subquery

from events.documents.articles import articles_covering
from events.documents.builders import beside_one, build_event, build_ref
from events.documents.cards import card_of
from events.documents.days import archive_link, day_link, month_link, year_link
from events.documents.links import (
    DESCRIPTION_CHARS,
    TITLE_CHARS,
    entry_formats,
    entry_link,
    home_link,
    site_feeds,
)
from events.documents.parts import read_parts
from events.documents.rows import REF_FIELDS
from events.documents.story_places import story_places
from events.documents.types import EventPage, Link, Page
from events.models import Address, Event
from events.prepared import Slot, prepared
from events.text.excerpts import excerpt


def event_page(event: Event, *, now: datetime, with_former: bool = True) -> EventPage:
    """The page of an event read with `for_page()` and its card, with related stories and its neighbours.

    `with_former` reads the addresses that it had before, which only formats tell.
    """
    previous, following = neighbours(event, now=now)
    page = event_page_between(
        event, now=now, previous=previous, next=following, former=former_paths(event) if with_former else ()
    )
    if getattr(event, "is_covered", True) and (articles := articles_covering(event, now=now)):
        page = replace(page, event=replace(page.event, articles=articles))
    return page if page.event.cover and page.event.cover.is_stored else replace(page, card=card_of(event))


def event_page_between(
    event: Event,
    *,
    now: datetime,
    previous: Link | None,
    next: Link | None,
    former: tuple[str, ...] = (),
) -> EventPage:
    """The same where the neighbours are known already, as in an export."""
    parts = read_parts([event.pk])
    document = build_event(
        event,
        parts,
        now=now,
        beside=beside_one(event, parts, now=now),
        old_addresses=former,
        stories=story_places(event, now=now),
    )
    description = excerpt(document.description, chars=DESCRIPTION_CHARS)
    return EventPage(page=frame(event, description=description, previous=previous, next=next), event=document)


def frame(
    event: Event, *, description: str = "", previous: Link | None = None, next: Link | None = None
) -> Page:
    ref = build_ref(event)
    # The headline is never cut on its page; the trail above it may be.
    trail = (
        home_link(),
        archive_link(),
        year_link(event.date),
        month_link(event.date),
        day_link(event.date),
        Link(ref.path, excerpt(ref.title, chars=TITLE_CHARS), is_current=True),
    )
    return Page(
        kind="event",
        title=ref.headline,
        path=ref.path,
        description=description,
        breadcrumbs=trail,
        formats=entry_formats(ref),
        feeds=site_feeds(),
        previous=previous,
        next=next,
        language=ref.language,
        direction=ref.direction,
    )


def former_paths(event: Event) -> tuple[str, ...]:
    """The other addresses that the event ever had, oldest first."""
    present = event.address_path()
    return tuple(f"/{path}" for (path,) in paths_of(event=event.pk) if path != present)


@prepared
def paths_of(*, event: Slot) -> QuerySet:
    return Address.objects.filter(event=event).values_list("path")


def neighbours(event: Event, *, now: datetime) -> tuple[Link | None, Link | None]:
    """The public events before and after this one, in the order in which a day's page tells them."""
    before = after = None
    for found in events_beside(day=event.date, pk=event.pk, now=now):
        if (found.date, found.pk) < (event.date, event.pk):
            before = entry_link(found)
        else:
            after = entry_link(found)
    return before, after


@prepared
def events_beside(*, day: Slot, pk: Slot, now: Slot) -> QuerySet:
    """Both in one question, each by one look-up in an index."""
    public = Event.objects.public(now=now)
    before = public.filter(Q(date__lt=day) | Q(date=day, pk__lt=pk), date__lte=day).order_by("-date", "-pk")
    after = public.filter(Q(date__gt=day) | Q(date=day, pk__gt=pk), date__gte=day).order_by("date", "pk")
    either = Q(pk=Subquery(before.values("pk")[:1])) | Q(pk=Subquery(after.values("pk")[:1]))
    return public.filter(either).only(*REF_FIELDS).order_by()
