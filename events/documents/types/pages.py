"""Pages, whatever stands on them, and feeds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from events.dates import day_path, month_path
from events.documents.types.events import EventDocument
from events.documents.types.pictures import Rendition
from events.documents.types.refs import ContextRef, Link, PublisherRef, absolute


@dataclass(frozen=True, slots=True)
class Page:
    """What every public page carries besides its matter."""

    kind: str
    title: str
    path: str
    description: str = ""
    breadcrumbs: tuple[Link, ...] = ()
    formats: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    is_indexed: bool = True
    language: str = ""
    direction: str = "ltr"

    @property
    def url(self) -> str:
        return absolute(self.path)


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event on its own page; `previous` and `next` of the page are its neighbours in time."""

    page: Page
    event: EventDocument
    card: Rendition | None = None

    @property
    def entry(self) -> EventDocument:
        return self.event


@dataclass(frozen=True, slots=True)
class DaySection:
    """The events of one day in a list; `title` is "Today", "Yesterday", … or the date.

    `count` says how many events the day has where the list shows only some of them. Where nobody has counted
    them, the day `may_go_on` on the list's next page.
    """

    date: date
    title: str
    events: tuple[EventDocument, ...]
    count: int | None = None
    may_go_on: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether the day has more events than stand here."""
        return self.count is not None and self.count > len(self.events)

    @property
    def number(self) -> int | None:
        """How many events the day has; None if that is not known."""
        return None if self.may_go_on else max(self.count or 0, len(self.events))

    @property
    def path(self) -> str:
        return day_path(self.date)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A cell of the month's calendar; without `count` the day has no events and no link."""

    date: date
    is_in_month: bool
    count: int
    is_current: bool = False

    @property
    def path(self) -> str:
        return day_path(self.date)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month as weeks of seven days, with the weekday names in the site's language."""

    date: date
    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[CalendarDay, ...], ...]
    previous: Link | None = None
    next: Link | None = None

    @property
    def path(self) -> str:
        return month_path(self.date)


@dataclass(frozen=True, slots=True)
class YearCounts:
    """The archive's row for one year: its months with the number of their events."""

    year: int
    count: int
    months: tuple[Link, ...]

    @property
    def path(self) -> str:
        return f"/news/{self.year:04}/"


@dataclass(frozen=True, slots=True)
class ContextDocument:
    """A context as its own page tells it."""

    ref: ContextRef
    description: str
    description_html: str
    parents: tuple[ContextRef, ...]
    children: tuple[ContextRef, ...]
    aliases: tuple[str, ...]
    wikidata: str
    media_topic: str
    # Only exports fill these.
    old_slugs: tuple[str, ...] = ()
    is_not_for_related: bool = False

    @property
    def media_topic_url(self) -> str:
        """The topic's page at the IPTC, whose own addresses end in the number alone ("medtop:20000053")."""
        return f"http://cv.iptc.org/newscodes/mediatopic/{self.media_topic.removeprefix('medtop:')}"


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list; `links` carry counts and the address with the filter set or removed."""

    name: str
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An event found, with its excerpt as (text, is a match) pieces."""

    event: EventDocument
    headline_pieces: tuple[tuple[str, bool], ...]
    excerpt_pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """The question as understood, its answer, and how to narrow it.

    With `problems` there is no answer; `notes` tell what of it was left out.
    """

    query: str
    values: dict[str, str]
    hits: tuple[SearchHit, ...]
    count: int
    is_count_exact: bool
    facets: tuple[Facet, ...]
    suggestions: tuple[Link, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """Any list: front, day, month, year, archive, context(s), source(s), search.

    Only the parts that the kind of page has are filled: events stand in `sections`; `contexts`,
    `publishers` and `years` are the directories.
    """

    page: Page
    sections: tuple[DaySection, ...] = ()
    count: int | None = None
    # In quotes, because the default makes `date` None before the annotation is read.
    date: "date | None" = None
    calendars: tuple[Calendar, ...] = ()
    years: tuple[YearCounts, ...] = ()
    updated: tuple[EventDocument, ...] = ()
    contexts: tuple[ContextRef, ...] = ()
    publishers: tuple[PublisherRef, ...] = ()
    subjects: tuple[ContextDocument, ...] = ()
    publisher: PublisherRef | None = None
    facets: tuple[Facet, ...] = ()
    search: SearchDocument | None = None
    # Of documents of articles (`events.documents.article_types`).
    articles: tuple[Any, ...] = ()

    @property
    def events(self) -> tuple[EventDocument, ...]:
        return tuple(event for section in self.sections for event in section.events)


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """One page of a feed, newest publication first: of events, or of documents of articles.

    `page_path` is the HTML page the feed speaks of; `older` and `newer` are cursors for RFC 5005 paging
    (`?before=…`), empty at the ends. `path` has no extension: "/feeds/news" or "/contexts/homs/feed".
    """

    title: str
    description: str
    path: str
    query: str
    page_path: str
    events: tuple[EventDocument, ...]
    updated_at: datetime
    older: str = ""
    is_first: bool = True
    # The cursor that this very page was asked for with, for its `self` link; empty on the first.
    cursor: str = ""

    def feed_path(self, extension: str, cursor: str = "") -> str:
        """The path of this feed in one format, at one page."""
        query = "&".join(part for part in (self.query, f"before={cursor}" if cursor else "") if part)
        return f"{self.path}.{extension}" + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class RetractionDocument:
    """What remains public of a retracted event: its notice, never its text."""

    page: Page
    date: date
    notice: str
    retracted_at: datetime

    @property
    def day_path(self) -> str:
        return day_path(self.date)
