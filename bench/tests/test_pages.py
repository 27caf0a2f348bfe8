"""Addresses are found in pages as a reader would find them."""

from django.test import SimpleTestCase

from bench.load import Answer
from bench.pages import event_paths, next_path, validators


class NextPathTests(SimpleTestCase):
    def test_link_in_the_head_or_the_page_is_followed(self) -> None:
        html = '<link rel="next" href="/contexts/nato/?before=20260101-5&amp;x=1">'
        self.assertEqual(next_path(html, "/contexts/nato/"), "/contexts/nato/?before=20260101-5&x=1")

    def test_relative_query_keeps_the_page(self) -> None:
        html = '<a href="?page=1" rel="prev">Newer</a> <a href="?page=3" rel="next nofollow">Older</a>'
        self.assertEqual(next_path(html, "/contexts/nato/?page=2"), "/contexts/nato/?page=3")

    def test_last_page_has_none(self) -> None:
        self.assertEqual(next_path('<a href="?page=1" rel="prev">Newer</a>', "/"), "")


class EventPathsTests(SimpleTestCase):
    def test_each_event_of_the_day_comes_once(self) -> None:
        html = """<link href="/news/2020/01/02/"> <a href="/news/2020/01/02/flood-näher/">
            <a href="http://127.0.0.1/news/2020/01/02/vote/"> <a href="/news/2020/01/02/vote/">
            <a href="/news/2020/01/02/vote.md"> <a href="/news/2020/01/03/other-day/">"""
        self.assertEqual(
            event_paths(html, "/news/2020/01/02/"),
            ["/news/2020/01/02/flood-n%C3%A4her/", "/news/2020/01/02/vote/"],
        )


class ValidatorsTests(SimpleTestCase):
    def test_etag_is_sent_back(self) -> None:
        self.assertEqual(validators(Answer(200, {"etag": 'W/"a"'}, b"")), (("If-None-Match", 'W/"a"'),))
        self.assertEqual(validators(Answer(200, {}, b"")), ())
