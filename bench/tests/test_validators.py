"""Each kind of answer is told right from wrong."""

import json

from django.test import SimpleTestCase

from bench.validators import wrong, wrong_strict_html
from events.feeds.registry import FEEDS
from events.formats.registry import FORMATS
from events.tests import documents

PAGE = '<!doctype html><html lang="en"><head><title>A</title></head><body>{}</body></html>'


class HTMLTests(SimpleTestCase):
    def assert_wrong(self, inside: str, words: str) -> None:
        (mistake,) = wrong("text/html", PAGE.format(inside).encode())
        self.assertIn(words, mistake)

    def test_page_in_order(self) -> None:
        page = PAGE.format(
            '<svg><path d="M0 0"/></svg><img src="/a" alt="a > b"><p id="a" hidden>A &amp; B</p>'
        )
        self.assertEqual(wrong("text/html; charset=utf-8".partition(";")[0], page.encode()), [])
        self.assertEqual(wrong_strict_html(page.encode()), [])

    def test_tags_out_of_order(self) -> None:
        self.assert_wrong("<p><b>bold</p></b>", "</p> closes nothing")
        self.assertIn("never closed: html", wrong("text/html", b"<html><p></p>")[0])

    def test_text_that_was_not_escaped(self) -> None:
        self.assert_wrong("<p>1 < 2</p>", "not escaped: 1 <")
        self.assert_wrong("<p>Marks & Spencer</p>", "not escaped")

    def test_names_that_stand_twice(self) -> None:
        self.assert_wrong('<p id="a"></p><p id="a"></p>', "id twice: a")
        self.assert_wrong('<p class="a" class="b"></p>', "an attribute twice")

    def test_structured_data(self) -> None:
        script = '<script type="application/ld+json">{}</script>'
        self.assert_wrong(script.format("{"), "structured data")
        article = dict.fromkeys(
            ("headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"), "a"
        )
        self.assert_wrong(
            script.format(json.dumps({"@type": "NewsArticle"} | article)), "NewsArticle without image"
        )

    def test_strict_reading(self) -> None:
        self.assertIn("html5lib", wrong_strict_html(b"<p>no doctype")[0])


class FormatTests(SimpleTestCase):
    def test_ours_are_right(self) -> None:
        for found in FORMATS:
            page, listing = documents.make_event_page(), documents.make_day_page()
            for text in (found.render_event(page), found.render_list(listing)):
                self.assertEqual(wrong(found.media_type, text.encode()), [])
        for feed in FEEDS:
            text = feed.render(documents.make_feed())
            self.assertEqual(wrong(feed.media_type, text.encode()), [])

    def test_others_are_wrong(self) -> None:
        for media_type, body in {
            "application/json": b'{"kind": "day"}',
            "application/xml": b"<dayline/>",
            "application/rss+xml": b'<rss version="2.0"><channel><title>A</title></channel></rss>',
            "application/atom+xml": b"<feed>",
            "application/feed+json": b'{"version": "https://jsonfeed.org/version/1.1", "title": "A"}',
            "text/markdown": b"# A headline",
        }.items():
            with self.subTest(media_type):
                self.assertTrue(wrong(media_type, body))

    def test_sitemaps_need_only_be_well_formed(self) -> None:
        self.assertEqual(wrong("application/xml", b"<urlset/>", is_sitemap=True), [])
        self.assertTrue(wrong("application/xml", b"<urlset>", is_sitemap=True))
