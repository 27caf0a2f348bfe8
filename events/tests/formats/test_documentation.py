import json
import re
from io import StringIO
from pathlib import Path

import jsonschema
from django.test import SimpleTestCase
from lxml import etree

import events
from events.importers.context_markdown import read
from events.importers.records import EventRecord
from events.tests.formats.test_json_format import validate

PACKAGE = Path(events.__file__).parent
PAGE = (PACKAGE.parent / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"docs/reference/formats.md has no example of {language}"
    return found[1]


class ExampleTests(SimpleTestCase):
    def test_json_example_follows_the_schema(self) -> None:
        facts = validate(example("json"), "event.schema.json")
        self.assertEqual(facts["event"]["headline"], "Dockers vote to end their strike")

    def test_xml_example_follows_the_schema(self) -> None:
        schema = etree.XMLSchema(etree.parse(PACKAGE / "schemas" / "dayline-1.xsd"))
        schema.assertValid(etree.fromstring(example("xml").encode()))

    def test_markdown_example_is_read(self) -> None:
        record = next(r for r in read(StringIO(example("markdown"))) if isinstance(r, EventRecord))
        self.assertEqual(record.headline, "Dockers vote to end their strike")
        self.assertEqual(record.public_id, "k3v9m2qx")


class NamesTests(SimpleTestCase):
    def test_every_name_of_an_event_is_explained(self) -> None:
        schema = json.loads((PACKAGE / "schemas" / "event.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        for part in ("event", "citation", "cover"):
            for name in schema["$defs"][part]["properties"]:
                self.assertIn(f"`{name}`", PAGE, f"{part}: {name}")

    def test_every_name_of_an_article_is_explained(self) -> None:
        schema = json.loads((PACKAGE / "schemas" / "article.schema.json").read_text(encoding="utf-8"))
        for part in ("article", "byline"):
            for name in schema["$defs"][part]["properties"]:
                self.assertIn(f"`{name}`", PAGE, f"{part}: {name}")
