from pathlib import Path

from django.test import SimpleTestCase
from lxml import etree

import events
from events.formats.xml_format import NAMESPACE, XMLFormat
from events.tests import documents

NAMES = {"d": NAMESPACE}


class XMLFormatTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        path = Path(events.__file__).parent / "schemas" / "dayline-1.xsd"
        cls.schema = etree.XMLSchema(etree.parse(path))

    def _parsed(self, text: str) -> etree._Element:
        root = etree.fromstring(text.encode())
        self.schema.assertValid(root)
        return root

    def test_events_follow_the_schema(self) -> None:
        for event in (documents.make_event(), documents.make_bare_event()):
            root = self._parsed(XMLFormat().render_event(documents.make_event_page(event)))
            self.assertEqual(root.findtext("d:event/d:headline", namespaces=NAMES), event.headline)
            self.assertEqual(root.findtext("d:event/d:body", "", namespaces=NAMES), event.body)

    def test_articles_follow_the_schema(self) -> None:
        for article in (documents.make_article(), documents.make_bare_article()):
            root = self._parsed(XMLFormat().render_article(documents.make_article_page(article)))
            self.assertEqual(root.findtext("d:article/d:body", "", namespaces=NAMES), article.body)

    def test_lists_follow_the_schema(self) -> None:
        for name, make in documents.LIST_PAGES.items():
            with self.subTest(name):
                self._parsed(XMLFormat().render_list(make()))

    def test_schema_refuses_an_event_without_a_day(self) -> None:
        root = self._parsed(XMLFormat().render_event(documents.make_event_page()))
        event = root.find("d:event", NAMES)
        event.remove(event.find("d:date", NAMES))
        self.assertFalse(self.schema.validate(root))

    def test_sources_are_told_as_they_were_given(self) -> None:
        cut = "https://news.example.com/%E9%9F%93%E7%"
        event = documents.make_event(citations=(documents.make_citation(url=cut, canonical_url=cut),))
        root = self._parsed(XMLFormat().render_event(documents.make_event_page(event)))
        self.assertEqual(root.findtext(".//d:citation/d:url", namespaces=NAMES), cut)

    def test_forbidden_characters_are_left_out(self) -> None:
        event = documents.make_event(summary="a\x00b\x0bc\ud800d\ufffee ]]> &amp;", body="\x1b[1m")
        root = self._parsed(XMLFormat().render_event(documents.make_event_page(event)))
        self.assertEqual(root.findtext("d:event/d:summary", namespaces=NAMES), "abcde ]]> &amp;")
