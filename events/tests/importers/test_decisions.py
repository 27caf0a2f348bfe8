"""Pins, hidden entries and links that come with an import: when they are told, and who has the last word."""

import io
import json
from unittest.mock import patch

from django.contrib.auth.models import User
from django.test import TestCase

from events.importers.decisions import Decisions
from events.importers.runner import run_import
from events.models import Event, EventLink, RelatedChoice
from events.tests.factories import NOW
from events.workflow import steering
from events.workflow.edits import editing


def row(ref: str, **fields) -> dict:
    return {"type": "event", "id": ref, "date": "2024-05-01", "headline": f"Event {ref}", **fields}


def bring(*rows: dict, **options):
    data = "\n".join(map(json.dumps, rows)).encode()
    return run_import("jsonl", io.BytesIO(data), path="events.jsonl", now=NOW, **options)


STEERED = row(
    "a",
    pins=[{"id": "c", "note": "first"}, {"id": "b"}],
    hidden=[{"id": "d", "both_sides": True}],
    links=[{"id": "b", "kind": "led_to"}],
)
OTHERS = tuple(map(row, "bcd"))


class DecisionsTests(TestCase):
    def told(self, ref: str = "a") -> dict[str, list]:
        event = Event.objects.get(import_ref=ref)
        kinds: dict[str, list] = {"pin": [], "hide": []}
        for choice in event.choices.select_related("other"):
            kinds[choice.kind].append(choice.other.import_ref)
        links = event.links.values_list("kind", "other__import_ref")
        return kinds | {"links": list(links)}

    ALL = {"pin": ["c", "b"], "hide": ["d"], "links": [("led_to", "b")]}

    def test_entries_further_down_the_file_are_waited_for(self):
        result = bring(STEERED, *OTHERS)
        self.assertEqual((result.counts["new"], result.counts["updated"]), (4, 0))
        self.assertEqual(self.told(), self.ALL)
        choice = RelatedChoice.objects.get(other__import_ref="c")
        self.assertEqual((choice.note, choice.made_by, choice.made_at), ("first", None, NOW))
        self.assertTrue(RelatedChoice.objects.get(kind="hide").both_sides)
        event = Event.objects.get(import_ref="a")
        self.assertEqual(len(event.revisions.first().snapshot["pins"]), 2)

    def test_entries_of_another_file_are_waited_for(self):
        bring(STEERED, *OTHERS[:1])
        self.assertEqual(self.told(), {"pin": ["b"], "hide": [], "links": [("led_to", "b")]})
        bring(*OTHERS[1:])
        result = bring(STEERED)
        self.assertEqual(result.counts["unchanged"], 1)
        self.assertEqual(self.told(), self.ALL)

    def test_a_run_that_was_killed_is_made_good_by_the_next(self):
        with (
            patch.object(Decisions, "carry_out", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
        ):
            bring(STEERED, *OTHERS)
        self.assertEqual(self.told()["pin"], [])
        result = bring(STEERED, *OTHERS)
        self.assertEqual(result.counts["unchanged"], 4)
        self.assertEqual(self.told(), self.ALL)

    def test_the_same_again_leaves_no_trace(self):
        bring(STEERED, *OTHERS)
        before = list(RelatedChoice.objects.values()), Event.objects.get(import_ref="a").version
        self.assertEqual(bring(STEERED, *OTHERS).counts["unchanged"], 4)
        after = list(RelatedChoice.objects.values()), Event.objects.get(import_ref="a").version
        self.assertEqual(after, before)

    def test_a_changed_record_changes_the_decisions(self):
        bring(STEERED, *OTHERS)
        bring(STEERED | {"pins": [{"id": "b"}], "summary": "More."})
        self.assertEqual(self.told(), self.ALL | {"pin": ["b"]})
        # One that says nothing of related stories takes nothing away.
        bring(row("a", summary="Still more."))
        self.assertEqual(self.told(), self.ALL | {"pin": ["b"]})
        self.assertEqual(Event.objects.get(import_ref="a").summary, "Still more.")

    def test_a_record_takes_nothing_away_of_what_it_does_not_tell(self):
        bring(STEERED, *OTHERS)
        bring(row("a", links=[{"id": "c", "kind": "led_to"}]))
        self.assertEqual(self.told(), self.ALL | {"links": [("led_to", "c")]})
        bring(row("a", hidden=[{"id": "c"}]))
        self.assertEqual(self.told(), {"pin": [], "hide": ["c"], "links": [("led_to", "c")]})

    def test_an_editor_here_has_the_last_word(self):
        editor = User.objects.create_user("editor")
        bring(STEERED, *OTHERS)
        event, other = (Event.objects.get(import_ref=ref) for ref in "ad")
        steering.pin(event, other, by=editor)
        self.assertEqual(bring(STEERED | {"summary": "More."}).counts["updated"], 1)
        self.assertEqual(self.told(), {"pin": ["c", "b", "d"], "hide": [], "links": [("led_to", "b")]})
        with editing(Event.objects.get(pk=event.pk), by=editor) as changed:
            changed.summary = "Changed here."
        self.assertEqual(bring(STEERED).counts["skipped"], 1)

    def test_no_moment_moves(self):
        bring(STEERED | {"edited_at": "2024-05-03T10:00:00Z"}, *OTHERS)
        self.assertEqual(Event.objects.get(import_ref="a").edited_at.isoformat(), "2024-05-03T10:00:00+00:00")

    def test_a_dry_run_decides_nothing(self):
        self.assertEqual(bring(STEERED, *OTHERS, dry_run=True).counts["new"], 4)
        self.assertFalse(Event.objects.exists() or EventLink.objects.exists())

    def test_entries_are_meant_by_either_name_and_never_themselves(self):
        bring(*OTHERS)
        public_id = Event.objects.get(import_ref="b").public_id
        bring(row("a", pins=[{"id": public_id}, {"id": "a"}, {"id": "unknown"}]))
        self.assertEqual(self.told()["pin"], ["b"])

    def test_wrong_fields_are_told(self):
        for field, value in (
            ("pins", ["b"]),
            ("pins", [{"note": "none"}]),
            ("links", [{"id": "b"}]),
            ("links", [{"id": "b", "kind": "friend_of"}]),
        ):
            with self.subTest(field=field, value=value):
                self.assertEqual(bring(row("x", **{field: value})).counts["invalid"], 1)
