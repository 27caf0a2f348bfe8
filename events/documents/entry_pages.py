"""The page of an entry of either kind, for whoever shows one that may be both."""

from datetime import datetime

from events.documents.article_types import ArticlePage
from events.documents.articles import article_page
from events.documents.event_pages import event_page
from events.documents.types import EventPage
from events.models import Article, Entry


def entry_page(entry: Entry, *, now: datetime) -> EventPage | ArticlePage:
    """The page of an entry read with `for_page()`."""
    return article_page(entry, now=now) if isinstance(entry, Article) else event_page(entry, now=now)
