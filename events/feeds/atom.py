"""Atom 1.0 (RFC 4287), paged as in RFC 5005."""

from xml.etree.ElementTree import Element

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import rfc3339_date

from events.conf import conf
from events.documents.site import current_site
from events.documents.types import EventDocument, FeedDocument, absolute
from events.feeds.base import Feed
from events.feeds.content import content_html
from events.feeds.elements import NAMESPACES, append, append_media, declare, serialise


class AtomFeed(Feed):
    """`updated` moves only when an entry changes significantly, as the specification asks."""

    extension = "atom"
    media_type = "application/atom+xml"
    title = "Atom"

    def render(self, document: FeedDocument) -> str:
        site = current_site()
        root = Element("feed", {"xmlns": NAMESPACES["atom"], **declare("media"), "xml:lang": site.language})
        append(root, "title", document.title)
        append(root, "subtitle", document.description)
        append(root, "id", _feed_id(document))
        append(root, "updated", rfc3339_date(document.updated_at))
        author = append(root, "author")
        append(author, "name", site.publisher_name)
        append(author, "uri", site.url)
        append(root, "rights", f"{site.licence_name}, {site.licence_url}")
        page = iri_to_uri(absolute(document.page_path))
        append(root, "link", rel="alternate", type="text/html", href=page)
        for relation, address in self.links(document):
            append(root, "link", rel=relation, type=self.media_type, href=iri_to_uri(address))
        if site.hub:
            append(root, "link", rel="hub", href=site.hub)
        for event in document.events:
            _entry(root, event, site.language)
        return serialise(root)


def _feed_id(document: FeedDocument) -> str:
    """A tag URI (RFC 4151), because a feed must not change its id when the site moves."""
    return iri_to_uri(f"tag:{conf.TAG_AUTHORITY}:{document.feed_path('atom')}")


def _entry(root: Element, event: EventDocument, site_language: str) -> None:
    entry = append(root, "entry")
    if event.ref.language != site_language:
        entry.set("xml:lang", event.ref.language)
    append(entry, "title", event.headline)
    append(entry, "id", event.guid)
    append(entry, "published", rfc3339_date(event.first_published_at))
    append(entry, "updated", rfc3339_date(event.changed_at))
    for author in event.authors:
        person = append(entry, "author")
        append(person, "name", author.title)
        append(person, "uri", iri_to_uri(author.url))
    append(entry, "link", rel="alternate", type="text/html", href=iri_to_uri(event.url))
    picture = event.cover and event.cover.largest
    if picture:
        append(
            entry,
            "link",
            rel="enclosure",
            type=picture.type,
            length=str(picture.bytes),
            href=iri_to_uri(picture.url),
        )
    for name in (str(event.category), *(context.name for context in event.contexts)):
        if name:
            append(entry, "category", term=name)
    append(entry, "summary", event.description or event.headline)
    if content := content_html(event):
        append(entry, "content", content, type="html")
    append_media(entry, event)
