import json
from datetime import UTC, datetime

import feedparser
from django.test import SimpleTestCase, override_settings

from events import outputs
from events.feeds.content import content_html
from events.feeds.registry import FEEDS, get_feed
from events.tests import documents

SITE = "https://news.example.org"


def parsed(extension: str, **changes):
    text = get_feed(extension).render(documents.make_feed(**changes))
    found = feedparser.parse(text.encode(), sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


@override_settings(EVENTS_SITE_URL=SITE, EVENTS_WEBSUB_HUB="https://hub.example.org/")
class XMLFeedTests(SimpleTestCase):
    def test_entries_are_the_events_in_order(self) -> None:
        for extension in ("rss", "atom"):
            found = parsed(extension)
            events = documents.make_feed().events
            self.assertEqual([entry.id for entry in found.entries], [event.guid for event in events])
            self.assertEqual(found.entries[0].link, events[0].url)
            self.assertEqual(found.entries[1].title, events[1].headline)

    def test_titles_and_summaries_show_what_was_written(self) -> None:
        for extension in ("rss", "atom"):
            entries = parsed(extension).entries
            self.assertEqual(entries[0].title, documents.make_event().headline)
            self.assertEqual(entries[2].title, "الميناء \u200fيفتح أبوابه & ]]>")
        self.assertEqual(
            parsed("rss").entries[0].summary, "After 24 days the ports’ dockers accept 4 % &amp; a bonus."
        )
        self.assertEqual(
            parsed("atom").entries[0].summary, "After 24 days the ports’ dockers accept 4 % & a bonus."
        )

    def test_content_is_whole_and_absolute(self) -> None:
        event = documents.make_event(body_html='<p><a href="/e/p7c4w8rt/">a</a> <a href="//b.org/">b</a></p>')
        for extension in ("rss", "atom"):
            content = parsed(extension, events=(event,)).entries[0].content[-1].value
            self.assertIn(f'<a href="{SITE}/e/p7c4w8rt/">a</a> <a href="//b.org/">b</a>', content)
            self.assertIn('alt="Cranes over an empty quay"', content)
            self.assertIn("A. Photographer &amp; Co., CC BY 4.0", content)
            self.assertIn("?id=1&amp;copy=2", content)
            self.assertIn("<li>Harbour Gazette, printed edition</li>", content)

    def test_links_beside_the_page_and_to_footnotes_are_absolute(self) -> None:
        body = (
            '<p><a id="fnref-1" href="#fn-1">1</a> <a href="../22/">day</a> <a href="?a=1&amp;b=2">page</a>'
            ' <a href="mailto:a@example.org">us</a> <code>&lt;a href="/x"&gt;</code></p>'
        )
        article = documents.make_article(body_html=body)
        page = f"{SITE}/opinion/2024/03/05/what-the-strike-leaves/"
        content = content_html(article)
        self.assertIn(f'<a id="fnref-1" href="{page}#fn-1">1</a>', content)
        self.assertIn(f'<a href="{SITE}/opinion/2024/03/05/22/">day</a>', content)
        self.assertIn(f'<a href="{page}?a=1&amp;b=2">page</a>', content)
        self.assertIn('<a href="mailto:a@example.org">us</a> <code>&lt;a href="/x"&gt;</code>', content)

    def test_articles_bring_their_sources_and_notes_to_readers(self) -> None:
        for extension in ("rss", "atom"):
            content = parsed(extension, events=(documents.make_article(),)).entries[0].content[-1].value
            source = '<a href="https://www.reuters.com/vote?a=1&amp;b=2">Reuters: The vote</a>'
            self.assertIn(f"<p>Sources</p>\n<ol>\n<li>{source}</li>\n</ol>", content)
            self.assertIn("<p><strong>Correction, 2024-03-06</strong></p>", content)

    def test_cover_is_enclosed_with_its_true_length(self) -> None:
        picture = documents.make_cover().largest
        for extension in ("rss", "atom"):
            entry = parsed(extension).entries[0]
            (enclosure,) = entry.enclosures
            self.assertEqual(
                (enclosure.href, enclosure.length), (f"{SITE}{picture.path}", str(picture.bytes))
            )
            (media,) = entry.media_content
            self.assertEqual((media["url"], media["medium"]), (f"{SITE}{picture.path}", "image"))
            self.assertEqual((media["width"], media["height"]), ("1280", "960"))

    def test_cover_that_is_not_stored_is_not_enclosed(self) -> None:
        event = documents.make_event(cover=documents.make_cover(renditions=()))
        for extension in ("rss", "atom"):
            entry = parsed(extension, events=(event,)).entries[0]
            self.assertEqual(entry.enclosures, [])
            self.assertNotIn("media_content", entry)

    def test_moments(self) -> None:
        rss, atom = parsed("rss").entries[0], parsed("atom").entries[0]
        self.assertEqual(
            datetime(*rss.published_parsed[:6], tzinfo=UTC), datetime(2024, 2, 29, 15, tzinfo=UTC)
        )
        self.assertEqual(atom.published, "2024-02-29T15:00:00+00:00")
        self.assertEqual(atom.updated, "2024-02-29T18:30:00+00:00")

    def test_pages_are_linked(self) -> None:
        cases = (
            ({}, {"self": "", "first": "", "next": "?before=2024-02-01T00:00:00Z.p7c4w8rt"}),
            ({"cursor": "abc", "is_first": False, "older": ""}, {"self": "?before=abc", "first": ""}),
            (
                {"query": "q=%22a%22", "older": "xyz"},
                {"self": "?q=%22a%22", "first": "?q=%22a%22", "next": "?q=%22a%22&before=xyz"},
            ),
        )
        for changes, expected in cases:
            for extension in ("rss", "atom"):
                links = parsed(extension, **changes).feed.links
                own = {link.rel: link.href for link in links if "/feeds/" in link.href}
                stem = f"{SITE}/feeds/news.{extension}"
                self.assertEqual(own, {rel: stem + query for rel, query in expected.items()})
                self.assertIn("https://hub.example.org/", [link.href for link in links if link.rel == "hub"])

    def test_languages_of_entries(self) -> None:
        root = get_feed("atom").render(documents.make_feed())
        self.assertIn('<entry xml:lang="zh-Hans">', root)
        self.assertIn('<feed xmlns="http://www.w3.org/2005/Atom"', root)
        self.assertEqual(parsed("rss").entries[2].language, "ar")
        self.assertEqual(parsed("rss").feed.language, "en")

    def test_right_to_left_content_says_so(self) -> None:
        event = documents.make_event(ref=documents.make_ref(language="ar", direction="rtl"))
        content = parsed("rss", events=(event,)).entries[0].content[-1].value
        self.assertTrue(content.startswith('<div dir="rtl">'))

    def test_empty_feed_is_a_feed(self) -> None:
        for extension in ("rss", "atom"):
            self.assertEqual(parsed(extension, events=(), older="").entries, [])

    @override_settings(EVENTS_WEBSUB_HUB="")
    def test_without_a_hub_none_is_named(self) -> None:
        for feed in FEEDS:
            self.assertNotIn("hub", feed.render(documents.make_feed(events=())))


@override_settings(EVENTS_SITE_URL=SITE)
class JSONFeedTests(SimpleTestCase):
    def _feed(self, **changes):
        return json.loads(get_feed("json").render(documents.make_feed(**changes)))

    def test_what_the_standard_requires(self) -> None:
        feed = self._feed()
        self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
        self.assertEqual(feed["title"], "Dayline & friends’ news")
        self.assertEqual(feed["feed_url"], f"{SITE}/feeds/news.json")
        for item in feed["items"]:
            self.assertIsInstance(item["id"], str)
            self.assertTrue(item["content_html"])
            self.assertTrue(item["date_published"].endswith("+00:00"))
            self.assertTrue(item["language"])

    def test_cover_and_tags(self) -> None:
        item, bare, _ = self._feed()["items"]
        picture = documents.make_cover().largest
        self.assertEqual(item["image"], f"{SITE}{picture.path}")
        self.assertEqual(item["attachments"][0]["size_in_bytes"], picture.bytes)
        self.assertEqual(
            item["tags"], ["Business and economy", "Harbour strike", "Ports & harbours", "Dockers’ Union"]
        )
        self.assertNotIn("image", bare)
        self.assertEqual(item["_dayline"]["date"], "2024-02-29")

    def test_next_page(self) -> None:
        self.assertTrue(self._feed()["next_url"].endswith("?before=2024-02-01T00:00:00Z.p7c4w8rt"))
        self.assertNotIn("next_url", self._feed(older=""))


class RegistryTests(SimpleTestCase):
    def test_every_kind_is_found_by_its_extension(self) -> None:
        self.assertEqual([feed.extension for feed in FEEDS], ["rss", "atom", "json"])
        for feed in FEEDS:
            self.assertIs(get_feed(feed.extension), feed)

    def test_pages_link_every_kind(self) -> None:
        written = [(feed.extension, feed.media_type, feed.title) for feed in FEEDS]
        self.assertEqual([tuple(output) for output in outputs.FEEDS], written)

    def test_unknown_extension_is_a_lookup_error(self) -> None:
        with self.assertRaises(LookupError):
            get_feed("rdf")
