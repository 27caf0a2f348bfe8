"""Building XML feeds: elements by their prefixed names, and the Media RSS that RSS and Atom share."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.encoding import iri_to_uri

from events.documents.types import EventDocument
from events.text.xml_characters import without_forbidden

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


def declare(*prefixes: str) -> dict[str, str]:
    """The attributes that declare namespaces by their usual prefixes."""
    return {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in prefixes}


def append(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new last child; `text` is plain text, escaped when the feed is written."""
    attributes = {key: without_forbidden(value) for key, value in attributes.items()}
    element = SubElement(parent, name, attributes)
    element.text = without_forbidden(text) or None
    return element


def append_media(parent: Element, event: EventDocument) -> None:
    """The cover as `media:content` (Media RSS 1.5.1), where we have a file of it."""
    cover = event.cover
    picture = cover.largest if cover else None
    if cover is None or picture is None:
        return
    media = append(
        parent,
        "media:content",
        url=iri_to_uri(picture.url),
        type=picture.type,
        medium="image",
        width=str(picture.width),
        height=str(picture.height),
        fileSize=str(picture.bytes),
    )
    if cover.caption or cover.alt:
        append(media, "media:description", cover.caption or cover.alt, type="plain")
    if cover.credit:
        append(media, "media:credit", cover.credit)
    if cover.licence and cover.licence.url:
        # Not media:license, which the W3C validator does not know.
        append(media, "media:copyright", str(cover.licence.name), url=cover.licence.url)


def serialise(root: Element) -> str:
    """The whole document, indented, with its declaration."""
    indent(root, "  ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'
