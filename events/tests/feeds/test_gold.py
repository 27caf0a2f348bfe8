from django.test import SimpleTestCase, override_settings

from events import sitemaps
from events.feeds.registry import FEEDS
from events.tests import documents
from events.tests.gold import assert_gold


@override_settings(
    EVENTS_SITE_URL="https://news.example.org",
    EVENTS_SITE_NAME="Dayline",
    EVENTS_WEBSUB_HUB="https://hub.example.org/",
    EVENTS_LICENCE="CC-BY-SA-4.0",
)
class GoldTests(SimpleTestCase):
    def test_feeds(self) -> None:
        for feed in FEEDS:
            with self.subTest(feed.extension):
                assert_gold(self, f"news-feed.{feed.extension}", feed.render(documents.make_feed()))
                text = feed.render(documents.make_opinion_feed())
                assert_gold(self, f"opinion-feed.{feed.extension}", text)

    def test_sitemaps(self) -> None:
        events = documents.make_feed().events
        pages = [("/", None), *((event.path, event.changed_at) for event in events)]
        shards = [("/sitemap.xml?shard=1", events[0].changed_at), ("/sitemap.xml?shard=2", None)]
        assert_gold(self, "sitemap.xml", "".join(sitemaps.render_sitemap(pages)))
        assert_gold(self, "sitemap-index.xml", "".join(sitemaps.render_sitemap_index(shards)))
        assert_gold(self, "news-sitemap.xml", "".join(sitemaps.render_news_sitemap(events)))
