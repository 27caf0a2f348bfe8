"""The four dates of an entry: which write moves which."""

from datetime import timedelta

from django.test import TestCase

from events.tests.factories import NOW, make_event, retract
from events.workflow.edits import editing

HOUR = timedelta(hours=1)


class MomentsTests(TestCase):
    def test_draft_has_been_published_never(self):
        event = make_event(state="draft")
        self.assertEqual((event.first_published_at, event.updated_at, event.edited_at), (None, None, NOW))

    def test_first_publication_follows_the_schedule_until_it_has_come(self):
        event = make_event(publish_at=NOW + HOUR)
        self.assertEqual(event.first_published_at, NOW + HOUR)
        with editing(event, now=NOW + HOUR / 2):
            event.publish_at = NOW + 2 * HOUR
        self.assertEqual(event.first_published_at, NOW + 2 * HOUR)
        with editing(event, now=NOW + HOUR):
            event.embargo_until = NOW + 3 * HOUR
        self.assertEqual(event.first_published_at, NOW + 3 * HOUR)
        with editing(event, now=NOW + 4 * HOUR):
            event.publish_at = NOW + 9 * HOUR
        self.assertEqual(event.first_published_at, NOW + 3 * HOUR)

    def test_plan_that_was_dropped_leaves_no_publication(self):
        event = make_event(publish_at=NOW + HOUR)
        with editing(event, now=NOW):
            event.state = "draft"
        self.assertIsNone(event.first_published_at)

    def test_only_a_significant_edit_of_a_live_entry_is_an_update(self):
        event = make_event()
        with editing(event, now=NOW + HOUR):
            event.summary = "A slip mended."
        self.assertIsNone(event.updated_at)
        self.assertEqual(event.edited_at, NOW + HOUR)
        with editing(event, now=NOW + 2 * HOUR, is_significant=True):
            event.summary = "News."
        self.assertEqual(event.updated_at, NOW + 2 * HOUR)
        waiting = make_event("Waits", publish_at=NOW + 9 * HOUR)
        with editing(waiting, now=NOW + HOUR, is_significant=True):
            pass
        self.assertIsNone(waiting.updated_at)

    def test_retraction_has_its_moment_until_it_is_taken_back(self):
        event = retract(make_event(), now=NOW + HOUR)
        with editing(event, now=NOW + 2 * HOUR):
            event.retraction_notice = "In better words."
        self.assertEqual(event.retracted_at, NOW + HOUR)
        with editing(event, now=NOW + 3 * HOUR):
            event.state = "draft"
        self.assertIsNone(event.retracted_at)
        self.assertIsNotNone(event.first_published_at)
