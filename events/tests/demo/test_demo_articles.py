"""The demo's articles tell of the demo's events, and are written once."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.test import TestCase

from events.importers.entries import derived_public_id
from events.importers.files import read_files
from events.importers.registry import get_importer
from events.importers.results import ImportResult
from events.importers.runner import run_records
from events.models import Article, Revision
from events.tests.factories import make_event

FILE: Path = settings.BASE_DIR / "events" / "demo" / "articles.jsonl"
EVENTS = settings.BASE_DIR / "events" / "demo" / "events.jsonl"


def load() -> ImportResult:
    return run_records(read_files([str(FILE)], get_importer("jsonl")), name="demo", folder=FILE.parent)


class DemoArticlesTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
        cls.articles = [line for line in lines if line["type"] == "article"]
        cls.events = {
            line["id"]: line for line in map(json.loads, EVENTS.read_text(encoding="utf-8").splitlines())
        }
        for reference in {name for line in cls.articles for name in line["events"]}:
            event = cls.events[reference]
            make_event(
                event["headline"],
                import_ref=reference,
                public_id=derived_public_id(reference),
                date=date.fromisoformat(event["date"]),
            )
        cls.loaded = load()

    def test_they_are_public_and_lead_to_what_they_tell_of(self) -> None:
        # Besides them the profile of who wrote them.
        self.assertEqual((self.loaded.counts["new"], self.loaded.rows), (len(self.articles) + 1, []))
        for line in self.articles:
            article = Article.objects.public().get(import_ref=line["id"])
            page = self.client.get(article.get_absolute_url())
            self.assertContains(page, "The Dayline Desk")
            self.assertEqual(article.events.count(), len(line["events"]))
            for event in article.events.all():
                self.assertContains(page, event.get_absolute_url())
                self.assertContains(self.client.get(event.get_absolute_url()), article.get_absolute_url())

    def test_sources_are_those_of_the_events(self) -> None:
        """So that each address has been looked at."""
        known = {source["url"] for event in self.events.values() for source in event["citations"]}
        for line in self.articles:
            article = Article.objects.get(import_ref=line["id"])
            data = self.client.get(article.get_absolute_url().rstrip("/") + ".json").json()["article"]
            self.assertTrue(data["footnotes"])
            self.assertLessEqual({note["url"] for note in data["footnotes"]}, known)

    def test_loading_again_changes_nothing(self) -> None:
        before = Revision.objects.count()
        self.assertEqual(load().counts["unchanged"], len(self.articles) + 1)
        self.assertEqual(Revision.objects.count(), before)
