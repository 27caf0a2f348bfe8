"""What pages, contexts, sources, events and story lines are called where others name them."""

from dataclasses import dataclass
from datetime import date

from events.conf import conf
from events.dates import day_path


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


class EntryRef:
    """What follows from the path and the permanent id of an entry of any kind."""

    __slots__ = ()
    public_id: str
    path: str

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
class EventRef(EntryRef):
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


@dataclass(frozen=True, slots=True)
class StoryRef:
    """A story line as it is named elsewhere; `first` and `last` are its days, `stories` those within it."""

    title: str
    slug: str
    count: int | None = None
    first: date | None = None
    last: date | None = None
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
