from datetime import UTC, datetime

from django.test import SimpleTestCase, override_settings
from lxml import etree

from events import sitemaps
from events.tests import documents

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
SITE = "https://news.example.org"


def parse(pieces) -> etree._Element:
    return etree.fromstring("".join(pieces).encode())


@override_settings(EVENTS_SITE_URL=SITE)
class SitemapTests(SimpleTestCase):
    def test_pages_have_absolute_addresses_and_their_last_change(self) -> None:
        moment = datetime(2024, 2, 29, 18, 30, 0, 123, tzinfo=UTC)
        root = parse(sitemaps.render_sitemap([("/news/2024/02/29/港口/", moment), ("/search/?q=a&b", None)]))
        self.assertEqual(
            root.xpath("s:url/s:loc/text()", namespaces=NAMES),
            [f"{SITE}/news/2024/02/29/%E6%B8%AF%E5%8F%A3/", f"{SITE}/search/?q=a&b"],
        )
        self.assertEqual(
            root.xpath("s:url/s:lastmod/text()", namespaces=NAMES), ["2024-02-29T18:30:00+00:00"]
        )

    def test_index_names_its_shards(self) -> None:
        root = parse(sitemaps.render_sitemap_index([("/sitemap-1.xml", None)]))
        self.assertEqual(root.tag, f"{{{NAMES['s']}}}sitemapindex")
        locations = root.xpath("s:sitemap/s:loc/text()", namespaces=NAMES)
        self.assertEqual(locations, [f"{SITE}/sitemap-1.xml"])

    def test_pages_are_written_as_they_come(self) -> None:
        def endless():
            while True:
                yield "/", None

        pieces = sitemaps.render_sitemap(endless())
        next(pieces)
        self.assertIn("<loc>", next(pieces))


@override_settings(EVENTS_SITE_URL=SITE, EVENTS_SITE_NAME="Day & line")
class NewsSitemapTests(SimpleTestCase):
    def test_entries_carry_what_search_engines_require(self) -> None:
        root = parse(sitemaps.render_news_sitemap(documents.make_feed().events))
        first, second, third = root.findall("s:url/n:news", NAMES)
        self.assertEqual(first.findtext("n:publication/n:name", namespaces=NAMES), "Day & line")
        self.assertEqual(first.findtext("n:title", namespaces=NAMES), documents.make_event().headline)
        published = first.findtext("n:publication_date", namespaces=NAMES)
        self.assertEqual(published, "2024-02-29T15:00:00+00:00")
        languages = [news.findtext("n:publication/n:language", namespaces=NAMES) for news in (second, third)]
        self.assertEqual(languages, ["zh-cn", "ar"])

    def test_languages(self) -> None:
        cases = {"en-GB": "en", "zh": "zh-cn", "zh-Hant": "zh-tw", "zh-Hant-HK": "zh-tw", "pt-BR": "pt"}
        for tag, expected in cases.items():
            self.assertEqual(sitemaps.news_language(tag), expected)
