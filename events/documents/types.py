"""The frozen dataclasses that all public output is read from.

Paths are site-relative and start with "/"; `absolute()` joins them to the site's canonical origin.
Moments are aware datetimes in UTC; event days are calendar dates without a zone.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from events.conf import conf
from events.dates import day_path, month_path


def absolute(path: str) -> str:
    """The canonical absolute address of a site-relative path."""
    return path if "://" in path else conf.SITE_URL + path


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words; `type` is a media type where the link is an alternate format."""

    path: str
    title: str
    type: str = ""
    count: int | None = None
    is_current: bool = False

    @property
    def url(self) -> str:
        return absolute(self.path)


@dataclass(frozen=True, slots=True)
class ContextRef:
    """A context as it is named elsewhere."""

    name: str
    slug: str
    kind: str
    count: int | None = None

    @property
    def path(self) -> str:
        return f"/contexts/{self.slug}/"

    @property
    def story_path(self) -> str:
        """The story line of a context of kind story."""
        return f"/stories/{self.slug}/"


@dataclass(frozen=True, slots=True)
class PublisherRef:
    host: str
    name: str
    count: int | None = None

    @property
    def path(self) -> str:
        return f"/sources/{self.host}/"


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
class Licence:
    """`code` is an SPDX identifier where there is one, else the words of the credit."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """One stored picture file: `ratio` is "16:9", "4:3", "1:1", "1.91:1" or "full"."""

    ratio: str
    width: int
    height: int
    type: str
    path: str
    bytes: int

    @property
    def url(self) -> str:
        return absolute(self.path)


@dataclass(frozen=True, slots=True)
class Crop:
    """An own crop of one ratio, as shares of the picture."""

    ratio: str
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Original:
    """The uploaded file of a picture beside an export, with what decides its crops: for an import alone."""

    file: str
    focal_x: float
    focal_y: float
    crops: tuple[Crop, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverDocument:
    """A cover image. Without renditions it is known by its source address alone and is linked, not shown."""

    source_url: str
    alt: str
    is_decorative: bool
    caption: str
    credit: str
    licence: Licence | None
    # Left out of the hash, which kept parts of pages ask for again and again.
    renditions: tuple[Rendition, ...] = field(default=(), hash=False)
    original: Original | None = None
    placeholder: str = ""
    place: str = ""
    taken_on: date | None = None
    people: tuple[str, ...] = ()

    @property
    def is_stored(self) -> bool:
        return bool(self.renditions)

    @property
    def is_told(self) -> bool:
        """Whether there is anything to print below it."""
        return bool(self.caption or self.place or self.taken_on or self.credit or self.licence)

    def ratio(self, ratio: str) -> tuple[Rendition, ...]:
        """The renditions of one ratio, narrowest first."""
        return tuple(r for r in self.renditions if r.ratio == ratio)

    def plain(self, ratio: str) -> Rendition | None:
        """The widest JPEG of one ratio, which every program can show."""
        found = [r for r in self.ratio(ratio) if r.type == "image/jpeg"]
        return max(found, key=lambda r: r.width, default=None)

    @property
    def largest(self) -> Rendition | None:
        """The widest uncropped JPEG."""
        return self.plain("full")

    @property
    def url(self) -> str:
        """The address of the picture: our own copy where we have one, else its source."""
        return self.largest.url if self.largest else self.source_url


@dataclass(frozen=True, slots=True)
class EventRef:
    """An event as it is named in another one's lists."""

    public_id: str
    import_ref: str
    date: date
    date_precision: str
    slug: str
    headline: str
    short_headline: str
    language: str
    direction: str

    @property
    def title(self) -> str:
        return self.short_headline or self.headline

    @property
    def path(self) -> str:
        return f"{day_path(self.date)}{self.slug}/"

    @property
    def url(self) -> str:
        return absolute(self.path)

    def format_path(self, extension: str) -> str:
        """`/news/2016/02/21/slug.md` for the extension "md"."""
        return f"{self.path.rstrip('/')}.{extension}"

    @property
    def short_path(self) -> str:
        return f"/e/{self.public_id}/"


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A suggestion. `when` is "earlier", "same-day" or "later"; `shared` is alphabetical.

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
class StoryRef:
    """A story line as it is named elsewhere; `first` and `last` are its days, `stories` those within it."""

    title: str
    slug: str
    count: int | None = None
    first: "date | None" = None
    last: "date | None" = None
    stories: tuple["StoryRef", ...] = ()

    @property
    def path(self) -> str:
        return f"/stories/{self.slug}/"


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """Where an event stands in a story line: what came before it there and what after."""

    story: StoryRef
    previous: EventRef | None
    next: EventRef | None


@dataclass(frozen=True, slots=True)
class ChosenDocument:
    """What editors pinned beside an event or hid, by its permanent id; `note` is for colleagues."""

    id: str
    both_sides: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventDocument:
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
    # Only exports fill these.
    label_until: datetime | None = None
    pins: tuple[ChosenDocument, ...] = ()
    hidden: tuple[ChosenDocument, ...] = ()

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
    def date(self) -> date:
        return self.ref.date

    @property
    def headline(self) -> str:
        return self.ref.headline

    @property
    def day_path(self) -> str:
        """The page of the day that the event stands under."""
        return day_path(self.date)

    @property
    def is_on_one_day(self) -> bool:
        return self.ref.date_precision == "day" and self.end_date is None

    @property
    def permanent_url(self) -> str:
        return absolute(self.ref.short_path)

    @property
    def has_linked_cover(self) -> bool:
        """Whether the cover is only linked, among the sources."""
        return bool(self.cover and not self.cover.is_stored and self.cover.source_url)

    @property
    def authors(self) -> tuple[Link, ...]:
        """Nobody signs an entry of the chronicle."""
        return ()

    @property
    def changed_at(self) -> datetime:
        """The moment that feeds call "updated": the last significant update, else first publication."""
        return self.updated_at or self.first_published_at

    @property
    def description(self) -> str:
        """One plain paragraph for cards and lists: the summary, else the names of the contexts."""
        return self.summary_text or ", ".join(c.name for c in self.contexts)


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
