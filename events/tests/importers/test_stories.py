import io
import json
from datetime import date

from django.test import TestCase

from events.importers.results import ImportResult
from events.importers.runner import run_import
from events.models import StoryLine, TurningPoint
from events.tests.factories import make_context, make_event, make_story_line

EVENT = {
    "type": "event",
    "id": "e/1",
    "date": "2020-01-02",
    "headline": "The arch closes",
    "contexts": ["Span"],
}
LINE = {
    "type": "story",
    "title": "Steel bridge",
    "contexts": ["Span"],
    "first_day": "2020-01-01",
    "turning_points": [{"id": "e/1", "note": "At last."}],
}


def load(*lines: dict, **options) -> ImportResult:
    stream = io.BytesIO("\n".join(map(json.dumps, lines)).encode())
    return run_import("jsonl", stream, path="stories.jsonl", **options)


class StoriesTests(TestCase):
    def test_line_may_stand_before_its_events(self) -> None:
        self.assertTrue(load(LINE, EVENT).is_clean)
        line = StoryLine.objects.get()
        self.assertEqual((line.events_count, line.first_day), (1, date(2020, 1, 1)))
        self.assertEqual(line.turning_points.get().note, "At last.")

    def test_dry_run_asks_for_no_event_that_it_took_back(self) -> None:
        self.assertTrue(load(EVENT, LINE, dry_run=True).is_clean)
        self.assertFalse(StoryLine.objects.exists())

    def test_known_line_is_completed_and_left_alone_when_the_same(self) -> None:
        load(EVENT, LINE)
        self.assertEqual(load(LINE).counts["unchanged"], 1)
        self.assertEqual(load(LINE | {"title": "Steel bridges", "slug": "steel-bridge"}).counts["updated"], 1)
        self.assertEqual(StoryLine.objects.get().title, "Steel bridges")
        self.assertEqual(TurningPoint.objects.count(), 1)

    def test_own_line_of_a_context_gets_its_turning_points(self) -> None:
        make_context("Span", kind="story")
        event = make_event(contexts=["Span"])
        own = {"type": "story", "context": "Span", "turning_points": [{"id": event.public_id}]}
        self.assertEqual(load(own).counts["new"], 1)
        self.assertEqual(load(own).counts["unchanged"], 1)

    def test_what_is_wrong_is_told_with_its_line(self) -> None:
        make_context("Span", kind="story")
        make_story_line("Taken", ["Span"])
        for line, words in (
            ({"type": "story"}, "needs a title"),
            ({"type": "story", "context": "Nobody"}, "names no context"),
            (LINE | {"turning_points": [{"id": "none"}]}, "No entry has the id “none”."),
            (LINE | {"contexts": []}, "Name between 1 and 6 contexts"),
            (LINE | {"last_day": "2019-01-01"}, "The last day comes before the first one."),
            (LINE | {"slug": "span"}, "story line of a context"),
            (LINE | {"first_day": "yesterday"}, "first_day"),
        ):
            with self.subTest(words):
                result = load(line)
                self.assertEqual(result.counts["invalid"], 1)
                self.assertIn(words, result.rows[0].message)
                self.assertEqual(result.rows[0].where, "stories.jsonl:1")
        self.assertEqual(StoryLine.objects.count(), 1)
