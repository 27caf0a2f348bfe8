"""Pinning, hiding, ordering, linking: what is written, what is recorded, what is refused."""

import random
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import TestCase

from events.models import Event, EventLink, RelatedChoice, SiteStamp
from events.tests.factories import NOW, make_event
from events.workflow import steering
from events.workflow.edits import EditConflict, editing
from events.workflow.merging import merge_events
from events.workflow.restoring import DECISIONS, restore

LATER = NOW + timedelta(hours=1)


def pins_of(event: Event) -> list[str]:
    return [row.other.headline for row in event.choices.filter(kind="pin")]


class ActsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = User.objects.create_user("editor")
        cls.event = make_event("The dam breaks")
        cls.others = [make_event(name) for name in ("A", "B", "C")]

    def test_pins_stand_in_the_order_of_pinning_and_can_be_moved(self):
        a, b, c = self.others
        for other in self.others:
            steering.pin(self.event, other, by=self.editor)
        self.assertEqual(pins_of(self.event), ["A", "B", "C"])
        steering.move(self.event, c, to=0)
        self.assertEqual(pins_of(self.event), ["C", "A", "B"])
        steering.move(self.event, c, to=99)
        self.assertEqual(pins_of(self.event), ["A", "B", "C"])
        steering.undo(self.event, b)
        self.assertEqual(list(self.event.choices.values_list("other", "position")), [(a.pk, 0), (c.pk, 1)])
        with self.assertRaises(ValidationError):
            steering.move(self.event, b, to=0)

    def test_a_pair_has_one_decision_the_last(self):
        other = self.others[0]
        steering.pin(self.event, other, note="first")
        steering.hide(self.event, other, both_sides=True, note=" not \n this one ")
        row = self.event.choices.get()
        self.assertEqual((row.kind, row.both_sides, row.note), ("hide", True, "not this one"))
        steering.pin(self.event, other)
        row = self.event.choices.get()
        self.assertEqual((row.kind, row.both_sides, row.note), ("pin", False, ""))

    def test_pinning_again_changes_nothing_and_a_note_can_be_changed(self):
        for other in self.others:
            steering.pin(self.event, other, note="why")
        steering.pin(self.event, self.others[0])
        self.assertEqual(pins_of(self.event), ["A", "B", "C"])
        steering.annotate(self.event, self.others[0], "better")
        self.assertEqual(list(self.event.choices.values_list("note", flat=True)), ["better", "why", "why"])
        with self.assertRaises(ValidationError):
            steering.annotate(self.event, make_event("Nobody chose it"), "lost")

    def test_links_are_set_changed_and_taken_back(self):
        other = self.others[0]
        steering.link(self.event, other, "update_of")
        steering.link(self.event, other, "part_of", by=self.editor)
        row = self.event.links.get()
        self.assertEqual((row.kind, row.made_by), ("part_of", self.editor))
        with self.assertRaises(ValidationError):
            steering.link(self.event, other, "friend_of")
        steering.unlink(self.event, other)
        self.assertFalse(EventLink.objects.exists())

    def test_what_cannot_be(self):
        for act in (steering.pin, steering.hide):
            with self.subTest(act=act.__name__), self.assertRaises(ValidationError):
                act(self.event, self.event)
        with self.assertRaises(ValidationError):
            steering.link(self.event, self.event, "led_to")
        merge_events(self.others[0], into=self.others[1], now=NOW)
        with self.assertRaises(ValidationError):
            steering.pin(self.event, self.others[0])
        steering.hide(self.others[2], self.event, both_sides=True)
        with self.assertRaises(ValidationError):
            steering.pin(self.event, self.others[2])
        self.assertFalse(self.event.choices.exists())

    def test_each_act_is_a_recorded_write(self):
        before = SiteStamp.objects.get().serial
        steering.pin(self.event, self.others[0], by=self.editor, note="the cause", now=LATER)
        revision = self.event.revisions.first()
        self.assertEqual((revision.version, revision.made_by, revision.note), (2, self.editor, "Pinned: A"))
        self.assertEqual(revision.snapshot["pins"], [{"id": self.others[0].public_id, "note": "the cause"}])
        # Every page that was kept is made anew, those of the other side too.
        self.assertGreater(SiteStamp.objects.get().serial, before)
        self.assertEqual(self.event.choices.get().made_by, self.editor)
        self.assertEqual(self.event.choices.get().made_at, LATER)

    def test_the_second_of_two_savers_is_told(self):
        steering.pin(self.event, self.others[0], based_on=1)
        for act, arguments in (
            (steering.pin, ()), (steering.hide, ()), (steering.undo, ()), (steering.link, ("led_to",)),
            (steering.unlink, ()),
        ):  # fmt: skip
            with self.subTest(act=act.__name__), self.assertRaises(EditConflict):
                act(self.event, self.others[1], *arguments, based_on=1)
        with self.assertRaises(EditConflict):
            steering.move(self.event, self.others[0], to=0, based_on=1)
        self.assertEqual(RelatedChoice.objects.count(), 1)

    def test_steering_does_not_cut_an_imported_entry_off_from_its_source(self):
        Event.objects.filter(pk=self.event.pk).update(imported_version=1)
        self.event.refresh_from_db()
        steering.pin(self.event, self.others[0])
        self.event.refresh_from_db()
        self.assertEqual((self.event.version, self.event.imported_version), (2, 2))
        with editing(self.event):
            self.event.summary = "Changed here."
        steering.undo(self.event, self.others[0])
        self.assertEqual((self.event.version, self.event.imported_version), (4, 2))

    def test_a_revision_brings_its_decisions_back(self):
        a, b, c = self.others
        steering.pin(self.event, b, note="b")
        steering.pin(self.event, a)
        steering.hide(self.event, c, both_sides=True)
        steering.link(self.event, a, "led_to")
        snapshot = self.event.revisions.first().snapshot
        for other in self.others:
            steering.undo(self.event, other)
        steering.unlink(self.event, a)
        self.assertNotIn("pins", self.event.revisions.first().snapshot)
        restore(self.event, snapshot, names=DECISIONS)
        restored = self.event.revisions.first().snapshot
        for name in ("pins", "hidden", "links"):
            self.assertEqual(restored[name], snapshot[name])
        restore(self.event, {}, names=DECISIONS)
        self.assertFalse(self.event.choices.exists() or self.event.links.exists())

    def test_random_acts_leave_the_rows_straight(self):
        """After each of many random acts: places without gaps, and the snapshot as it is stored."""
        chance = random.Random(7)  # noqa: S311 (the same acts at every run)
        for _round in range(60):
            other = chance.choice(self.others)
            act = chance.choice(("pin", "hide", "undo", "move", "link", "unlink"))
            extra = {"move": {"to": chance.randrange(4)}, "hide": {"both_sides": chance.random() < 0.5}}
            kind = (chance.choice(EventLink.Kind.values),) if act == "link" else ()
            is_pinned = self.event.choices.filter(other=other, kind="pin").exists()
            if act == "move" and not is_pinned:
                continue
            getattr(steering, act)(self.event, other, *kind, **extra.get(act, {}))
            pins = list(self.event.choices.filter(kind="pin").order_by("position"))
            self.assertEqual([row.position for row in pins], list(range(len(pins))))
            snapshot = self.event.revisions.first().snapshot
            self.assertEqual(
                [row["id"] for row in snapshot.get("pins", [])], [row.other.public_id for row in pins]
            )


class MergingTests(TestCase):
    """Decisions of and on an entry that is folded into another one."""

    def setUp(self):
        self.stays = make_event("Stays")
        self.goes = make_event("Goes", date=date(2024, 5, 2))
        self.a, self.b, self.c = (make_event(name) for name in "ABC")

    def merge(self) -> None:
        for event in (self.stays, self.goes):
            event.refresh_from_db()
        merge_events(self.goes, into=self.stays, now=NOW)

    def test_the_one_that_stays_takes_over_what_it_has_no_word_on(self):
        steering.pin(self.stays, self.a)
        steering.pin(self.goes, self.b, note="kept")
        steering.hide(self.goes, self.a)
        steering.pin(self.goes, self.stays)
        steering.link(self.goes, self.c, "part_of")
        self.merge()
        self.assertEqual(pins_of(self.stays), ["A", "B"])
        self.assertEqual(self.stays.choices.last().note, "kept")
        self.assertEqual(self.stays.links.get().other, self.c)
        self.assertFalse(self.goes.choices.exists() or self.goes.links.exists())
        self.assertEqual(len(self.stays.revisions.first().snapshot["pins"]), 2)

    def test_decisions_on_it_hold_for_the_one_that_stays(self):
        steering.pin(self.a, self.goes)
        steering.link(self.b, self.goes, "update_of")
        steering.pin(self.c, self.goes)
        steering.hide(self.c, self.stays)
        steering.link(self.stays, self.goes, "led_to")
        self.merge()
        self.assertEqual(pins_of(self.a), ["Stays"])
        self.assertEqual(self.b.links.get().other, self.stays)
        self.assertEqual(self.c.choices.get().kind, "hide")
        self.assertFalse(self.stays.links.exists())
        self.assertEqual(self.a.revisions.first().snapshot["pins"], [{"id": self.stays.public_id}])
