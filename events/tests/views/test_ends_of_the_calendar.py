"""The first day of the calendar and its last: nothing looks for a day before the one or after the other."""

from datetime import date

from django.test import TestCase, override_settings

from events.models import Event
from events.tests.addresses_of import every_address
from events.tests.admin.test_events import LIST, form_of
from events.tests.factories import make_article, make_context, make_event, make_story_line
from events.tests.workflow.test_permissions import make_user

FIRST, LAST = date.min, date.max


class EndsOfTheCalendarTests(TestCase):
    def make_story(self, *days: date) -> None:
        make_context("The bridge", kind="story")
        events = [
            make_event(f"Turn {number}", contexts=["The bridge", "Steel"], date=day)
            for number, day in enumerate(days)
        ]
        make_story_line("Steel bridge", ["The bridge", "Steel"])
        make_article(date=days[0], events=events)

    def assert_answers(self) -> None:
        for path in every_address():
            with self.subTest(path):
                self.assertLess(self.client.get(path).status_code, 500)
        self.client.force_login(make_user("Chief editor"))
        for event in Event.objects.all():
            desk = f"/admin/events/event/{event.pk}"
            for path in (f"{desk}/change/", f"{desk}/related/", f"{desk}/history/"):
                with self.subTest(path):
                    page = self.client.get(path, follow=True)
                    self.assertEqual(page.status_code, 200)
            # The checks look for other entries of nearly the same day.
            answer = self.client.post(
                f"{desk}/change/", form_of(self.client.get(f"{desk}/change/"), body="B.")
            )
            self.assertEqual(answer.status_code, 302)
        for month in ("0001-01", "9999-12"):
            self.assertEqual(self.client.get(f"{LIST}planner/?month={month}").status_code, 200)

    def test_between_both(self):
        self.make_story(FIRST, LAST)
        self.assert_answers()

    @override_settings(TIME_ZONE="Asia/Shanghai")
    def test_first_days(self):
        self.make_story(FIRST, FIRST.replace(day=2), FIRST.replace(day=25))
        self.assert_answers()

    @override_settings(TIME_ZONE="America/New_York")
    def test_last_days(self):
        self.make_story(LAST.replace(day=1), LAST.replace(day=30), LAST)
        self.assert_answers()
