import json
from pathlib import Path
from typing import Any

import jsonschema
from django.test import SimpleTestCase

import events
from events.formats.json_format import JSONFormat
from events.tests import documents

SCHEMAS = Path(events.__file__).parent / "schemas"


def load(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def strict(schema: Any) -> Any:
    """The schema with names that it does not describe forbidden, so that none goes undocumented."""
    if isinstance(schema, list):
        return [strict(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if schema.get("type") == "object":
        closed["additionalProperties"] = False
    return closed


def validate(text: str, name: str) -> Any:
    facts = json.loads(text)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(strict(load(name)), format_checker=checker).validate(facts)
    return facts


class JSONFormatTests(SimpleTestCase):
    def test_events_follow_the_schema(self) -> None:
        for event in (documents.make_event(), documents.make_bare_event()):
            text = JSONFormat().render_event(documents.make_event_page(event))
            facts = validate(text, "event.schema.json")
            self.assertEqual(facts["event"]["headline"], event.headline)

    def test_articles_follow_the_schema(self) -> None:
        for article in (documents.make_article(), documents.make_bare_article()):
            text = JSONFormat().render_article(documents.make_article_page(article))
            facts = validate(text, "article.schema.json")
            self.assertEqual(facts["article"]["body"], article.body)

    def test_lists_follow_the_schema(self) -> None:
        for name, make in documents.LIST_PAGES.items():
            with self.subTest(name):
                validate(JSONFormat().render_list(make()), "list.schema.json")

    def test_schema_refuses_a_page_without_a_headline(self) -> None:
        facts = json.loads(JSONFormat().render_event(documents.make_event_page()))
        del facts["event"]["headline"]
        with self.assertRaises(jsonschema.ValidationError):
            validate(json.dumps(facts), "event.schema.json")

    def test_schemas_are_schemas_and_describe_shared_parts_alike(self) -> None:
        event, listing = load("event.schema.json"), load("list.schema.json")
        article = load("article.schema.json")
        for schema in (event, article, listing):
            jsonschema.Draft202012Validator.check_schema(schema)
        for name in event["$defs"].keys() & listing["$defs"].keys():
            self.assertEqual(event["$defs"][name], listing["$defs"][name], name)
        for name in event["$defs"].keys() & article["$defs"].keys():
            self.assertEqual(event["$defs"][name], article["$defs"][name], name)
        whole = event["$defs"]["event"]["properties"]
        entry = listing["$defs"]["entry"]["properties"]
        self.assertEqual(
            entry, {k: v for k, v in whole.items() if k not in ("body", "story_lines", "articles")}
        )

    def test_neighbours_are_linked_as_json(self) -> None:
        facts = json.loads(JSONFormat().render_list(documents.make_context_page()))
        self.assertIsNone(facts["previous"])
        self.assertTrue(
            facts["next"]["document"].endswith(
                "/contexts/harbour-strike/index.json?before=2024-02-01.p7c4w8rt"
            )
        )

    def test_text_is_readable_and_ends_with_a_line_end(self) -> None:
        text = JSONFormat().render_event(documents.make_event_page(documents.make_bare_event()))
        self.assertIn("港口重新开放", text)
        self.assertTrue(text.endswith("}\n"))
