"""What is told of articles and of those who write them: frozen, as all that output is read from."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from events.documents.types import (
    CitationDocument,
    ContextRef,
    CoverDocument,
    EntryDocument,
    EntryRef,
    EventRef,
    Link,
    ListPage,
    Page,
    Rendition,
    StoryRef,
    absolute,
)
from events.text.blocks import Footnote

NOTES = {"correction": gettext_lazy("Correction"), "update": gettext_lazy("Update")}


@dataclass(frozen=True, slots=True)
class ArticleRef(EntryRef):
    """An article as it is named elsewhere. `day_path` is the page of its day's articles."""

    public_id: str
    import_ref: str
    date: date
    day_path: str
    slug: str
    headline: str
    kind: str
    language: str
    direction: str
    # As every entry is asked in feeds.
    date_precision: str = "day"
    short_headline: str = ""

    @property
    def title(self) -> str:
        return self.headline

    @property
    def path(self) -> str:
        return f"{self.day_path}{self.slug}/"


@dataclass(frozen=True, slots=True)
class ProfileRef:
    """A person or an organisation as they are named elsewhere; `kind` is "person" or "organisation"."""

    name: str
    slug: str
    kind: str
    is_public: bool = True

    @property
    def path(self) -> str:
        return f"/profiles/{self.slug}/"

    @property
    def url(self) -> str:
        return absolute(self.path)


@dataclass(frozen=True, slots=True)
class ProfileDocument:
    """A profile as its own page and the box below an article tell it."""

    ref: ProfileRef
    text: str
    text_html: str
    url: str
    picture: CoverDocument | None
    # What only an export tells.
    old_slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BylineDocument:
    """Who an article is by; without a `role` they wrote it."""

    profile: ProfileDocument
    role: str


@dataclass(frozen=True, slots=True)
class NoteDocument:
    """A note to readers: a "correction" or an "update"."""

    kind: str
    text: str
    text_html: str
    noted_at: datetime

    @property
    def name(self) -> str:
        """Correction, Update."""
        return str(NOTES[self.kind])


@dataclass(frozen=True, slots=True)
class BlockDocument:
    """A block of a body with what it leads to. Which parts are filled depends on its `name`."""

    name: str
    html: str = ""
    title: str = ""
    url: str = ""
    picture: CoverDocument | None = None
    event: EventRef | None = None
    story: StoryRef | None = None
    events: tuple[EventRef, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleDocument(EntryDocument):
    """Everything that the public may know of one article."""

    ref: ArticleRef
    guid: str
    kind_name: str
    section: str
    label: str
    deck: str
    deck_html: str
    deck_text: str
    body: str
    body_html: str
    blocks: tuple[BlockDocument, ...]
    footnotes: tuple[Footnote, ...]
    agencies: tuple[str, ...]
    bylines: tuple[BylineDocument, ...]
    events: tuple[EventRef, ...]
    contexts: tuple[ContextRef, ...]
    cover: CoverDocument | None
    notes: tuple[NoteDocument, ...]
    first_published_at: datetime
    updated_at: datetime | None
    edited_at: datetime
    reading_minutes: int = 0
    old_addresses: tuple[str, ...] = ()
    # When the label goes by itself.
    label_until: datetime | None = None
    # What only an export tells: the files of the pictures in the body.
    pictures: tuple[CoverDocument, ...] = ()

    @property
    def day_path(self) -> str:
        return self.ref.day_path

    @property
    def description(self) -> str:
        """One plain paragraph for cards, lists and feeds."""
        return self.deck_text

    @property
    def authors(self) -> tuple[Link, ...]:
        """Who wrote it, as feeds name them."""
        return tuple(
            Link(byline.profile.ref.path, byline.profile.ref.name)
            for byline in self.bylines
            if not byline.role
        )

    @property
    def kind_path(self) -> str:
        """The articles of its kind."""
        return f"/opinion/?{urlencode({'kind': self.ref.kind})}"

    @property
    def section_path(self) -> str:
        """The articles of its section; without one, those of its kind."""
        return f"/opinion/?{urlencode({'section': self.section})}" if self.section else self.kind_path

    # What feeds, cards and ways to cite ask of any entry.

    @property
    def category(self) -> str:
        return self.section or self.kind_name

    @property
    def summary_html(self) -> str:
        return self.deck_html

    @property
    def citations(self) -> tuple[CitationDocument, ...]:
        """None of its own: its sources are footnotes of its text."""
        return ()

    @property
    def end_date(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article on its own page; `previous` and `next` of the page are its neighbours in time."""

    page: Page
    article: ArticleDocument
    card: Rendition | None = None

    @property
    def entry(self) -> ArticleDocument:
        return self.article


@dataclass(frozen=True, slots=True)
class OpinionPage(ListPage):
    """A list of articles: all, of a year, a month or a day, or by somebody (`profile`)."""

    profile: ProfileDocument | None = None
    profiles: tuple[ProfileRef, ...] = ()
