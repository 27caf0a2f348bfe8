from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from events.models import Event
from events.tests.factories import DAY, NOW, make_event
from events.workflow.edits import editing


class SlugTests(TestCase):
    def test_slug_is_unique_on_its_day_by_the_database(self):
        make_event("A bridge")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Event.objects.bulk_create(
                [Event(headline="x", date=DAY, slug="a-bridge", public_id="p", guid="g")]
            )
        self.assertEqual(make_event("A bridge").slug, "a-bridge-2")
        self.assertEqual(make_event("A bridge", date=DAY + timedelta(days=1)).slug, "a-bridge")

    def test_slug_keeps_the_script(self):
        self.assertIn("叙利亚", make_event("叙利亚内战双方停火", language="zh-Hans").slug)
        self.assertTrue(make_event("…!?").slug)

    def test_address_that_belonged_to_another_is_refused(self):
        event = make_event("A bridge")
        with editing(event):
            event.slug = "renamed"
        with self.assertRaises(ValidationError):
            Event(headline="New", date=DAY, slug="a-bridge").clean()


class FactsTests(TestCase):
    def test_facts_that_cannot_be_are_refused(self):
        for wrong in (
            {"headline": "  "},
            {"end_date": DAY - timedelta(days=1)},
            {"language": "klingon!"},
            {"time_zone": "Mars/Olympus"},
            {"time": "12:00", "date_precision": "year"},
            {"state": "retracted"},
            {"category": "x" * 81},
        ):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                Event(**({"headline": "A bridge", "date": DAY} | wrong)).clean_facts()

    def test_database_keeps_the_rules_too(self):
        event = make_event()
        for wrong in ({"end_date": DAY - timedelta(days=1)}, {"publish_at": None}, {"headline": ""}):
            with self.subTest(wrong), self.assertRaises(IntegrityError), transaction.atomic():
                Event.objects.filter(pk=event.pk).update(**wrong)

    def test_time_of_day_is_kept_to_the_minute(self):
        self.assertEqual(make_event(time=time(14, 30, 15)).time, time(14, 30))

    def test_month_and_year_are_kept_as_their_first_day(self):
        self.assertEqual(make_event(date=date(2016, 2, 21), date_precision="month").date, date(2016, 2, 1))
        self.assertEqual(make_event(date=date(2016, 2, 21), date_precision="year").date, date(2016, 1, 1))

    def test_one_row_is_public_when_the_queryset_says_so(self):
        hour = timedelta(hours=1)
        for state in Event.State.values:
            for publish_at in (NOW - hour, NOW, NOW + hour):
                for embargo in (None, NOW - hour, NOW, NOW + hour):
                    event = make_event(
                        state=state, publish_at=publish_at, embargo_until=embargo, retraction_notice="Wrong."
                    )
                    with self.subTest(state, publish_at=publish_at, embargo=embargo):
                        found = Event.objects.public(now=NOW).filter(pk=event.pk).exists()
                        self.assertEqual(event.is_public(now=NOW), found)
