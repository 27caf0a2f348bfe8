import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import yaml
from django.test import SimpleTestCase
from lxml import etree

from events.documents.types import EventPage
from events.formats.front_matter import without_empty
from events.formats.json_format import JSONFormat
from events.formats.markdown import MarkdownFormat
from events.formats.xml_format import MEMBERS, XMLFormat
from events.importers.context_markdown import read
from events.importers.records import EventRecord
from events.tests import documents


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every known fact with its place, all values as text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{path}/{number}")
    else:
        yield path, json.dumps(value) if isinstance(value, bool) else str(value)


def facts_of_json(document: EventPage) -> dict[str, Any]:
    facts = json.loads(JSONFormat().render_event(document))
    shared = {name: facts[name] for name in ("licence", "formats", "feeds")}
    return without_empty(facts["event"] | shared)


def facts_of_xml(document: EventPage) -> dict[str, Any]:
    def read_element(element: etree._Element) -> Any:
        name = etree.QName(element).localname
        if not len(element):
            return element.text
        if name in MEMBERS and all(etree.QName(e).localname == MEMBERS[name] for e in element):
            return [read_element(member) for member in element]
        return {etree.QName(e).localname: read_element(e) for e in element if e.text != "false"}

    facts = read_element(etree.fromstring(XMLFormat().render_event(document).encode()))
    return facts["event"] | {name: facts[name] for name in ("licence", "formats", "feeds")}


def facts_of_markdown(document: EventPage) -> dict[str, Any]:
    """The front matter, completed by what the page shows."""
    text = MarkdownFormat().render_event(document)
    facts = yaml.safe_load(text.split("---\n")[1])
    record = next(r for r in read(StringIO(text)) if isinstance(r, EventRecord))
    facts |= {"headline": record.headline, "summary": record.summary, "body": record.body}
    for number, citation in enumerate(record.citations):
        fact = facts["citations"][number]
        fact |= {"position": fact.pop("number"), "label": citation.label, "url": citation.url}
    printed = re.findall(r"^\d+\. \[(.*)\]\((/news/.*)\.md\) _Context: (.*)_$", text, re.MULTILINE)
    for fact, (headline, path, shared) in zip(facts.get("related", ()), printed, strict=True):
        del fact["number"]
        slugs = {context["name"]: context for context in facts["contexts"]}
        fact |= {
            "headline": re.sub(r"\\(.)", r"\1", headline),
            "address": f"{document.event.url.partition('/news/')[0]}{path}/",
            "shared": [slugs[name] for name in shared.split(", ")],
        }
    return without_empty({k: v for k, v in facts.items() if k not in ("format", "version", "kind")})


class SameFactsTests(SimpleTestCase):
    maxDiff = None

    def test_all_formats_carry_the_same_facts(self) -> None:
        for event in (documents.make_event(), documents.make_bare_event()):
            document = documents.make_event_page(event)
            expected = dict(leaves(facts_of_json(document)))
            self.assertEqual(dict(leaves(facts_of_xml(document))), expected)
            self.assertEqual(dict(leaves(facts_of_markdown(document))), expected)
