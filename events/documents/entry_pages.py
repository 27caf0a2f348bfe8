"""The page of an entry of either kind, and what is left of a retracted one."""

from datetime import datetime

from django.utils.translation import gettext as _

from events.documents.article_types import ArticlePage
from events.documents.articles import article_page, opinion_link
from events.documents.days import archive_link, day_link
from events.documents.event_pages import event_page
from events.documents.links import home_link
from events.documents.types import EventPage, Page, RetractionDocument
from events.models import Article, Entry


def entry_page(entry: Entry, *, now: datetime) -> EventPage | ArticlePage:
    """The page of an entry read with `for_page()`."""
    return article_page(entry, now=now) if isinstance(entry, Article) else event_page(entry, now=now)


def retraction(entry: Entry) -> RetractionDocument:
    """The public notice of a retracted entry: nothing of its text, no format, no index."""
    above = (opinion_link(),) if isinstance(entry, Article) else (archive_link(), day_link(entry.date))
    page = Page(
        kind="retracted",
        title=_("Retracted entry"),
        path=entry.get_absolute_url(),
        breadcrumbs=(home_link(), *above),
        is_indexed=False,
    )
    return RetractionDocument(
        page=page,
        date=entry.date,
        notice=entry.retraction_notice,
        retracted_at=entry.retracted_at or entry.edited_at,
    )
