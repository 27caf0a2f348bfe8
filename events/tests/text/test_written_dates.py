"""Days named in a text."""

import re
import time
from datetime import date

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.text.markdown import render_markdown
from events.text.written_dates import link_days, written_days

NEAR = date(2017, 4, 4)
DAY = date(2017, 4, 3)
PAGES = {DAY: "/news/2017/04/03/"}
LINK = '<a href="/news/2017/04/03/">'


class WrittenDayTests(SimpleTestCase):
    def test_the_ways_to_write_a_day(self) -> None:
        for words in (
            "April 3, 2017", "Apr. 3, 2017", "April 3rd 2017", "3 April 2017", "3rd of April 2017",
            "April 3", "3 April", "2017-04-03", "2017年4月3日", "4月3日", "4月3号",
        ):  # fmt: skip
            self.assertEqual(written_days(f"<p>On {words}, he said.</p>", NEAR), {DAY}, words)
            html = link_days(f"<p>On {words}.</p>", NEAR, PAGES)
            self.assertEqual(html, f"<p>On {LINK}{words}</a>.</p>")

    def test_a_day_without_a_year_is_the_nearest(self) -> None:
        self.assertEqual(written_days("On December 28", date(2017, 1, 5)), {date(2016, 12, 28)})
        self.assertEqual(written_days("On January 5", date(2016, 12, 28)), {date(2017, 1, 5)})
        self.assertEqual(written_days("On October 3", NEAR), frozenset())

    def test_what_only_looks_like_a_day(self) -> None:
        for words in (
            "April 31, 2017", "April 2017", "in April 20173", "April 3 to 5, 2016", "April 3 and 4, 2016",
            "April 3–5, 2016", "April 3,000 people", "Mayor 3", "may 3", "12017-04-03", "2017-04-031",
            "https://example.org/2017-04-03",
            "去年4月3日", "14月3日", "2017-99-99",
        ):  # fmt: skip
            self.assertEqual(written_days(words, NEAR), frozenset(), words)

    def test_links_and_code_are_left_alone(self) -> None:
        html = render_markdown(
            '[April 3, 2017](/a "x > April 3, 2017") `2017-04-03` April 3, 2017\n\n    4月3日\n'
        )
        linked = link_days(html, NEAR, PAGES)
        self.assertEqual(linked.count(LINK), 1)
        self.assertTrue(linked.startswith(html[: html.index("</code>")]))

    def test_only_days_that_are_asked_for_become_links(self) -> None:
        html = "<p>April 3, 2017 and April 4, 2017</p>"
        self.assertEqual(link_days(html, NEAR, PAGES), f"<p>{LINK}April 3, 2017</a> and April 4, 2017</p>")

    @given(st.text(alphabet='April3, 2017-04年4月日<>`[]()&"/*\n ', max_size=80))
    def test_the_words_stay_as_they_are(self, source: str) -> None:
        html = render_markdown(source)
        linked = link_days(html, NEAR, dict.fromkeys(written_days(html, NEAR), "/day/"))
        self.assertEqual(re.sub('<a href="/day/">(.*?)</a>', r"\1", linked), html)

    def test_long_texts_take_no_time(self) -> None:
        for words in ("April ", "3", "2017-04-", "3 April ", "&nbsp;", "2017年", "April 3, "):
            started = time.process_time()
            written_days((words * 100_000)[:200_000], NEAR)
            self.assertLess(time.process_time() - started, 1, words)
