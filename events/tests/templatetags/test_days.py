from datetime import UTC, date, datetime, time

from django.test import SimpleTestCase, override_settings
from django.utils.translation import override

from events.templatetags import calendars, days
from events.tests.documents import make_bare_event, make_event, make_ref


class DayTests(SimpleTestCase):
    def test_days_as_exactly_as_known(self):
        self.assertEqual(days.event_day(make_event()), "29 February – 1 March 2024")
        month = make_event(ref=make_ref(date_precision="month"), end_date=None)
        self.assertEqual(days.event_day(month), "February 2024")

    def test_names_are_kept_for_each_language(self):
        first = days.weekday(date(2024, 2, 29)), calendars.events_count(2)
        with override("zh-hans"):
            self.assertNotEqual(days.weekday(date(2024, 2, 29)), first[0])
        self.assertEqual((days.weekday(date(2024, 2, 29)), calendars.events_count(2)), first)

    def test_machine_day_has_the_offset_of_its_zone(self):
        self.assertEqual(days.machine_day(make_event(time_zone="Asia/Tokyo")), "2024-02-29T14:30+09:00")
        self.assertEqual(days.machine_day(make_event(time_zone="")), "2024-02-29T14:30")
        self.assertEqual(days.machine_day(make_bare_event()), "2024-02-29")
        year = make_bare_event(ref=make_ref(date_precision="year"))
        self.assertEqual(days.machine_day(year), "2024")

    def test_clock(self):
        event = make_event(time=time(9, 5), time_zone="America/New_York")
        self.assertEqual(days.clock(event), "09:05, America/New York")
        self.assertEqual(days.clock(make_bare_event()), "")

    def test_lists_say_what_their_day_does_not(self):
        event = make_event(time=time(9, 5), time_zone="Europe/Paris")
        self.assertEqual(days.day_in_list(event), "29 February – 1 March 2024 · 09:05, Europe/Paris")
        month = make_bare_event(ref=make_ref(date_precision="month"))
        self.assertEqual(days.day_in_list(month), "February 2024")
        self.assertEqual(days.day_in_list(make_bare_event()), "")

    @override_settings(TIME_ZONE="Pacific/Kiritimati")
    def test_moments_are_told_in_the_zone_of_the_site(self):
        words = days.moment(datetime(2024, 2, 29, 15, 0, tzinfo=UTC))
        self.assertTrue(words.startswith("1 March 2024, 05:00"), words)

    def test_date_field_holds_dates_only(self):
        self.assertEqual(days.date_value("2024-02-29"), "2024-02-29")
        for text in ("2023-02-29", "yesterday", "", None):
            self.assertEqual(days.date_value(text), "")
