"""The documents of story lines: one told from its first day on, and the directory of all."""

from dataclasses import dataclass, field
from datetime import date

from events.documents.types import ContextRef, DaySection, EventRef, Link, ListPage, StoryRef, absolute
from events.stories.rhythm import Bar, Gap


@dataclass(frozen=True, slots=True)
class TurningPointDocument:
    """An event that an editor pinned, and in a sentence why."""

    event: EventRef
    note: str


@dataclass(frozen=True, slots=True)
class StoryDay:
    """A day of the story; `gap` is the silence before it, where it is worth a word."""

    section: DaySection
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class StoryPart:
    """The days of one month or year on this page; `date` is its first day."""

    date: date
    title: str
    days: tuple[StoryDay, ...]

    @property
    def gap(self) -> Gap | None:
        """The silence before the part."""
        return self.days[0].gap


@dataclass(frozen=True, slots=True)
class StoryDocument:
    """A story line as a whole, whatever part of it a page shows.

    `contexts` are what its entries carry, `first_day` and `last_day` the window that editors set. `unit` says
    what a bar of the chart stands for. `before` is what the larger stories told last before this one
    began, `after` what they told first once it had ended.
    """

    ref: StoryRef
    description: str
    description_html: str
    contexts: tuple[ContextRef, ...]
    is_of_context: bool
    first_day: date | None
    last_day: date | None
    days: int
    parents: tuple[StoryRef, ...]
    stories: tuple[StoryRef, ...]
    turning_points: tuple[TurningPointDocument, ...]
    gaps: tuple[Gap, ...]
    unit: str
    bars: tuple[Bar, ...]
    before: EventRef | None = None
    after: EventRef | None = None

    @property
    def embed_path(self) -> str:
        return f"{self.ref.path}embed/"

    @property
    def embed_url(self) -> str:
        return absolute(self.embed_path)

    @property
    def latest_path(self) -> str:
        """The last page of the story."""
        return f"{self.ref.path}?before=9999-12-31.0"

    @property
    def tallest(self) -> int:
        return max((bar.count for bar in self.bars), default=0)

    @property
    def notes(self) -> dict[str, str]:
        """The notes of turning points by the permanent id of their event."""
        return {point.event.public_id: point.note for point in self.turning_points}

    def path_from(self, day: date) -> str:
        """The story from a day on."""
        return f"{self.ref.path}?after={day.isoformat()}.0"


@dataclass(frozen=True, slots=True)
class StoryPage(ListPage):
    """A page of a story line: its days stand in `sections`, as told with gaps in `parts`."""

    story: StoryDocument = field(kw_only=True)
    parts: tuple[StoryPart, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryDirectory(ListPage):
    """The story lines that editors put together (`chosen`), then those of contexts."""

    chosen: tuple[StoryRef, ...] = ()
    stories: tuple[StoryRef, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryEmbed:
    """What stands in a frame on other sites: of the `turning_points` of its story only the last ones."""

    page_link: Link
    story: StoryDocument
    turning_points: tuple[TurningPointDocument, ...]
    latest: tuple[EventRef, ...]
