"""A thousand scheduled entries and a clock that is stepped: none early, none late, and no job runs."""

import io
import json
import random
import re
from datetime import UTC, datetime, timedelta

import time_machine
from django.test import TestCase

from events.conf import conf
from events.importers.runner import run_import
from events.models import Event

START = datetime(2024, 6, 1, 12, tzinfo=UTC)
ENTRIES, STEPS = 1000, 30
SPAN = 24 * 3600
DAYS = [f"2024-06-{day:02}" for day in range(1, 21)]


def lines(chance: random.Random) -> list[dict]:
    """Entries whose moments lie within a day, some of them under an embargo, to the second."""
    found = []
    for number in range(ENTRIES):
        publish_at = START + timedelta(seconds=chance.randrange(1, SPAN))
        row = {
            "type": "event", "id": f"scheduled-{number}", "date": DAYS[number % len(DAYS)],
            "headline": f"Entry {number}.",
            "contexts": ["Schedules"], "citations": [{"label": "R", "url": f"https://r.example/{number}"}],
            "state": "published", "publish_at": publish_at.isoformat(),
        }  # fmt: skip
        if chance.random() < 0.3:
            row["embargo_until"] = (START + timedelta(seconds=chance.randrange(1, SPAN))).isoformat()
        found.append(row)
    return found


class SchedulesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chance = random.Random(8)  # noqa: S311 (the same moments at every run)
        cls.rows = lines(cls.chance)
        text = "\n".join(map(json.dumps, cls.rows))
        with time_machine.travel(START, tick=False):
            run_import("jsonl", io.BytesIO(text.encode()))
        cls.due = {
            row["headline"]: max(
                datetime.fromisoformat(row[name]) for name in ("publish_at", "embargo_until") if name in row
            )
            for row in cls.rows
        }

    def test_each_comes_out_at_its_second(self):
        self.assertEqual(Event.objects.count(), ENTRIES)
        moments = sorted(self.due.values())
        # Just before, at and just after moments of entries, and the beginning and the end.
        beside = [
            moment + timedelta(seconds=step)
            for moment in self.chance.sample(moments, STEPS // 3)
            for step in (-1, 0, 1)
        ]
        for now in sorted([START, *beside, START + timedelta(seconds=SPAN)]):
            expected = {headline for headline, due in self.due.items() if due <= now}
            with self.subTest(now=now), time_machine.travel(now, tick=False):
                self.assertEqual(set(Event.objects.public().values_list("headline", flat=True)), expected)
                days = [self.read(f"/news/{day.replace('-', '/')}/index.json") for day in DAYS]
                self.assertEqual(set().union(*days), expected)
                timeline = self.read("/contexts/schedules/index.json")
                self.assertLessEqual(timeline, expected)
                self.assertEqual(len(timeline), min(len(expected), conf.PAGE_SIZE))
        self.assertEqual(Event.objects.filter(revisions__version__gt=1).count(), 0)

    def read(self, path: str) -> set[str]:
        """The headlines of our entries that anybody reads at this address."""
        return set(re.findall(r'"headline": "(Entry \d+\.)"', self.client.get(path).content.decode()))
