from types import SimpleNamespace

from django.test import SimpleTestCase

from events.templatetags import links


class LinkTests(SimpleTestCase):
    def test_feeds_of_the_site_where_a_page_has_none(self):
        self.assertIn("/feeds/news.rss", links.feed_items(()))
        own = SimpleNamespace(path="/x.rss", type="application/rss+xml")
        self.assertEqual(
            links.feed_items((own,)), '<li><a href="/x.rss" type="application/rss+xml">RSS</a></li>'
        )
