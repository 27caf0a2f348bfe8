from datetime import date, timedelta

from django.test import TestCase

from events.reports.days import entries_a_day
from events.tests.factories import NOW, make_event

TODAY = date(2024, 6, 1)


class EntriesADayTests(TestCase):
    def test_public_entries_of_each_day_empty_ones_among_them(self):
        for day, fields in (
            (TODAY, {}),
            (TODAY, {}),
            (TODAY, {"state": "draft"}),
            (TODAY, {"publish_at": NOW + timedelta(hours=1)}),
            (date(2024, 5, 30), {}),
            (date(2024, 5, 29), {}),
            (date(2024, 6, 2), {}),
        ):
            make_event(date=day, **fields)
        with self.assertNumQueries(1):
            found = entries_a_day(until=TODAY, days=3, now=NOW)
        self.assertEqual(found, {date(2024, 5, 30): 1, date(2024, 5, 31): 0, TODAY: 2})
        self.assertEqual(list(found), sorted(found))
