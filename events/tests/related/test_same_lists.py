"""The suite runs on each database, and both have to give the lists of one gold file."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django.test import TestCase

import events
from events.documents.event_pages import event_page
from events.models import Event
from events.tests.gold import assert_gold
from events.tests.importers.files import import_lines

DEMO = Path(events.__file__).parent / "demo"
NOW = datetime(2099, 1, 1, tzinfo=UTC)


class SameListsTests(TestCase):
    def test_demo_newsroom(self):
        lines = [
            json.loads(line)
            for name in ("contexts", "events")
            for line in (DEMO / f"{name}.jsonl").read_text().splitlines()
        ]
        self.assertTrue(import_lines(*({**line, "cover_image": None} for line in lines), now=NOW).is_clean)
        lists = {
            event.import_ref: [
                f"{item.event.import_ref}: {item.when}; {item.why}"
                for item in event_page(event, now=NOW).event.related
            ]
            for event in Event.objects.public(now=NOW).for_page().order_by("import_ref")
        }
        self.assertGreater(sum(map(bool, lists.values())), len(lists) / 2)
        assert_gold(self, "related.json", json.dumps(lists, ensure_ascii=False, indent=1) + "\n")
