"""The pages of sources: the directory of publishers, and the events that cite one."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.conf import conf
from events.documents.builders import build_events, build_publisher_ref
from events.documents.counts import waiting_by_publisher
from events.documents.days import build_sections
from events.documents.links import feed_links, make_page
from events.documents.paging import cursor_query, pager, read_names, read_prepared
from events.documents.rows import for_lists
from events.documents.types import Link, ListPage
from events.models import Publisher, PublisherListing
from events.prepared import Slot

DIRECTORY_SIZE = 120


def source_page(publisher: Publisher, *, now: datetime, before: str = "", after: str = "") -> ListPage:
    """The events that cite a publisher, newest day first."""
    path = publisher.get_absolute_url()
    window = read_prepared(
        listings, size=conf.PAGE_SIZE, before=before, after=after, publisher=publisher.pk, now=now
    )
    events = for_lists([row.event_id for row in window.rows], now=now)
    newer, older = pager(path, window)
    count = publisher.events_count - waiting_by_publisher([publisher.pk], now=now).get(publisher.pk, 0)
    return ListPage(
        page=make_page(
            "source",
            publisher.name,
            path,
            trail=(Link("/sources/", _("Sources")),),
            query=cursor_query(before, after),
            previous=newer,
            next=older,
            description=_("The events that cite %(publisher)s.") % {"publisher": publisher.name},
            feeds=feed_links(f"{path}feed", publisher.name),
        ),
        publisher=build_publisher_ref(publisher, count=count),
        count=count,
        sections=build_sections(build_events(events, now=now), window=window),
    )


def listings(*, publisher: Slot, now: Slot) -> QuerySet:
    return PublisherListing.objects.public(now=now).filter(publisher=publisher)


def sources_directory(*, now: datetime, before: str = "", after: str = "") -> ListPage:
    """All publishers that public events cite, by name; a cursor is a host."""
    window = read_names(
        Publisher.objects.public(now=now), key="host", size=DIRECTORY_SIZE, before=before, after=after
    )
    previous, following = pager("/sources/", window, words=(_("Previous"), _("Next")))
    waiting = waiting_by_publisher([found.pk for found in window.rows], now=now)
    return ListPage(
        page=make_page(
            "source_list",
            _("Sources"),
            "/sources/",
            query=cursor_query(before, after),
            previous=previous,
            next=following,
            description=_("The publishers that the chronicle cites."),
        ),
        publishers=tuple(
            build_publisher_ref(found, count=found.events_count - waiting.get(found.pk, 0))
            for found in window.rows
        ),
    )
