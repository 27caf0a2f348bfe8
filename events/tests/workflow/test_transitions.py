from datetime import timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase

from events.models import Event
from events.tests.factories import NOW, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import EditConflict
from events.workflow.transitions import TRANSITIONS, carry_out, move, open_to

LATER = NOW + timedelta(hours=3)


class MoveTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("Chief editor")
        cls.reporter = make_user("Reporter")

    def test_every_transition_leaves_only_its_own_states(self):
        for transition in TRANSITIONS:
            for state in Event.State.values:
                if state in transition.sources:
                    continue
                with (
                    self.subTest(transition=transition.name, state=state),
                    self.assertRaises(ValidationError),
                ):
                    move(Event(state=state), transition.name, by=self.chief, now=NOW, notice="Wrong.")

    def test_every_transition_needs_its_permission(self):
        stranger = User.objects.create_user("stranger")
        for transition in TRANSITIONS:
            event = Event(state=transition.sources[0])
            with self.subTest(transition=transition.name), self.assertRaises(PermissionDenied):
                move(event, transition.name, by=stranger, now=NOW)
            self.assertEqual(event.state, transition.sources[0])

    def test_publishing_sets_the_moment(self):
        event = Event(state="draft", publish_at=LATER, embargo_until=NOW)
        move(event, "publish", by=self.chief, now=NOW)
        self.assertEqual((event.state, event.publish_at, event.embargo_until), ("published", NOW, NOW))

    def test_publishing_at_once_breaks_no_embargo(self):
        for state in ("draft", "published"):
            event = Event(state=state, embargo_until=LATER)
            with self.subTest(state=state), self.assertRaises(ValidationError) as caught:
                move(event, "publish", by=self.chief, now=NOW)
            self.assertIn("embargo_until", caught.exception.message_dict)
            self.assertEqual((event.state, event.publish_at, event.embargo_until), (state, None, LATER))

    def test_an_embargo_alone_is_a_moment_to_schedule_for(self):
        event = move(Event(state="draft", embargo_until=LATER), "schedule", by=self.chief, now=NOW)
        self.assertEqual((event.state, event.publish_at), ("published", LATER))

    def test_schedule_needs_a_moment_that_lies_ahead(self):
        for moment in (None, NOW, NOW - timedelta(days=1)):
            with self.subTest(moment=moment), self.assertRaises(ValidationError) as caught:
                move(Event(state="draft", publish_at=moment), "schedule", by=self.chief, now=NOW)
            self.assertIn("publish_at", caught.exception.message_dict)
        event = move(Event(state="draft"), "schedule", by=self.chief, now=NOW, publish_at=LATER)
        self.assertEqual((event.state, event.publish_at), ("published", LATER))

    def test_retraction_needs_a_notice(self):
        with self.assertRaises(ValidationError) as caught:
            move(Event(state="published"), "retract", by=self.chief, now=NOW, notice="  ")
        self.assertIn("retraction_notice", caught.exception.message_dict)

    def test_what_goes_back_to_draft_loses_its_moment(self):
        event = move(Event(state="published", publish_at=LATER), "unpublish", by=self.chief, now=NOW)
        self.assertEqual((event.state, event.publish_at), ("draft", None))


class OpenToTests(TestCase):
    def test_only_what_the_state_and_the_group_allow_is_offered(self):
        expected = {
            ("Reporter", "draft"): ["submit"],
            ("Reporter", "in_review"): ["withdraw"],
            ("Reporter", "published"): [],
            ("Editor", "draft"): ["submit", "publish", "schedule"],
            ("Editor", "published"): ["unpublish"],
            ("Chief editor", "published"): ["unpublish", "retract"],
            ("Chief editor", "retracted"): ["reinstate"],
        }
        users = {group: make_user(group) for group in ("Reporter", "Editor", "Chief editor")}
        for (group, state), names in expected.items():
            event = Event(state=state, publish_at=NOW)
            with self.subTest(group=group, state=state):
                offered = [found.name for found in open_to(event, users[group], now=NOW)]
                self.assertEqual(offered, names)

    def test_what_is_scheduled_can_be_published_now(self):
        event = Event(state="published", publish_at=LATER)
        offered = [found.name for found in open_to(event, make_user("Editor"), now=NOW)]
        self.assertIn("publish", offered)


class CarryOutTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("Chief editor")

    def test_one_recorded_write(self):
        event = make_event(state="draft")
        carry_out(event, "publish", by=self.chief, now=NOW)
        event.refresh_from_db()
        self.assertTrue(event.is_public(now=NOW))
        latest = event.revisions.first()
        self.assertEqual((latest.version, latest.made_by), (2, self.chief))

    def test_nothing_is_written_where_it_is_not_allowed(self):
        event = make_event(state="draft")
        with self.assertRaises(PermissionDenied):
            carry_out(event, "publish", by=make_user("Reporter"), now=NOW)
        self.assertEqual(event.revisions.count(), 1)
        self.assertEqual(Event.objects.get(pk=event.pk).state, "draft")

    def test_a_colleague_who_was_first_is_not_overwritten(self):
        event = make_event(state="draft")
        stale = Event.objects.get(pk=event.pk)
        carry_out(event, "submit", by=self.chief, now=NOW)
        with self.assertRaises(EditConflict):
            carry_out(stale, "publish", by=self.chief, now=NOW)
