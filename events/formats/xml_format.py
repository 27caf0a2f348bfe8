"""XML: the facts as elements of the same names. Described by `events/schemas/dayline-1.xsd`.

A list becomes an element that holds one element for each of its members; what is unknown or empty has
no element.
"""

from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from events.documents.article_types import ArticlePage
from events.documents.types import EventPage, ListPage
from events.formats.article_facts import article_page_facts
from events.formats.base import Format
from events.formats.facts import event_page_facts, list_page_facts
from events.formats.shared_facts import FORMAT, Facts
from events.text.xml_characters import without_forbidden

NAMESPACE = "urn:dayline:1"

# What a member of each list is called.
MEMBERS = {
    "agencies": "agency",
    "aliases": "alias",
    "articles": "article",
    "blocks": "block",
    "bylines": "byline",
    "calendars": "calendar",
    "chart": "bar",
    "children": "context",
    "citations": "citation",
    "contexts": "context",
    "days": "day",
    "events": "event",
    "excerpt": "piece",
    "facets": "facet",
    "feeds": "link",
    "footnotes": "footnote",
    "formats": "link",
    "gaps": "gap",
    "headline": "piece",
    "hits": "hit",
    "linked": "event",
    "links": "link",
    "months": "month",
    "names": "name",
    "notes": "note",
    "old_addresses": "address",
    "parents": "context",
    "part_of": "story",
    "problems": "problem",
    "profiles": "profile",
    "publishers": "publisher",
    "related": "event",
    "renditions": "rendition",
    "people": "person",
    "sections": "section",
    "shared": "context",
    "stories": "story",
    "story_lines": "story_line",
    "subjects": "context",
    "suggestions": "link",
    "turning_points": "event",
    "under": "name",
    "updated_entries": "event",
    "values": "value",
    "years": "year",
}


class XMLFormat(Format):
    """XML 1.0 in a namespace of its own, UTF-8, two spaces of indentation."""

    extension = "xml"
    media_type = "application/xml"
    title = "XML"

    def render_event(self, document: EventPage) -> str:
        return _serialise(event_page_facts(document, extension=self.extension))

    def render_article(self, document: ArticlePage) -> str:
        return _serialise(article_page_facts(document, extension=self.extension))

    def render_list(self, document: ListPage) -> str:
        return _serialise(list_page_facts(document, extension=self.extension))


def _serialise(facts: Facts) -> str:
    root = Element(FORMAT, {"xmlns": NAMESPACE, "version": facts["version"], "kind": facts["kind"]})
    for name, value in facts.items():
        if name not in ("format", "version", "kind"):
            _append(root, name, value)
    indent(root, "  ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _append(parent: Element, name: str, value: Any) -> None:
    if value is None or value in ("", []):
        return
    element = SubElement(parent, name)
    if isinstance(value, dict):
        for key, inner in value.items():
            _append(element, key, inner)
    elif isinstance(value, list):
        for member in value:
            _append(element, MEMBERS[name], member)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    else:
        element.text = without_forbidden(str(value))
