import json
import random
import subprocess
import tempfile
import time
from pathlib import Path

from django.core.management import call_command
from django.test import SimpleTestCase, TestCase

from events.models import SiteStamp
from events.tests.dumps import dump
from events.tests.importers.processes import digest, manage, scratch_database, start

# Two batches, and one of mentions.
EVENTS = 1_400


def event(number: int) -> dict:
    """An event with every kind of row, sharing days, contexts and publishers with others."""
    return {
        "id": f"event-{number}",
        "date": f"20{number % 20:02}-03-{number % 28 + 1:02}",
        "headline": f"Event {number % 50} happens.",
        "summary": "It is told at length.",
        "topics": [{"title": f"Story {number % 7}"}, {"title": f"Chapter {number % 21}", "level": 1}],
        "contexts": [f"Context {number % 300}", f"Context {number % 11}"],
        "citations": [{"label": "Reuters", "url": f"https://www{number % 9}.example.org/{number}"}],
        "related": [
            {
                "date": "1999-01-01",
                "headline": f"Mention {number // 2}",
                "url": f"/news/1999/01/1/mention-{number // 2}.md",
                "shared": [f"Context {number % 11}"],
            }
        ],
    }


class ImportedTwiceTests(TestCase):
    def test_demo_loaded_again_changes_no_row(self) -> None:
        call_command("load_demo", verbosity=0)
        before, stamp = dump(), SiteStamp.objects.values_list("serial", "changed_at").get()
        self.assertGreater(len(before["Event"]), 50)
        call_command("load_demo", verbosity=0)
        self.assertEqual(dump(), before)
        self.assertEqual(SiteStamp.objects.values_list("serial", "changed_at").get(), stamp)


class KilledTests(SimpleTestCase):
    databases = "__all__"

    def test_killed_at_any_moment_and_run_again_gives_the_same_database(self) -> None:
        chance = random.Random(2016)  # noqa: S311
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "events.jsonl"
            file.write_text("\n".join(json.dumps(event(number)) for number in range(EVENTS)))
            command = ("import_events", "--format", "jsonl", str(file))
            with scratch_database() as environment:
                began = time.monotonic()
                self.assertIn(f"{EVENTS + EVENTS // 2} new", manage(environment, *command))
                lasted = time.monotonic() - began
                whole = digest(environment)
                self.assertIn("0 new, 0 updated", manage(environment, *command))
                self.assertEqual(digest(environment), whole)
            with scratch_database() as environment:
                for _attempt in range(3):
                    process = start(environment, *command)
                    try:
                        process.communicate(timeout=chance.uniform(0.3, 0.95) * lasted)
                    except subprocess.TimeoutExpired:
                        process.kill()
                        process.communicate()
                manage(environment, *command)
                self.assertEqual(digest(environment), whole)
