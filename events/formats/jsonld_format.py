"""JSON-LD 1.1 after schema.org: what the pages carry for search engines, as a file of its own."""

import json

from events.documents.article_types import ArticlePage
from events.documents.jsonld import JsonLd, article_json_ld, event_json_ld
from events.documents.site import current_site, site_pictures
from events.documents.types import EventPage
from events.formats.base import EntryFormat


class JSONLDFormat(EntryFormat):
    """A NewsArticle, or the kind of it that an article is."""

    extension = "jsonld"
    media_type = "application/ld+json"
    title = "JSON-LD"

    def render_event(self, document: EventPage) -> str:
        return _dump(event_json_ld(document.event, current_site(), **site_pictures()))

    def render_article(self, document: ArticlePage) -> str:
        return _dump(article_json_ld(document.article, current_site(), **site_pictures()))


def _dump(data: JsonLd) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
