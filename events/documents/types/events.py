"""One event with all that the public may know of it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from events.dates import day_path
from events.documents.types.pictures import CoverDocument
from events.documents.types.refs import (
    ContextRef,
    EntryRef,
    EventRef,
    Link,
    PublisherRef,
    StoryPlace,
    absolute,
)


@dataclass(frozen=True, slots=True)
class CitationDocument:
    """One numbered source. `position` counts from 1 and never repeats within an event."""

    position: int
    label: str
    url: str
    canonical_url: str
    publisher: PublisherRef | None
    agency: str
    carrier: str
    published_on: date | None
    accessed_on: date | None
    language: str
    is_paywalled: bool
    quote: str


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A suggestion. `when` is "earlier", "same-day", "same-month", "same-year" or "later"; `shared` is
    alphabetical.

    `is_pinned` where an editor put it first; `relation` where one linked it, as in `LinkedDocument`. `under`
    are the contexts that both lie under; `names` is what its text names of what both are about, as it is
    spelt there, and empty in lists. `is_covered` where one article tells of both. `why` tells all of it in
    words.
    """

    event: EventRef
    shared: tuple[ContextRef, ...]
    when: str
    is_pinned: bool = False
    relation: str = ""
    under: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_covered: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """An event that an editor linked: this one is "update_of", "updated_by", "led_to", "result_of" …"""

    event: EventRef
    relation: str


@dataclass(frozen=True, slots=True)
class ChosenDocument:
    """What editors pinned beside an event or hid, by its permanent id; `note` is for colleagues."""

    id: str
    both_sides: bool = False
    note: str = ""


class EntryDocument:
    """What is asked of any entry with all that the public may know of it."""

    __slots__ = ()
    ref: EntryRef
    first_published_at: datetime
    updated_at: datetime | None

    @property
    def public_id(self) -> str:
        return self.ref.public_id

    @property
    def path(self) -> str:
        return self.ref.path

    @property
    def url(self) -> str:
        return self.ref.url

    @property
    def permanent_url(self) -> str:
        return absolute(self.ref.short_path)

    @property
    def headline(self) -> str:
        return self.ref.headline

    @property
    def changed_at(self) -> datetime:
        """The moment that feeds call "updated": the last significant update, else first publication."""
        return self.updated_at or self.first_published_at

    @property
    def date(self) -> date:
        return self.ref.date


@dataclass(frozen=True, slots=True)
class EventDocument(EntryDocument):
    """Everything that the public may know of one event."""

    ref: EventRef
    guid: str
    end_date: date | None
    time: time | None
    time_zone: str
    summary: str
    summary_html: str
    summary_text: str
    body: str
    body_html: str
    category: str
    label: str
    citations: tuple[CitationDocument, ...]
    cover: CoverDocument | None
    contexts: tuple[ContextRef, ...]
    related: tuple[RelatedDocument, ...]
    links: tuple[LinkedDocument, ...]
    first_published_at: datetime
    updated_at: datetime | None
    edited_at: datetime
    is_incomplete: bool
    old_addresses: tuple[str, ...] = ()
    # Only the event's own page fills these; `articles` are those that tell of it (`ArticleRef`).
    stories: tuple[StoryPlace, ...] = ()
    articles: tuple[Any, ...] = ()
    # When the label goes by itself.
    label_until: datetime | None = None
    # Only exports fill these.
    pins: tuple[ChosenDocument, ...] = ()
    hidden: tuple[ChosenDocument, ...] = ()

    @property
    def day_path(self) -> str:
        """The page of the day that the event stands under."""
        return day_path(self.date)

    @property
    def is_on_one_day(self) -> bool:
        return self.ref.date_precision == "day" and self.end_date is None

    @property
    def has_linked_cover(self) -> bool:
        """Whether the cover is only linked, among the sources."""
        return bool(self.cover and not self.cover.is_stored and self.cover.source_url)

    @property
    def authors(self) -> tuple[Link, ...]:
        """Nobody signs an entry of the chronicle."""
        return ()

    @property
    def description(self) -> str:
        """One plain paragraph for cards and lists: the summary, else the names of the contexts."""
        return self.summary_text or ", ".join(c.name for c in self.contexts)
