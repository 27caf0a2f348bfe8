"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from html import escape
from typing import Any

from django.utils.encoding import iri_to_uri

from events.documents.site import Site, current_site
from events.documents.types import CoverDocument, EventDocument, FeedDocument, absolute
from events.feeds.base import Feed
from events.feeds.content import content_html


class JSONFeed(Feed):
    """What the standard has no name for stands in the extension `_dayline`."""

    extension = "json"
    media_type = "application/feed+json"
    title = "JSON Feed"

    def render(self, document: FeedDocument) -> str:
        site = current_site()
        links = dict(self.links(document))
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": document.title,
            "description": document.description,
            "home_page_url": iri_to_uri(absolute(document.page_path)),
            "feed_url": iri_to_uri(links["self"]),
            "next_url": iri_to_uri(links.get("next")),
            "authors": _authors(site),
            "language": site.language,
            "hubs": [{"type": "WebSub", "url": site.hub}] if site.hub else None,
            "_dayline": {
                "updated": document.updated_at.isoformat(),
                "first_url": iri_to_uri(links["first"]),
                "licence": {"code": site.licence_code, "url": site.licence_url},
            },
            "items": [_item(event, site) for event in document.events],
        }
        return json.dumps(_known(feed), ensure_ascii=False, indent=2) + "\n"


def _authors(site: Site) -> list[dict[str, str]]:
    return [{"name": site.publisher_name, "url": site.url}]


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    """The standard wants what is unknown left out, not null."""
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _item(event: EventDocument, site: Site) -> dict[str, Any]:
    picture = event.cover and event.cover.largest
    tags = [str(event.category), *(context.name for context in event.contexts)]
    return _known(
        {
            "id": event.guid,
            "url": iri_to_uri(event.url),
            "title": event.headline,
            # The standard asks for content in one form at least.
            "content_html": content_html(event) or f"<p>{escape(event.headline, quote=False)}</p>",
            "summary": event.description,
            "image": iri_to_uri(picture.url) if picture else None,
            "date_published": event.first_published_at.isoformat(),
            "date_modified": event.changed_at.isoformat(),
            "authors": [{"name": author.title, "url": iri_to_uri(author.url)} for author in event.authors]
            or _authors(site),
            "tags": list(dict.fromkeys(tag for tag in tags if tag)),
            "language": event.ref.language,
            "attachments": _attachments(event.cover),
            "_dayline": _extension(event),
        }
    )


def _attachments(cover: CoverDocument | None) -> list[dict[str, Any]] | None:
    if cover is None or cover.largest is None:
        return None
    picture = cover.largest
    return [
        {
            "url": iri_to_uri(picture.url),
            "mime_type": picture.type,
            "title": cover.caption or cover.alt,
            "size_in_bytes": picture.bytes,
        }
    ]


def _extension(event: EventDocument) -> dict[str, Any]:
    """Event day, numbered sources and the credit of the cover."""
    facts = {
        "id": event.public_id,
        "date": event.date.isoformat(),
        "date_precision": event.ref.date_precision,
        "end_date": event.end_date and event.end_date.isoformat(),
        "short_headline": event.ref.short_headline,
        "direction": event.ref.direction,
        "edited": event.edited_at.isoformat(),
        "image_alt": event.cover.alt if event.cover else None,
        "image_credit": event.cover.credit if event.cover else None,
        "citations": [
            _known({"position": citation.position, "label": citation.label, "url": citation.url})
            for citation in event.citations
        ],
    }
    return _known(facts)
