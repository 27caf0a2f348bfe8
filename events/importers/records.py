"""What every importer yields and the runner writes: plain records without a database.

Importers clean their source's blemishes; everything that all sources share (slugs, canonical
addresses, publishers, folding of names) is done once, by the runner.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any


@dataclass(slots=True)
class ContextRecord:
    """A context with what is known of it. An empty `kind` or `slug` leaves the choice to the runner."""

    name: str
    slug: str = ""
    kind: str = ""
    description: str = ""
    parents: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    wikidata: str = ""
    media_topic: str = ""
    old_slugs: list[str] = field(default_factory=list)
    is_not_for_related: bool = False
    where: str = ""


@dataclass(slots=True)
class TurningPointRecord:
    """An event by its import reference or permanent id, and why the story turns there."""

    import_ref: str
    note: str = ""


@dataclass(slots=True)
class StoryRecord:
    """A story line: of the editors', with a title and the contexts that its events carry; or that of one
    `context`, of which only the turning points are told. It may name events of later records."""

    context: str = ""
    title: str = ""
    slug: str = ""
    description: str = ""
    contexts: list[str] = field(default_factory=list)
    first_day: date | None = None
    last_day: date | None = None
    turning_points: list[TurningPointRecord] = field(default_factory=list)
    old_slugs: list[str] = field(default_factory=list)
    where: str = ""


@dataclass(slots=True)
class PublisherRecord:
    """A publisher whose readable name an editor has chosen."""

    host: str
    name: str
    country: str = ""
    where: str = ""


@dataclass(slots=True)
class CitationRecord:
    """A source as cited. Without `agency` and `carrier` they are read from the label."""

    label: str
    url: str = ""
    agency: str = ""
    carrier: str = ""
    published_on: date | None = None
    accessed_on: date | None = None
    language: str = ""
    is_paywalled: bool = False
    quote: str = ""


@dataclass(slots=True)
class CropRecord:
    """What an editor cut out of a picture for one ratio: left and top edge and width, as shares of it."""

    ratio: str
    left: float
    top: float
    width: float


@dataclass(slots=True)
class CoverRecord:
    """A cover by its source address, by a file beside the import, or both."""

    source_url: str = ""
    file: str = ""
    alt: str = ""
    is_decorative: bool = False
    caption: str = ""
    credit: str = ""
    licence: str = ""
    place: str = ""
    taken_on: date | None = None
    # One name a line.
    people: str = ""
    # Shares of width and height, from the left and from the top.
    focal_x: float = 0.5
    focal_y: float = 0.5
    crops: list[CropRecord] = field(default_factory=list)


@dataclass(slots=True)
class MentionRecord:
    """An entry named in another one's related list: what is known of it until its own page comes."""

    import_ref: str
    date: date
    headline: str
    shared: list[str] = field(default_factory=list)
    old_addresses: list[str] = field(default_factory=list)
    language: str = ""


@dataclass(slots=True)
class ChoiceRecord:
    """An entry that editors pinned beside another one, or hid, by its permanent id or import reference."""

    import_ref: str
    both_sides: bool = False
    note: str = ""


@dataclass(slots=True)
class LinkRecord:
    """An entry that editors linked another one with; `kind` is "update_of", "led_to" or "part_of"."""

    import_ref: str
    kind: str


@dataclass(slots=True)
class EventRecord:
    """One event. `import_ref` is unique for ever: the same reference imported again is the same entry.

    `contexts` are names in the order of the source; `stories` are the levels of story lines, outermost
    first, each level a list of names (a bullet that links two pages has two); the runner makes them
    contexts of kind story, each under the level before it. `related` is never stored as such: its
    entries come in as incomplete entries of their own. `where` is "file:line" for reports.
    """

    import_ref: str
    date: date
    headline: str
    end_date: date | None = None
    date_precision: str = "day"
    # In quotes, because the default makes `time` None before the annotation is read.
    time: "time | None" = None
    time_zone: str = ""
    short_headline: str = ""
    summary: str = ""
    body: str = ""
    category: str = ""
    label: str = ""
    label_until: datetime | None = None
    language: str = ""
    direction: str = ""
    contexts: list[str] = field(default_factory=list)
    stories: list[list[str]] = field(default_factory=list)
    citations: list[CitationRecord] = field(default_factory=list)
    cover: CoverRecord | None = None
    related: list[MentionRecord] = field(default_factory=list)
    public_id: str = ""
    guid: str = ""
    slug: str = ""
    state: str = "published"
    publish_at: datetime | None = None
    embargo_until: datetime | None = None
    first_published_at: datetime | None = None
    updated_at: datetime | None = None
    edited_at: datetime | None = None
    retracted_at: datetime | None = None
    retraction_notice: str = ""
    is_incomplete: bool = False
    pins: list[ChoiceRecord] = field(default_factory=list)
    hidden: list[ChoiceRecord] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    old_addresses: list[str] = field(default_factory=list)
    where: str = ""
    # Whether it is known from a related list alone, which `with_mentions` made it of.
    is_mention: bool = field(default=False, compare=False, repr=False)
    # What tells whether the source has changed, from importers that have it cheaper than by `digest_of`.
    digest: str = field(default="", compare=False, repr=False)
    # The entry that it would become and the contexts that it names (`directories.Naming`), where they have
    # been worked out ahead of writing.
    entry: Any = field(default=None, compare=False, repr=False)
    naming: Any = field(default=None, compare=False, repr=False)

    @property
    def has_decisions(self) -> bool:
        """Whether it tells what editors decided about related stories."""
        return bool(self.pins or self.hidden or self.links)


@dataclass(slots=True)
class ProfileRecord:
    """Somebody who writes; known by any slug that they ever had, else by their name."""

    name: str
    slug: str = ""
    kind: str = "person"
    text: str = ""
    url: str = ""
    picture: CoverRecord | None = None
    old_slugs: list[str] = field(default_factory=list)
    where: str = ""


@dataclass(slots=True)
class BylineRecord:
    """Who an article is by; whoever has no profile yet gets one of this kind."""

    name: str
    slug: str = ""
    kind: str = "person"
    role: str = ""


@dataclass(slots=True)
class NoteRecord:
    """A note to readers; `kind` is "correction" or "update"."""

    kind: str
    text: str
    noted_at: datetime


@dataclass(slots=True)
class SlotRecord:
    """A place on the front page, and until when."""

    position: int = 1
    until: datetime | None = None


@dataclass(slots=True)
class ArticleRecord:
    """A signed article; it may name events and profiles of later records.

    `events` are import references or permanent ids. `pictures` are those that blocks of the body show: by
    their file's hash, or by the source address that the record has for them.
    """

    import_ref: str
    date: date
    headline: str
    deck: str = ""
    body: str = ""
    kind: str = "opinion"
    section: str = ""
    label: str = ""
    label_until: datetime | None = None
    agencies: list[str] = field(default_factory=list)
    language: str = ""
    direction: str = ""
    bylines: list[BylineRecord] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    contexts: list[str] = field(default_factory=list)
    cover: CoverRecord | None = None
    pictures: list[CoverRecord] = field(default_factory=list)
    notes: list[NoteRecord] = field(default_factory=list)
    front: SlotRecord | None = None
    public_id: str = ""
    guid: str = ""
    slug: str = ""
    state: str = "published"
    publish_at: datetime | None = None
    embargo_until: datetime | None = None
    first_published_at: datetime | None = None
    updated_at: datetime | None = None
    edited_at: datetime | None = None
    retracted_at: datetime | None = None
    retraction_notice: str = ""
    old_addresses: list[str] = field(default_factory=list)
    where: str = ""


@dataclass(slots=True)
class InvalidRecord:
    """A line that could not be read, with the reason in words for an editor."""

    where: str
    problem: str


Record = (
    ContextRecord
    | PublisherRecord
    | EventRecord
    | StoryRecord
    | ProfileRecord
    | ArticleRecord
    | InvalidRecord
)
