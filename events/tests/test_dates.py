"""Calendar days: parsing, bounds, names, zones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase
from django.utils import translation

from events.dates import (
    Precision,
    day_path,
    days_around,
    format_day,
    iso_day,
    local_today,
    month_bounds,
    month_path,
    month_weeks,
    parse_day,
    parse_iso_day,
    relative_day_name,
    start_of_day,
    utc_moment,
    year_bounds,
    year_path,
)


class ParseTests(SimpleTestCase):
    def test_padded_or_not(self):
        self.assertEqual(parse_day("2016", "02", "21"), date(2016, 2, 21))
        self.assertEqual(parse_day("2016", "9", "5"), date(2016, 9, 5))
        self.assertEqual(parse_iso_day("2016-02-29"), date(2016, 2, 29))

    def test_what_is_no_date_says_so(self):
        for parts in (("2015", "02", "29"), ("2016", "13", "1"), ("0000", "1", "1"), ("2016", "002", "1")):
            with self.subTest(parts=parts), self.assertRaises(ValueError):
                parse_day(*parts)
        for text in ("2016-2-1", "20160201", "2016-02-01T00:00", "٢٠١٦-٠٢-٠١", "", "2016-02-30"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_iso_day(text)


class BoundsTests(SimpleTestCase):
    def test_months_and_years(self):
        self.assertEqual(month_bounds(2016, 2), (date(2016, 2, 1), date(2016, 2, 29)))
        self.assertEqual(month_bounds(9999, 12)[1], date.max)
        self.assertEqual(year_bounds(2016), (date(2016, 1, 1), date(2016, 12, 31)))
        with self.assertRaises(ValueError):
            month_bounds(2016, 13)

    def test_weeks_of_a_month(self):
        weeks = month_weeks(2016, 2)
        self.assertEqual(weeks[0], [date(2016, 2, day) for day in range(1, 8)])
        self.assertEqual(weeks[-1][0], date(2016, 2, 29))
        self.assertEqual(weeks[-1][1:], [None] * 6)
        self.assertEqual(month_weeks(2016, 2, first=6)[0][:2], [None, date(2016, 2, 1)])
        self.assertEqual(len(month_weeks(9999, 12)[-1]), 7)


class PathTests(SimpleTestCase):
    def test_two_digits(self):
        day = date(2016, 9, 5)
        self.assertEqual(day_path(day), "/news/2016/09/05/")
        self.assertEqual(month_path(day), "/news/2016/09/")
        self.assertEqual(year_path(day), "/news/2016/")


class FormatDayTests(SimpleTestCase):
    def test_as_exactly_as_known(self):
        day = date(2016, 2, 21)
        self.assertEqual(format_day(day), "21 February 2016")
        self.assertEqual(format_day(day, "month"), "February 2016")
        self.assertEqual(format_day(day, Precision.YEAR), "2016")

    def test_ranges_repeat_nothing(self):
        day = date(2016, 2, 21)
        for end, precision, text in (
            (date(2016, 2, 23), "day", "21–23 February 2016"),
            (date(2016, 3, 2), "day", "21 February – 2 March 2016"),
            (date(2017, 1, 1), "day", "21 February 2016 – 1 January 2017"),
            (date(2016, 3, 2), "month", "February–March 2016"),
            (date(2017, 3, 2), "month", "February 2016 – March 2017"),
            (date(2018, 1, 1), "year", "2016–2018"),
            (date(2016, 2, 28), "month", "February 2016"),
            (day, "day", "21 February 2016"),
            (None, "day", "21 February 2016"),
        ):
            self.assertEqual(format_day(day, precision, end=end), text)

    def test_an_unknown_precision_is_refused(self):
        with self.assertRaises(ValueError):
            format_day(date(2016, 2, 21), "week")

    def test_months_follow_the_active_language(self):
        with translation.override("de"):
            self.assertEqual(format_day(date(2016, 2, 21)), "21 Februar 2016")


class RelativeDayNameTests(SimpleTestCase):
    def test_three_days_have_names(self):
        today = date(2016, 3, 1)
        names = [relative_day_name(today - timedelta(days=back), today) for back in range(-1, 4)]
        self.assertEqual(names, [None, "Today", "Yesterday", "Day before yesterday", None])


class ZoneTests(SimpleTestCase):
    def test_today_depends_on_the_zone(self):
        now = datetime(2016, 2, 21, 10, 30, tzinfo=UTC)
        self.assertEqual(local_today(now, ZoneInfo("Pacific/Kiritimati")), date(2016, 2, 22))
        self.assertEqual(local_today(now, ZoneInfo("Pacific/Niue")), date(2016, 2, 20))
        with self.assertRaises(ValueError):
            local_today(now.replace(tzinfo=None), ZoneInfo("UTC"))

    def test_moments_that_have_a_date_in_every_zone(self):
        for text in ("0001-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
            with self.assertRaises(ValueError):
                utc_moment(datetime.fromisoformat(text))
        with self.assertRaises(ValueError):
            utc_moment(datetime.fromisoformat("2016-02-21T00:00:00"))
        for text in ("0002-01-01T00:00:00Z", "9998-12-31T23:59:59Z"):
            moment = utc_moment(datetime.fromisoformat(text))
            for zone in ("America/New_York", "Pacific/Kiritimati"):
                moment.astimezone(ZoneInfo(zone))

    def test_a_day_starts_at_midnight_where_there_is_one(self):
        self.assertEqual(
            start_of_day(date(2016, 2, 21), ZoneInfo("Pacific/Kiritimati")),
            datetime(2016, 2, 20, 10, tzinfo=UTC),
        )

    def test_a_skipped_midnight_gives_the_moment_after(self):
        start = start_of_day(date(2018, 11, 4), ZoneInfo("America/Sao_Paulo"))
        self.assertEqual(start, datetime(2018, 11, 4, 3, tzinfo=UTC))
        self.assertEqual((start.hour, start.minute), (1, 0))

    def test_a_gap_that_began_the_evening_before(self):
        start = start_of_day(date(1919, 3, 31), ZoneInfo("America/Toronto"))
        self.assertEqual((start.day, start.hour, start.minute), (31, 0, 30))

    def test_a_midnight_that_came_twice_gives_the_first(self):
        start = start_of_day(date(2018, 11, 4), ZoneInfo("America/Havana"))
        # Python calls a moment that the clock shows twice unequal to the same one in another zone.
        self.assertEqual(start.astimezone(UTC), datetime(2018, 11, 4, 4, tzinfo=UTC))

    def test_a_day_that_a_zone_left_out_starts_with_the_next(self):
        apia = ZoneInfo("Pacific/Apia")
        self.assertEqual(start_of_day(date(2011, 12, 30), apia), start_of_day(date(2011, 12, 31), apia))
        self.assertEqual(start_of_day(date(2011, 12, 30), apia).day, 31)


class AroundTests(SimpleTestCase):
    def test_as_far_as_the_calendar_goes(self):
        self.assertEqual(days_around(date(2016, 3, 1), 2), (date(2016, 2, 28), date(2016, 3, 3)))
        self.assertEqual(days_around(date.max, 2), (date(9999, 12, 29), date.max))
        self.assertEqual(days_around(date(1, 1, 2), 2), (date.min, date(1, 1, 4)))


class IsoDayTests(SimpleTestCase):
    def test_is_no_more_exact_than_known(self):
        day, end = date(2024, 2, 29), date(2024, 3, 1)
        for precision, one, several in (
            ("day", "2024-02-29", "2024-02-29/2024-03-01"),
            ("month", "2024-02", "2024-02/2024-03"),
            ("year", "2024", "2024"),
        ):
            with self.subTest(precision):
                self.assertEqual(iso_day(day, precision), one)
                self.assertEqual(iso_day(day, precision, end=end), several)
