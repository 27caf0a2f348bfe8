"""Entries written by the batch are the entries that single edits would have left."""

import io
import json

from django.db import connection
from django.test import TestCase

from events import derived
from events.importers.runner import run_import
from events.models import Event, SiteStamp
from events.models.entries import visible_at
from events.search.finder import find
from events.search.query import parse
from events.sql import run, stored
from events.tests.factories import NOW, make_context
from events.workflow.inserts import insert, reserve
from events.workflow.snapshots import whole_entry

LINES = [
    {
        "type": "event",
        "id": "a",
        "date": "2024-05-01",
        "end_date": "2024-05-03",
        "time": "09:30",
        "time_zone": "Asia/Damascus",
        "headline": "A bridge is opened",
        "summary": "By *two* ministers.",
        "contexts": ["Bridges"],
        "citations": [{"label": "AFP via Yahoo! News", "url": "https://news.yahoo.com/1", "quote": "Open."}],
        "cover_image": {"source_url": "https://example.org/1.jpg", "alt": "A bridge"},
        "publish_at": "2024-05-01T10:00:00Z",
        "embargo_until": "2024-05-02T10:00:00Z",
    },
    {"id": "b", "date": "2024-05-01", "headline": "A bridge is opened", "topics": [{"title": "Bridges"}]},
    {"type": "event", "id": "c", "date": "2024-05-01", "headline": "A draft", "state": "draft"},
]


class RecordNewTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        run_import("jsonl", io.BytesIO("\n".join(map(json.dumps, LINES)).encode()), now=NOW)

    def test_first_revision_is_the_whole_entry(self) -> None:
        for event in Event.objects.all():
            with self.subTest(event.import_ref):
                self.assertEqual(event.revisions.get().snapshot, whole_entry(event))

    def test_moment_is_the_one_that_the_database_computes(self) -> None:
        for event in Event.objects.all():
            with self.subTest(event.import_ref):
                self.assertEqual(visible_at(event), event.visible_at)
        self.assertEqual(len({event.visible_at for event in Event.objects.all()}), 3)

    def test_published_entries_are_listed_counted_and_found(self) -> None:
        context = Event.objects.get(import_ref="a").contexts.get()
        self.assertEqual((context.events_count, context.kind), (2, "story"))
        self.assertEqual(find(parse("bridge"), now=NOW, limit=5).count, 2)

    def test_words_made_ahead_give_way_to_the_names_that_are_stored(self) -> None:
        make_context("Syrian Civil War", aliases=["Assad's war"])
        line = {
            "id": "d",
            "date": "2024-05-02",
            "headline": "A truce",
            "contexts": ["SYRIAN CIVIL WAR", "Homs"],
        }
        run_import("jsonl", io.BytesIO(json.dumps(line).encode()), now=NOW)
        before = indexed()
        self.assertEqual(find(parse('"assads war"'), now=NOW, limit=5).count, 1)
        derived.refresh(list(Event.objects.values_list("pk", flat=True)), now=NOW)
        self.assertEqual(indexed(), before)


def indexed() -> list[str]:
    """What search keeps of all entries, in one order."""
    tables = {"sqlite": ("searchentry", "searchtext"), "postgresql": ("searchentry",)}[connection.vendor]
    return sorted(str(row) for name in tables for row in run(f"SELECT * FROM events_{name}"))  # noqa: S608


class ReserveTests(TestCase):
    def test_rows_that_follow_have_keys_of_their_own(self) -> None:
        first, second = reserve(SiteStamp, 2)
        insert(SiteStamp, ("id", "serial", "changed_at"), [(first, 1, stored(NOW)), (second, 2, stored(NOW))])
        third = SiteStamp.objects.create(serial=3, changed_at=NOW)
        self.assertEqual(len({first, second, third.pk}), 3)
        (fourth,) = reserve(SiteStamp, 1)
        self.assertGreater(fourth, third.pk)

    def test_none_are_taken_for_nothing(self) -> None:
        self.assertEqual(list(reserve(SiteStamp, 0)), [])
