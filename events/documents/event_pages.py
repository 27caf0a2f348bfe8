"""The page of one event, and what is left of a retracted one."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from events.documents.builders import REF_FIELDS, beside_one, build_event, build_ref
from events.documents.days import archive_link, day_link, month_link, year_link
from events.documents.links import event_formats, home_link, site_feeds
from events.documents.parts import read_parts
from events.documents.story_places import story_places
from events.documents.types import EventPage, Link, Page, RetractionDocument
from events.models import Event
from events.text.excerpts import excerpt

DESCRIPTION_CHARS = 300
TITLE_CHARS = 80


def event_page(event: Event, *, now: datetime) -> EventPage:
    """The page of an event read with `for_page()`, with its related stories and its neighbours in time."""
    return event_page_between(
        event,
        now=now,
        previous=neighbour(event, now=now, is_later=False),
        next=neighbour(event, now=now, is_later=True),
    )


def event_page_between(event: Event, *, now: datetime, previous: Link | None, next: Link | None) -> EventPage:
    """The same where the neighbours are known already, as in an export."""
    parts = read_parts([event.pk])
    document = build_event(
        event,
        parts,
        beside=beside_one(event, parts, now=now),
        old_addresses=former_paths(event),
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
        formats=event_formats(ref),
        feeds=site_feeds(),
        previous=previous,
        next=next,
        language=ref.language,
        direction=ref.direction,
    )


def former_paths(event: Event) -> tuple[str, ...]:
    """The other addresses that the event ever had, oldest first."""
    present = event.address_path()
    return tuple(f"/{row.path}" for row in event.addresses.all() if row.path != present)


def neighbour(event: Event, *, now: datetime, is_later: bool) -> Link | None:
    """The public event before or after this one, in the order in which a day's page tells them."""
    events = Event.objects.public(now=now).only(*REF_FIELDS)
    if is_later:
        events = events.filter(
            Q(date__gt=event.date) | Q(date=event.date, pk__gt=event.pk), date__gte=event.date
        ).order_by("date", "pk")
    else:
        events = events.filter(
            Q(date__lt=event.date) | Q(date=event.date, pk__lt=event.pk), date__lte=event.date
        ).order_by("-date", "-pk")
    found = events.first()
    return neighbour_link(found) if found else None


def neighbour_link(event: Event) -> Link:
    return Link(event.get_absolute_url(), excerpt(str(event), chars=TITLE_CHARS))


def retraction(event: Event) -> RetractionDocument:
    """The public notice of a retracted event: nothing of its text, no format, no index."""
    page = Page(
        kind="retracted",
        title=_("Retracted entry"),
        path=event.get_absolute_url(),
        breadcrumbs=(home_link(), archive_link(), day_link(event.date)),
        is_indexed=False,
    )
    return RetractionDocument(
        page=page,
        date=event.date,
        notice=event.retraction_notice,
        retracted_at=event.retracted_at or event.edited_at,
    )
