"""RSS 2.0 (https://www.rssboard.org/rss-specification) after the RSS Best Practices Profile."""

import re
from html import escape
from xml.etree.ElementTree import Element

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import rfc2822_date

from events.documents.site import Site, current_site
from events.documents.types import EventDocument, FeedDocument, absolute
from events.feeds.base import Feed
from events.feeds.content import content_html
from events.feeds.elements import append, append_media, declare, serialise

# Minutes that a reader may wait before it asks again.
TTL_MINUTES = 15

_TITLE = re.compile("<title>.*?</title>", re.DOTALL)


class RSSFeed(Feed):
    """The full text in `content:encoded`, the cover as enclosure and as Media RSS."""

    extension = "rss"
    media_type = "application/rss+xml"
    title = "RSS"

    def render(self, document: FeedDocument) -> str:
        root = Element("rss", {"version": "2.0", **declare("atom", "content", "dc", "media")})
        channel = append(root, "channel")
        site = current_site()
        self._head(channel, document, site)
        for event in document.events:
            _item(append(channel, "item"), event, site)
        return _TITLE.sub(_spell_out, serialise(root))

    def _head(self, channel: Element, document: FeedDocument, site: Site) -> None:
        append(channel, "title", document.title)
        append(channel, "link", iri_to_uri(absolute(document.page_path)))
        append(channel, "description", document.description or document.title)
        append(channel, "language", site.language)
        append(channel, "copyright", f"{site.publisher_name}, {site.licence_name}, {site.licence_url}")
        append(channel, "lastBuildDate", rfc2822_date(document.updated_at))
        append(channel, "ttl", str(TTL_MINUTES))
        for relation, address in self.links(document):
            append(channel, "atom:link", rel=relation, type=self.media_type, href=iri_to_uri(address))
        if site.hub:
            append(channel, "atom:link", rel="hub", href=site.hub)


def _spell_out(title: re.Match[str]) -> str:
    """The same characters as hexadecimal references.

    Some readers take a title for HTML, some for text; the profile found that this suits most of them:
    https://www.rssboard.org/rss-profile#data-types-characterdata
    """
    return title[0].replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;").replace("&gt;", "&#x3E;")


def _item(item: Element, event: EventDocument, site: Site) -> None:
    append(item, "title", event.headline)
    append(item, "link", iri_to_uri(event.url))
    append(item, "guid", event.guid, isPermaLink="false")
    append(item, "pubDate", rfc2822_date(event.first_published_at))
    for name in [author.title for author in event.authors] or [site.publisher_name]:
        append(item, "dc:creator", name)
    append(item, "dc:language", event.ref.language)
    for name in (str(event.category), *(context.name for context in event.contexts)):
        if name:
            append(item, "category", name)
    # Readers take a description for HTML, so that plain text is escaped as HTML and then as XML.
    append(item, "description", escape(event.description or event.headline, quote=False))
    if content := content_html(event):
        append(item, "content:encoded", content)
    picture = event.cover and event.cover.largest
    if picture:
        append(item, "enclosure", url=iri_to_uri(picture.url), length=str(picture.bytes), type=picture.type)
    append_media(item, event)
