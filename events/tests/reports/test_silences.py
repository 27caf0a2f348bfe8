from datetime import date, timedelta

from django.test import TestCase

from events.models import Context, Event
from events.reports import silences
from events.tests.factories import NOW, make_context, make_event, make_story_line
from events.tests.reports.works_out import finish
from events.workflow.edits import editing

TODAY = date(2024, 6, 1)


class SilencesTests(TestCase):
    def tell(self, name: str, ago: list[int], **fields) -> Context:
        """A story with entries so many days ago."""
        story = Context.objects.filter(name=name).first() or make_context(name, kind="story")
        for days in ago:
            make_event(f"{name} {days}", contexts=[story], date=TODAY - timedelta(days=days), **fields)
        return story

    def silent(self, today: date = TODAY) -> list[str]:
        kept = finish(silences.work_out(today=TODAY))
        found = silences.silences_in(kept, today=today)
        return [row.story.title for row in silences.still_silent(found, today=today, now=NOW)]

    def test_a_story_is_silent_by_its_own_rhythm(self):
        self.tell("Daily", [22, 21, 20])
        self.tell("Monthly", [90, 60, 30])
        self.tell("Twice", [40, 39])
        self.tell("Ended", [402, 401, 400])
        self.tell("Alive", [3, 2, 1])
        make_context("No story")
        make_event("x", contexts=["No story"], date=TODAY - timedelta(days=50))
        self.assertEqual(self.silent(), ["Daily"])

    def test_the_first_silent_day_follows_the_gap(self):
        self.tell("Daily", [16, 15, 14])
        self.assertEqual(self.silent(), [])
        self.assertEqual(self.silent(TODAY + timedelta(days=1)), ["Daily"])

    def test_those_silent_last_come_first(self):
        self.tell("Longer", [62, 61, 60])
        self.tell("Shorter", [22, 21, 20])
        self.assertEqual(self.silent(), ["Shorter", "Longer"])

    def test_an_entry_since_ends_the_silence_though_no_worker_came(self):
        story = self.tell("Daily", [22, 21, 20])
        kept = silences.silences_in(finish(silences.work_out(today=TODAY)), today=TODAY)
        make_event("Anew", contexts=[story], date=TODAY)
        self.assertEqual(silences.still_silent(kept, today=TODAY, now=NOW), [])

    def test_a_planned_entry_means_that_the_story_is_not_forgotten(self):
        story = self.tell("Daily", [22, 21, 20])
        make_event("Soon", contexts=[story], date=TODAY, publish_at=NOW + timedelta(hours=1))
        self.assertEqual(self.silent(), [])

    def test_drafts_break_no_silence(self):
        story = self.tell("Daily", [22, 21, 20])
        make_event("Draft", contexts=[story], date=TODAY, state="draft")
        self.assertEqual(self.silent(), ["Daily"])

    def test_what_is_not_public_any_more_is_no_story(self):
        self.tell("Daily", [22, 21, 20])
        kept = silences.silences_in(finish(silences.work_out(today=TODAY)), today=TODAY)
        for event in Event.objects.all():
            with editing(event) as entry:
                entry.state = "draft"
        self.assertEqual(silences.still_silent(kept, today=TODAY, now=NOW), [])

    def test_lines_of_editors_until_their_last_day(self):
        for days in (22, 21, 20):
            make_event(f"Bridge {days}", contexts=["Bridges", "Tay"], date=TODAY - timedelta(days=days))
        make_story_line("Open", ["Bridges", "Tay"])
        make_story_line("Closed", ["Bridges"], last_day=TODAY - timedelta(days=5))
        self.assertEqual(self.silent(), ["Open"])
