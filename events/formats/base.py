"""What every format can do."""

from abc import ABC, abstractmethod

from events.documents.article_types import ArticlePage
from events.documents.types import EventPage, ListPage


class EntryFormat(ABC):
    """Turns one entry into text. Formats are stateless; one instance serves everybody."""

    extension: str
    media_type: str
    title: str

    @abstractmethod
    def render_event(self, document: EventPage) -> str:
        """One event's page with everything the public may know of it."""

    @abstractmethod
    def render_article(self, document: ArticlePage) -> str:
        """One article's page with everything the public may know of it."""


class Format(EntryFormat):
    """Turns every document into text, lists among them."""

    @abstractmethod
    def render_list(self, document: ListPage) -> str:
        """Any list page: its entries, its directories and the way to the next page."""
