"""Sitemaps (https://www.sitemaps.org/protocol.html) and the news sitemap, written as they are read.

All three yield text in pieces, so that no shard need be in memory as a whole.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.encoding import iri_to_uri
from django.utils.html import escape

from events.documents.site import current_site
from events.documents.types import EventDocument, absolute
from events.text.xml_characters import without_forbidden

# Google's limits for a news sitemap.
NEWS_ITEMS = 1000
NEWS_DAYS = 2

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap: two or three
# letters, but Chinese by its script.
_NEWS_CHINESE = {"hant": "zh-tw", "tw": "zh-tw", "hk": "zh-tw", "mo": "zh-tw"}


def render_sitemap_index(shards: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """The index of shards, each as its path and the last change of a page in it."""
    yield f'{_DECLARATION}<sitemapindex xmlns="{_SITEMAP}">\n'
    for path, lastmod in shards:
        yield f"<sitemap>{_location(path)}{_lastmod(lastmod)}</sitemap>\n"
    yield "</sitemapindex>\n"


def render_sitemap(urls: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    """One shard: pages as their path and last change, None where it is not known."""
    yield f'{_DECLARATION}<urlset xmlns="{_SITEMAP}">\n'
    for path, lastmod in urls:
        yield f"<url>{_location(path)}{_lastmod(lastmod)}</url>\n"
    yield "</urlset>\n"


def render_news_sitemap(events: Iterable[EventDocument]) -> Iterator[str]:
    """The entries first published in the last `NEWS_DAYS` days, at most `NEWS_ITEMS`; the caller chooses."""
    publication = _text(current_site().name)
    yield f'{_DECLARATION}<urlset xmlns="{_SITEMAP}" xmlns:news="{_NEWS}">\n'
    for event in events:
        yield (
            f"<url>{_location(event.path)}{_lastmod(event.changed_at)}<news:news>"
            f"<news:publication><news:name>{publication}</news:name>"
            f"<news:language>{news_language(event.ref.language)}</news:language></news:publication>"
            f"<news:publication_date>{event.first_published_at.isoformat()}</news:publication_date>"
            f"<news:title>{_text(event.headline)}</news:title>"
            "</news:news></url>\n"
        )
    yield "</urlset>\n"


def news_language(tag: str) -> str:
    """A BCP 47 tag as news sitemaps write it: `en-GB` is `en`, `zh-Hans` is `zh-cn`."""
    language, *rest = tag.lower().split("-")
    if language != "zh":
        return language
    return next((_NEWS_CHINESE[part] for part in rest if part in _NEWS_CHINESE), "zh-cn")


def _text(value: str) -> str:
    return escape(without_forbidden(value))


def _location(path: str) -> str:
    return f"<loc>{_text(iri_to_uri(absolute(path)))}</loc>"


def _lastmod(moment: datetime | None) -> str:
    return f"<lastmod>{moment.isoformat(timespec='seconds')}</lastmod>" if moment else ""
