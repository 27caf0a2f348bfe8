"""The demo newsroom's files: everything that the loader and the pages take for granted."""

from __future__ import annotations

import json
import re
import runpy
import sys
import unicodedata
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase
from PIL import Image

FOLDER = Path(__file__).resolve().parents[2] / "demo"

CATEGORIES = {
    "Armed conflicts and attacks",
    "Arts and culture",
    "Business and economy",
    "Disasters and accidents",
    "Health and environment",
    "International relations",
    "Law and crime",
    "Politics and elections",
    "Science and technology",
    "Sports",
}
CONTEXT_FIELDS = {
    "type", "name", "slug", "kind", "description", "parents", "aliases", "wikidata", "media_topic",
}  # fmt: skip
EVENT_FIELDS = {
    "type", "id", "date", "headline", "short_headline", "summary", "body", "category", "lang", "topics",
    "contexts", "citations", "cover_image", "state", "published_at", "updated_at",
}  # fmt: skip
OPTIONAL_EVENT_FIELDS = {
    "end_date", "date_precision", "time", "time_zone", "retraction_notice", "embargo_until", "is_incomplete",
    "pins", "hidden", "links",
}  # fmt: skip
CITATION_FIELDS = {
    "label", "url", "published_on", "accessed_on", "language", "is_paywalled", "quote",
}  # fmt: skip


def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def folded(name: str) -> str:
    """A name as the database compares it: without case, accents, spaces and punctuation."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if character.isalnum())


class DemoContextsTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contexts = read("contexts.jsonl")

    def test_every_record_has_the_fields_of_a_context(self):
        for context in self.contexts:
            with self.subTest(context["name"]):
                self.assertEqual(set(context), CONTEXT_FIELDS)
                self.assertEqual(context["type"], "context")
                self.assertIn(context["kind"], {"person", "place", "organisation", "story", "topic"})
                self.assertRegex(context["slug"], r"^[a-z0-9]+(-[a-z0-9]+)*$")
                self.assertRegex(context["wikidata"], r"^(Q[1-9]\d*)?$")
                self.assertRegex(context["media_topic"], r"^(medtop:\d{8})?$")

    def test_no_name_alias_slug_or_identifier_occurs_twice(self):
        names = [folded(name) for context in self.contexts for name in (context["name"], *context["aliases"])]
        self.assertNotIn("", names)
        for values in (
            names,
            [context["slug"] for context in self.contexts],
            [context["wikidata"] for context in self.contexts if context["wikidata"]],
        ):
            self.assertEqual([value for value, count in Counter(values).items() if count > 1], [])

    def test_parents_come_from_the_file_and_make_no_circle(self):
        parents = {context["name"]: context["parents"] for context in self.contexts}
        for name in parents:
            above, met = list(parents[name]), set()
            while above:
                parent = above.pop()
                self.assertIn(parent, parents)
                self.assertNotEqual(parent, name)
                if parent not in met:
                    met.add(parent)
                    above += parents[parent]

    def test_at_least_forty_are_described(self):
        self.assertGreaterEqual(sum(bool(context["description"]) for context in self.contexts), 40)


class DemoEventsTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.events = read("events.jsonl")
        cls.contexts = {context["name"]: context for context in read("contexts.jsonl")}

    def assert_zoned(self, moment: str):
        self.assertIsNotNone(datetime.fromisoformat(moment).tzinfo, moment)

    def in_story(self, name: str) -> int:
        return sum(name in event["contexts"] for event in self.events)

    def test_every_record_has_the_fields_of_an_event(self):
        for event in self.events:
            with self.subTest(event["id"]):
                self.assertEqual(event["type"], "event")
                self.assertEqual(EVENT_FIELDS - set(event), set())
                self.assertEqual(set(event) - EVENT_FIELDS - OPTIONAL_EVENT_FIELDS, set())
                self.assertTrue(event["headline"])
                self.assertIn(event["category"], CATEGORIES)
                self.assertIn(event["lang"], {"en", "zh-hans", "ar", "fr"})
                self.assertTrue(event["id"].startswith(f"demo-{event['date']}-"))

    def test_ids_are_unique_and_days_ascend(self):
        ids = [event["id"] for event in self.events]
        self.assertEqual(len(ids), len(set(ids)))
        days = [date.fromisoformat(event["date"]) for event in self.events]
        self.assertEqual(days, sorted(days))

    def test_decisions_name_other_entries_that_readers_see(self):
        ids = {event["id"] for event in self.events if event["state"] == "published"}
        decisions = [
            (event["id"], row["id"])
            for event in self.events
            for name in ("pins", "hidden", "links")
            for row in event.get(name, ())
        ]
        self.assertGreaterEqual(len(decisions), 5)
        for own, other in decisions:
            self.assertIn(other, ids - {own})

    def test_times_and_moments_are_valid(self):
        for event in self.events:
            with self.subTest(event["id"]):
                if "end_date" in event:
                    self.assertGreater(
                        date.fromisoformat(event["end_date"]), date.fromisoformat(event["date"])
                    )
                self.assertIn(event.get("date_precision", "day"), {"day", "month", "year"})
                self.assertEqual("time" in event, "time_zone" in event)
                if "time" in event:
                    self.assertRegex(event["time"], r"^([01]\d|2[0-3]):[0-5]\d$")
                    ZoneInfo(event["time_zone"])
                if event["published_at"]:
                    self.assert_zoned(event["published_at"])
                if event["updated_at"]:
                    self.assert_zoned(event["updated_at"])
                    self.assertGreater(
                        datetime.fromisoformat(event["updated_at"]),
                        datetime.fromisoformat(event["published_at"]),
                    )

    def test_contexts_exist_and_all_are_used(self):
        for event in self.events:
            with self.subTest(event["id"]):
                self.assertIn(len(event["contexts"]), range(2, 7))
                self.assertEqual(len(event["contexts"]), len(set(event["contexts"])))
                self.assertEqual(set(event["contexts"]) - set(self.contexts), set())
        self.assertEqual(
            set(self.contexts) - {name for event in self.events for name in event["contexts"]}, set()
        )

    def test_citations_have_a_secure_address_and_true_days(self):
        for event in self.events:
            with self.subTest(event["id"]):
                self.assertIn(len(event["citations"]), range(1, 6))
                for citation in event["citations"]:
                    self.assertEqual(set(citation), CITATION_FIELDS)
                    self.assertTrue(citation["label"])
                    self.assertRegex(citation["url"], r"^https://[a-z0-9.-]+\.[a-z]+/\S*$")
                    self.assertNotIn("wikipedia.org", citation["url"])
                    accessed = date.fromisoformat(citation["accessed_on"])
                    if citation["published_on"]:
                        self.assertLessEqual(date.fromisoformat(citation["published_on"]), accessed)

    def test_covers_are_drawn_and_described(self):
        covers = [event["cover_image"] for event in self.events if event["cover_image"]]
        self.assertGreaterEqual(len(covers), 10)
        for cover in covers:
            with self.subTest(cover["file"]):
                self.assertTrue((FOLDER / cover["file"]).is_file())
                self.assertTrue(cover["alt"])
                self.assertTrue(cover["credit"])
                self.assertEqual(cover["licence"], "CC0-1.0")

    def test_the_newsroom_is_large_enough(self):
        public = [
            event for event in self.events if event["state"] == "published" and "embargo_until" not in event
        ]
        days = Counter(event["date"] for event in public)
        self.assertGreaterEqual(len(public), 60)
        self.assertGreaterEqual(len(days), 20)
        self.assertGreaterEqual(sum(count >= 3 for count in days.values()), 3)
        self.assertGreaterEqual(len({day[:4] for day in days}), 5)

    def test_three_stories_run_through_time_and_one_has_a_part(self):
        stories = [name for name, context in self.contexts.items() if context["kind"] == "story"]
        long_stories = [name for name in stories if self.in_story(name) >= 7]
        self.assertGreaterEqual(len(long_stories), 3)
        self.assertTrue(any(set(self.contexts[name]["parents"]) & set(long_stories) for name in long_stories))

    def test_every_feature_of_the_site_has_an_example(self):
        def some(holds) -> bool:
            return any(holds(event) for event in self.events)

        self.assertEqual(
            Counter(event["state"] for event in self.events) - Counter(published=len(self.events)),
            Counter(draft=1, in_review=1, retracted=1),
        )
        self.assertTrue(
            all(event.get("retraction_notice") for event in self.events if event["state"] == "retracted")
        )
        self.assertTrue(some(lambda event: event.get("embargo_until", "").startswith("2099-")))
        self.assertTrue(some(lambda event: event.get("is_incomplete")))
        self.assertTrue(some(lambda event: "end_date" in event))
        self.assertTrue(some(lambda event: event.get("date_precision") == "month"))
        self.assertTrue(some(lambda event: event.get("date_precision") == "year"))
        self.assertTrue(
            some(lambda event: len(event["headline"]) > 170 and event["headline"].count(". ") >= 2)
        )
        self.assertTrue(some(lambda event: "“" in event["headline"]))
        self.assertTrue(some(lambda event: not event["summary"]))
        self.assertTrue(some(lambda event: not event["cover_image"]))
        self.assertTrue(some(lambda event: event["updated_at"]))
        citations = [citation for event in self.events for citation in event["citations"]]
        self.assertTrue(any(" via " in citation["label"] for citation in citations))
        self.assertTrue(any(citation["is_paywalled"] for citation in citations))
        languages = Counter(event["lang"] for event in self.events)
        self.assertGreaterEqual(languages["zh-hans"], 2)
        self.assertTrue(languages["ar"] and languages["fr"])

    def test_two_long_entries_have_a_structured_body(self):
        bodies = [event["body"] for event in self.events if event["body"]]
        self.assertEqual(len(bodies), 2)
        for body in bodies:
            self.assertIn(len(body.split()), range(500, 901))
            for mark in (r"^## ", r"^(- |1\. )", r"^> "):
                self.assertTrue(re.search(mark, body, flags=re.MULTILINE), mark)


class DemoCoversTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The script runs from its own folder, outside the package, so that drawing needs nothing but Pillow.
        with mock.patch.object(sys, "path", [str(FOLDER), *sys.path]):
            cls.script = runpy.run_path(str(FOLDER / "draw_covers.py"))

    def test_the_folder_holds_what_the_script_draws(self):
        files = {path.name for path in (FOLDER / "covers").iterdir()}
        self.assertEqual(files, {f"{name}.jpg" for name in self.script["PICTURES"]})

    def test_every_cover_belongs_to_an_event(self):
        used = {event["cover_image"]["file"] for event in read("events.jsonl") if event["cover_image"]}
        self.assertEqual(used, {f"covers/{name}.jpg" for name in self.script["PICTURES"]})

    def test_pictures_are_progressive_jpegs_of_one_size(self):
        for path in sorted((FOLDER / "covers").iterdir()):
            with self.subTest(path.name), Image.open(path) as image:
                self.assertEqual((image.format, image.size), ("JPEG", (1600, 1000)))
                self.assertTrue(image.info.get("progressive"))
                self.assertLessEqual(path.stat().st_size, self.script["MAX_BYTES"])


class DemoStoriesTests(SimpleTestCase):
    def test_stories_name_contexts_and_entries_that_there_are(self):
        kinds = {context["name"]: context["kind"] for context in read("contexts.jsonl")}
        entries = {event["id"]: event for event in read("events.jsonl")}
        stories = read("stories.jsonl")
        self.assertTrue(any("title" in story for story in stories))
        for story in stories:
            with self.subTest(story.get("context") or story["title"]):
                names = set(story.get("contexts") or [story["context"]])
                self.assertIn("story", {kinds[name] for name in names})
                for point in story["turning_points"]:
                    entry = entries[point["id"]]
                    self.assertEqual(entry["state"], "published")
                    self.assertLessEqual(names, set(entry["contexts"]))
                    self.assertLessEqual(story.get("first_day", ""), entry["date"])
                    self.assertLessEqual(entry["date"], story.get("last_day", "9999"))
