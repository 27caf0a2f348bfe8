from datetime import date

from django.test import SimpleTestCase

from events.documents.types import CalendarDay, Link, YearCounts
from events.templatetags import calendars


class CalendarTests(SimpleTestCase):
    def test_counts(self):
        self.assertEqual(calendars.events_count(1), "1 event")
        self.assertEqual(calendars.events_count(12345), "12,345 events")

    def test_heat_keeps_its_ends(self):
        self.assertEqual([calendars.heat(n, 40) for n in (0, 1, 10, 20, 40)], [0, 1, 1, 2, 4])
        self.assertEqual(calendars.heat(1, 1), 1)

    def test_row(self):
        week = (
            CalendarDay(date(2024, 1, 31), False, 3),
            CalendarDay(date(2024, 2, 1), True, 0, is_current=True),
            CalendarDay(date(2024, 2, 2), True, 2),
        )
        self.assertEqual(
            calendars.calendar_row(week, 2),
            '<td></td><td><span aria-current="date">1</span></td><td class="heat-3">'
            '<a href="/news/2024/02/02/">2<span class="visually-hidden">, 2 events</span></a></td>',
        )

    def test_bars_stand_on_the_line_oldest_first(self):
        years = (YearCounts(2024, 50, ()), YearCounts(2023, 25, ()))
        self.assertEqual(
            calendars.bars(years), [{"x": 1, "y": 50, "height": 50}, {"x": 11, "y": 0, "height": 100}]
        )
        self.assertEqual(calendars.bars(()), [])

    def test_busiest_month(self):
        months = (Link("/a", "A", count=3), Link("/b", "B"))
        self.assertEqual(calendars.busiest_month((YearCounts(2024, 3, months),)), 3)
        self.assertEqual(calendars.busiest_month(()), 0)
