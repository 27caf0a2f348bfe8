from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from events.models import SiteStamp, StoryLine, TurningPoint
from events.tests.factories import NOW, make_context, make_event, make_story_line
from events.workflow import stories
from events.workflow.merging import merge_events


class SaveTests(TestCase):
    def test_line_without_contexts_is_refused(self) -> None:
        with self.assertRaises(ValidationError):
            stories.save(StoryLine(title="Empty"), contexts=[], now=NOW)
        self.assertFalse(StoryLine.objects.exists())

    def test_days_out_of_order_are_refused_by_form_and_database(self) -> None:
        fields = {"title": "Odd", "first_day": date(2020, 1, 2), "last_day": date(2020, 1, 1)}
        with self.assertRaises(ValidationError):
            make_story_line(contexts=["Bridge"], **fields)
        with self.assertRaises(IntegrityError), transaction.atomic():
            StoryLine.objects.create(**fields)

    def test_address_of_another_story_is_refused(self) -> None:
        make_context("The bridge", kind="story")
        make_story_line("Spans", ["Bridge"])
        for title in ("The bridge", "Spans"):
            with self.subTest(title), self.assertRaises(ValidationError):
                make_story_line(title, ["Bridge"])

    def test_saving_moves_the_stamp(self) -> None:
        line = make_story_line("Spans", ["Bridge"])
        before = SiteStamp.objects.get().serial
        stories.save(line, contexts=line.contexts.all(), now=NOW)
        stories.delete(line, now=NOW)
        self.assertGreaterEqual(SiteStamp.objects.get().serial, before + 2)


class PinTests(TestCase):
    def test_pinned_again_it_has_the_new_note(self) -> None:
        bridge = make_context("The bridge", kind="story")
        event = make_event(contexts=[bridge])
        stories.pin(event, context=bridge, note="First", now=NOW)
        stories.pin(event, context=bridge, note="  Second ", now=NOW)
        self.assertEqual(TurningPoint.objects.get().note, "Second")

    def test_point_belongs_to_one_story(self) -> None:
        event = make_event()
        with self.assertRaises(IntegrityError), transaction.atomic():
            TurningPoint.objects.create(event=event)

    def test_merged_event_takes_its_turning_points_along(self) -> None:
        bridge = make_context("The bridge", kind="story")
        line = make_story_line("Spans", [bridge])
        loser, winner = make_event("Loser", contexts=[bridge]), make_event("Winner", contexts=[bridge])
        stories.pin(loser, context=bridge, note="Here", now=NOW)
        stories.pin(loser, story_line=line, note="There", now=NOW)
        stories.pin(winner, context=bridge, note="Own", now=NOW)
        merge_events(loser, into=winner, now=NOW)
        self.assertEqual(sorted(winner.turning_points.values_list("note", flat=True)), ["Own", "There"])
