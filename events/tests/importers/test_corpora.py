"""Real input: the reference page whole, and slices of both corpora through import, site and export."""

import io
import json
import random
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import quote

import feedparser
import jsonschema
import pytest
from django.core.management import call_command
from django.test import TestCase, override_settings
from lxml import etree

from events import derived
from events.feeds.registry import FEEDS
from events.importers.base import open_source
from events.importers.registry import get_importer
from events.importers.runner import run_records
from events.models import Context, ContextListing, Event, PublisherListing
from events.tests.dumps import dump
from events.tests.formats.test_json_format import SCHEMAS, load
from events.tests.importers.processes import memory, scratch_database

CORPORA = ("events-en-2020-2021", "events-zh-context")
MOST_BYTES = 200 * 1024 * 1024
DAY = "/news/2016/02/21/"
RELATED_CONTEXTS = [
    ["Homs", "Islamic State", "Syria", "Syrian Civil War"],
    *[["Islamic State", "Syria", "Syrian Civil War"]] * 4,
]


@cache
def json_schema(name: str) -> jsonschema.protocols.Validator:
    schema = load(name)
    return jsonschema.validators.validator_for(schema)(schema)


@cache
def xml_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "dayline-1.xsd"))


class SharedTestCase(TestCase):
    @pytest.fixture(autouse=True)
    def _shared(self, shared_dir: Path) -> None:
        self.shared = shared_dir


@override_settings(EVENTS_RELATED_RANKER="shared_newest")
class ReferencePageTests(SharedTestCase):
    """The page that this site's pages are modelled on, part by part, its related list by its own rule."""

    maxDiff = None

    def setUp(self) -> None:
        page = self.shared / "reference" / "context-event-page.md"
        call_command("import_events", str(page), format="context", stdout=io.StringIO())
        self.source = page.read_text(encoding="utf-8")
        self.event = Event.objects.get(date="2016-02-21")
        self.path = self.event.get_absolute_url()
        self.stem = self.path.rstrip("/")

    def get(self, path: str) -> str:
        response = self.client.get(quote(path))
        self.assertEqual(response.status_code, 200, path)
        return response.content.decode()

    def test_every_fact_in_json(self) -> None:
        page = json.loads(self.get(f"{self.stem}.json"))
        json_schema("event.schema.json").validate(page)
        event = page["event"]
        self.assertEqual(event["date"], "2016-02-21")
        self.assertTrue(event["headline"].startswith("Twin bomb blasts hit the Syrian city of Homs"))
        self.assertEqual(len(event["headline"]), 177)
        self.assertIn("at least 140 people", event["summary"])
        citations = [(c["label"], c["agency"], c["carrier"]) for c in event["citations"]]
        self.assertEqual(
            citations,
            [
                ("AFP via Daily Mail", "AFP", "Daily Mail"),
                ("AFP via Yahoo! News", "AFP", "Yahoo! News"),
                ("BBC", "", ""),
                ("CNN", "", ""),
                ("Reuters", "Reuters", ""),
            ],
        )
        self.assertTrue(all(c["url"] in self.source for c in event["citations"]))
        self.assertIn(event["cover"]["source_address"], self.source)
        self.assertEqual(
            [[context["name"] for context in related["shared"]] for related in event["related"]],
            RELATED_CONTEXTS,
        )
        self.assertEqual(
            [related["date"] for related in event["related"]],
            ["2016-09-05", "2017-08-28", "2017-06-20", "2017-05-02", "2017-03-08"],
        )

    @override_settings(EVENTS_RELATED_RANKER="dayline")
    def test_our_own_ranker_has_the_same_five_in_an_archive_of_six(self) -> None:
        related = json.loads(self.get(f"{self.stem}.json"))["event"]["related"]
        self.assertEqual(
            sorted([context["name"] for context in each["shared"]] for each in related),
            sorted(RELATED_CONTEXTS),
        )

    def test_page_markdown_and_xml_show_the_same(self) -> None:
        event = json.loads(self.get(f"{self.stem}.json"))["event"]
        xml = self.get(f"{self.stem}.xml")
        xml_schema().assertValid(etree.fromstring(xml.encode()))
        markdown = self.get(f"{self.stem}.md")
        texts = {
            "page": etree.tostring(etree.HTML(self.get(self.path)), method="text", encoding="unicode"),
            "xml": " ".join(etree.fromstring(xml.encode()).itertext()),
            "markdown": markdown.replace("\\", ""),
        }
        shown = [
            event["headline"],
            event["summary"],
            *(citation["label"] for citation in event["citations"]),
            *(related["headline"] for related in event["related"]),
            *(name for names in RELATED_CONTEXTS for name in names),
        ]
        for name, text in texts.items():
            words = " ".join(text.split())
            for each in shown:
                self.assertIn(each, words, name)
            places = [words.index(related["headline"]) for related in event["related"]]
            self.assertEqual(places, sorted(places), name)
        self.assertIn(f'href="{DAY}"', self.get(self.path))
        self.assertIn(f"### [2016-02-21]({DAY}index.md)", markdown)
        for citation in event["citations"]:
            self.assertIn(citation["url"], markdown)
        self.assertIn(f"6. [Cover Image]({event['cover']['source_address']})", markdown)

    def test_old_addresses_lead_on(self) -> None:
        related = [line for line in self.source.splitlines() if "](/news/201" in line and "_Context" in line]
        self.assertEqual(len(related), 5)
        for line in related:
            old = line.partition("](/")[2].partition(".md)")[0]
            for extension, ending in ((".md", ".md"), (".html", "/"), ("/", "/"), ("", "/")):
                response = self.client.get(f"/{old}{extension}")
                self.assertEqual(response.status_code, 301, old)
                self.assertTrue(response["Location"].endswith(ending))
                # At most one more step, from the unpadded day.
                self.assertIn(
                    self.client.get(response["Location"], follow=True).status_code,
                    (200,),
                    response["Location"],
                )
        for unpadded in ("/news/2016/2/21/", "/news/2016/02/21/index.html"):
            response = self.client.get(unpadded)
            self.assertEqual((response.status_code, response["Location"]), (301, DAY))


@pytest.mark.corpus
class CorpusTests(SharedTestCase):
    """Every 16th entry of each corpus in the site."""

    maxDiff = None

    def records(self, corpus: str) -> list:
        with open_source(self.shared / "data" / f"{corpus}.jsonl.gz") as stream:
            return list(get_importer("jsonl").read(stream, path=corpus))[3::16]

    def test_pages_formats_and_feeds_of_a_sample(self) -> None:
        for corpus in CORPORA:
            run_records(self.records(corpus), name=corpus)
        chance = random.Random(2)  # noqa: S311
        events = chance.sample(list(Event.objects.all()), 40)
        contexts = Context.objects.in_bulk(
            chance.sample(sorted(set(ContextListing.objects.values_list("context", flat=True))), 40)
        ).values()
        hosts = PublisherListing.objects.values_list("publisher__host", flat=True)
        lists = [
            *(f"/news/{event.date:%Y/%m/%d}/" for event in events),
            *(f"/contexts/{context.slug}/" for context in contexts),
            *(f"/sources/{host}/" for host in chance.sample(sorted(set(hosts)), 40)),
        ]
        for event in events:
            path = event.get_absolute_url()
            self.check(path, path.rstrip("/"))
        for path in lists:
            self.check(path, f"{path}index", feed=None if path.startswith("/news/") else f"{path}feed")
        self.check_feed("/feeds/news")

    def check(self, path: str, stem: str, *, feed: str | None = None) -> None:
        self.assertEqual(self.client.get(quote(path)).status_code, 200, path)
        kind = "list" if stem.endswith("/index") else "event"
        json_schema(f"{kind}.schema.json").validate(json.loads(self.get(f"{stem}.json")))
        xml_schema().assertValid(etree.fromstring(self.get(f"{stem}.xml")))
        self.assertTrue(self.get(f"{stem}.md").startswith(b"---\n"))
        if feed:
            self.check_feed(feed)

    def check_feed(self, stem: str) -> None:
        for feed in FEEDS:
            text = self.get(f"{stem}.{feed.extension}")
            if feed.extension == "json":
                self.assertTrue(json.loads(text)["items"], stem)
                continue
            found = feedparser.parse(text)
            self.assertFalse(found.bozo, (stem, found.get("bozo_exception")))
            self.assertTrue(found.entries, stem)

    def get(self, path: str) -> bytes:
        response = self.client.get(quote(path))
        self.assertEqual(response.status_code, 200, path)
        return response.content

    def test_export_import_export_gives_the_same_bytes(self) -> None:
        for corpus in CORPORA:
            run_records(self.records(corpus)[::12], name=corpus)
        for format, importer in (("jsonl", "jsonl"), ("md", "context")):
            with tempfile.TemporaryDirectory() as folder:
                first = export(Path(folder) / "first", format)
                derived.forget(list(Event.objects.values_list("pk", flat=True)))
                Event.objects.all().delete()
                Context.objects.all().delete()
                out = io.StringIO()
                call_command("import_events", f"{folder}/first", format=importer, stdout=out)
                self.assertIn("0 updated", out.getvalue())
                self.assertEqual(export(Path(folder) / "second", format), first)

    def test_imported_twice_changes_nothing(self) -> None:
        for corpus in CORPORA:
            records = self.records(corpus)[::3]
            run_records(records, name=corpus)
            before = dump()
            again = run_records(self.records(corpus)[::3], name=corpus)
            self.assertEqual(again.counts["unchanged"], again.counts.total())
            self.assertEqual(dump(), before)


@pytest.mark.corpus
class WholeCorpusTests(SharedTestCase):
    def test_memory_of_an_import_is_bounded(self) -> None:
        for corpus in CORPORA:
            with scratch_database() as environment:
                file = str(self.shared / "data" / f"{corpus}.jsonl.gz")
                self.assertLess(memory(environment, "import_events", "--format", "jsonl", file), MOST_BYTES)


def export(out: Path, format: str) -> dict[str, bytes]:
    call_command("export_events", format=format, out=out, stdout=io.StringIO())
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}
