from datetime import date, timedelta
from itertools import pairwise

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.stories.rhythm import MOST_BARS, Gap, bars, gaps, unit_of

FIRST = date(2020, 1, 1)


def after(*distances: int) -> list[date]:
    """A first day and those that follow it by so many days each."""
    days = [FIRST]
    for distance in distances:
        days.append(days[-1] + timedelta(days=distance))
    return days


class GapsTests(SimpleTestCase):
    def test_gap_is_long_for_the_story(self) -> None:
        days = after(1, 2, 1, 42, 1)
        self.assertEqual(gaps(days), (Gap(date(2020, 1, 6), date(2020, 2, 15)),))
        self.assertEqual(gaps(days)[0].days, 41)

    def test_silence_that_is_usual_is_none(self) -> None:
        self.assertEqual(gaps(after(30, 40, 30, 60)), ())

    def test_years_without_an_entry_are_a_gap_in_every_story(self) -> None:
        self.assertEqual([gap.days for gap in gaps(after(450, 1612))], [449, 1611])
        self.assertEqual(gaps(after(365, 366, 365)), ())

    def test_two_weeks_are_the_least(self) -> None:
        self.assertEqual(gaps(after(1, 1, 1, 14)), ())
        self.assertEqual([gap.days for gap in gaps(after(1, 1, 1, 15))], [14])

    def test_story_of_one_day_or_none_has_no_gap(self) -> None:
        self.assertEqual(gaps([]), ())
        self.assertEqual(gaps([FIRST]), ())


class BarsTests(SimpleTestCase):
    def test_unit_follows_from_the_length(self) -> None:
        lengths = {
            "day": (1, 60),
            "week": (61, 400),
            "month": (430, 1800),
            "quarter": (1900, 5300),
            "year": (5600, 40000),
        }
        for unit, ends in lengths.items():
            for days in ends:
                with self.subTest(days):
                    self.assertEqual(unit_of(FIRST, FIRST + timedelta(days=days - 1)), unit)

    def test_empty_months_stand_between_full_ones(self) -> None:
        found = bars({date(2018, 6, 27): 1, date(2018, 6, 30): 2, date(2020, 3, 1): 4})
        self.assertEqual([bar.count for bar in found], [3, *[0] * 20, 4])
        self.assertEqual((found[0].first, found[0].last), (date(2018, 6, 27), date(2018, 6, 30)))
        self.assertEqual((found[-1].first, found[-1].last), (date(2020, 3, 1), date(2020, 3, 1)))

    def test_weeks_begin_on_monday(self) -> None:
        found = bars({date(2020, 1, 1): 1, date(2020, 1, 6): 1, date(2020, 3, 31): 1})
        self.assertEqual([bar.first for bar in found[:2]], [date(2020, 1, 1), date(2020, 1, 6)])

    def test_no_day_no_bar(self) -> None:
        self.assertEqual(bars({}), ())

    @given(
        st.dictionaries(
            st.dates(date(1, 1, 1), date(9999, 12, 31)), st.integers(1, 1000), min_size=1, max_size=40
        )
    )
    def test_bars_hold_everything_once_in_order(self, counts: dict[date, int]) -> None:
        found = bars(counts)
        self.assertLessEqual(len(found), MOST_BARS)
        self.assertEqual(sum(bar.count for bar in found), sum(counts.values()))
        self.assertEqual((found[0].first, found[-1].last), (min(counts), max(counts)))
        for bar, following in pairwise(found):
            self.assertEqual(following.first - bar.last, timedelta(days=1))
        for bar in found:
            self.assertEqual(bar.count, sum(n for day, n in counts.items() if bar.first <= day <= bar.last))
