"""What an editor's search finds, and how little it reads."""

from datetime import timedelta
from unittest import mock

from django.test import TestCase

from events.admin import event_list
from events.models import Event
from events.tests.factories import DAY, NOW, make_context, make_event


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.drafts = [
            make_event(f"A quiet draft {number}", state="draft", date=DAY + timedelta(days=number))
            for number in range(4)
        ]
        cls.waiting = make_event("A quiet embargo", publish_at=NOW + timedelta(days=1))
        cls.public = make_event("A quiet day", publish_at=NOW)

    def found(self, text: str) -> set[str]:
        rows = event_list.search_events(Event.objects.all(), text, now=NOW)
        return set(rows.values_list("headline", flat=True))

    def test_entries_of_every_state_are_found_by_their_words(self):
        drafts = {event.headline for event in self.drafts}
        self.assertEqual(self.found("quiet"), {*drafts, "A quiet embargo", "A quiet day"})
        self.assertEqual(self.found("QUIET draft 2"), {"A quiet draft 2"})
        self.assertEqual(self.found("loud"), set())

    def test_entries_of_every_state_are_found_by_a_context_or_its_alias(self):
        make_context("Islamic State", aliases=["ISIL"])
        make_event("Still a draft", state="draft", contexts=["Islamic State"])
        make_event("To come", publish_at=NOW + timedelta(days=1), contexts=["Islamic State"])
        make_event("Out", publish_at=NOW, contexts=["Islamic State"])
        for text in ("isil", "Islamic State", 'context:"Islamic State"'):
            self.assertEqual(self.found(text), {"Still a draft", "To come", "Out"}, text)

    def test_permanent_id_is_known_by_its_beginning(self):
        self.assertEqual(self.found(self.drafts[0].public_id[:10]), {"A quiet draft 0"})

    def test_of_each_state_only_the_latest_days_are_looked_through(self):
        with mock.patch.object(event_list, "LOOKED_THROUGH", 2):
            self.assertEqual(self.found("draft"), {"A quiet draft 3", "A quiet draft 2"})
            self.assertEqual(self.found("embargo"), {"A quiet embargo"})
