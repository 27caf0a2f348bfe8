import json
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

from django.test import SimpleTestCase, override_settings
from django.utils.translation import override

from events.documents.types import CalendarDay, ContextRef, Link, YearCounts
from events.templatetags import chronicle
from events.tests.documents import make_bare_event, make_event, make_label, make_ref


class DayTests(SimpleTestCase):
    def test_days_as_exactly_as_known(self):
        self.assertEqual(chronicle.event_day(make_event()), "29 February – 1 March 2024")
        month = make_event(ref=make_ref(date_precision="month"), end_date=None)
        self.assertEqual(chronicle.event_day(month), "February 2024")

    def test_names_are_kept_for_each_language(self):
        first = chronicle.weekday(date(2024, 2, 29)), chronicle.events_count(2)
        with override("zh-hans"):
            self.assertNotEqual(chronicle.weekday(date(2024, 2, 29)), first[0])
        self.assertEqual((chronicle.weekday(date(2024, 2, 29)), chronicle.events_count(2)), first)

    def test_machine_day_has_the_offset_of_its_zone(self):
        self.assertEqual(chronicle.machine_day(make_event(time_zone="Asia/Tokyo")), "2024-02-29T14:30+09:00")
        self.assertEqual(chronicle.machine_day(make_event(time_zone="")), "2024-02-29T14:30")
        self.assertEqual(chronicle.machine_day(make_bare_event()), "2024-02-29")
        year = make_bare_event(ref=make_ref(date_precision="year"))
        self.assertEqual(chronicle.machine_day(year), "2024")

    def test_clock(self):
        event = make_event(time=time(9, 5), time_zone="America/New_York")
        self.assertEqual(chronicle.clock(event), "09:05, America/New York")
        self.assertEqual(chronicle.clock(make_bare_event()), "")

    @override_settings(TIME_ZONE="Pacific/Kiritimati")
    def test_moments_are_told_in_the_zone_of_the_site(self):
        words = chronicle.moment(datetime(2024, 2, 29, 15, 0, tzinfo=UTC))
        self.assertTrue(words.startswith("1 March 2024, 05:00"), words)

    def test_date_field_holds_dates_only(self):
        self.assertEqual(chronicle.date_value("2024-02-29"), "2024-02-29")
        for text in ("2023-02-29", "yesterday", "", None):
            self.assertEqual(chronicle.date_value(text), "")


class WordsTests(SimpleTestCase):
    def test_counts(self):
        self.assertEqual(chronicle.events_count(1), "1 event")
        self.assertEqual(chronicle.events_count(12345), "12,345 events")

    def test_language_attributes(self):
        ref = make_ref(language="ar", direction="rtl")
        self.assertEqual(chronicle.lang(ref), ' lang="ar" dir="rtl"')
        self.assertEqual(chronicle.lang(make_ref(language="")), "")
        self.assertIn("&quot;", chronicle.lang(make_ref(language='a"b')))

    def test_lists_show_the_first_sources(self):
        sources = [make_label(position, f"S{position}") for position in range(1, 7)]
        self.assertEqual(chronicle.labels(sources), "S1 · S2 · S3 · S4 · …")
        self.assertEqual(chronicle.labels(sources[:4]), "S1 · S2 · S3 · S4")

    def test_contexts_are_escaped(self):
        html = chronicle.context_items((ContextRef("<b>&", "b", "topic"),))
        self.assertEqual(html, '<li><a href="/contexts/b/">&lt;b&gt;&amp;</a></li>')

    def test_unknown_kinds_and_languages_name_themselves(self):
        self.assertEqual(chronicle.kind_name("comet"), "comet")
        self.assertEqual(chronicle.language_name("xx-test"), "xx-test")
        self.assertEqual(chronicle.language_name("de"), "Deutsch")


class CalendarTests(SimpleTestCase):
    def test_heat_keeps_its_ends(self):
        self.assertEqual([chronicle.heat(n, 40) for n in (0, 1, 10, 20, 40)], [0, 1, 1, 2, 4])
        self.assertEqual(chronicle.heat(1, 1), 1)

    def test_row(self):
        week = (
            CalendarDay(date(2024, 1, 31), False, 3),
            CalendarDay(date(2024, 2, 1), True, 0, is_current=True),
            CalendarDay(date(2024, 2, 2), True, 2),
        )
        self.assertEqual(
            chronicle.calendar_row(week, 2),
            '<td></td><td><span aria-current="date">1</span></td><td class="heat-3">'
            '<a href="/news/2024/02/02/">2<span class="visually-hidden">, 2 events</span></a></td>',
        )

    def test_bars_stand_on_the_line_oldest_first(self):
        years = (YearCounts(2024, 50, ()), YearCounts(2023, 25, ()))
        self.assertEqual(
            chronicle.bars(years), [{"x": 1, "y": 50, "height": 50}, {"x": 11, "y": 0, "height": 100}]
        )
        self.assertEqual(chronicle.bars(()), [])

    def test_busiest_month(self):
        months = (Link("/a", "A", count=3), Link("/b", "B"))
        self.assertEqual(chronicle.busiest_month((YearCounts(2024, 3, months),)), 3)
        self.assertEqual(chronicle.busiest_month(()), 0)


class JsonLdTagTests(SimpleTestCase):
    def test_text_cannot_end_the_element(self):
        data = {"headline": "</script><!-- & \u2028"}
        html = chronicle.json_ld(data)
        self.assertEqual(html.count("<"), 2)
        inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        self.assertEqual(json.loads(inside), data)

    def test_feeds_of_the_site_where_a_page_has_none(self):
        self.assertIn("/feeds/news.rss", chronicle.feed_items(()))
        own = SimpleNamespace(path="/x.rss", type="application/rss+xml")
        self.assertEqual(
            chronicle.feed_items((own,)), '<li><a href="/x.rss" type="application/rss+xml">RSS</a></li>'
        )
