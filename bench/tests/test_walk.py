"""From each page to all that it names."""

from datetime import date

from django.test import Client, TestCase, override_settings

from bench.walk import Walker, linked, older, relative, report, walk_all
from events.documents.types import absolute
from events.outputs import FEEDS, FORMATS
from events.tests.factories import make_article, make_context, make_event, make_profile


class LinkTests(TestCase):
    def test_other_forms_and_the_next_page(self) -> None:
        html = """<link rel="canonical" href="/a/"><link rel="next" href="/a/?before=1&amp;x=2">
            <link rel="alternate" href="/a/index.md"><a rel="next" href="/no/">"""
        self.assertEqual(linked(html), (["/a/index.md"], "/a/?before=1&x=2"))

    def test_older_entries_of_each_kind_of_feed(self) -> None:
        for text in (
            '<atom:link rel="self" href="/s"/><atom:link href="/f?before=2" rel="next"/>',
            '<link rel="next" href="/f?before=2"/>',
            '{"next_url": "/f?before=2"}',
        ):
            self.assertEqual(older(text), "/f?before=2")
        self.assertEqual(older('<link rel="self" href="/f"/>'), "")

    def test_addresses_are_asked_for_as_a_client_does(self) -> None:
        self.assertEqual(
            relative(absolute("/contexts/圣诞/?before=2020-01-01.1")),
            "/contexts/%E5%9C%A3%E8%AF%9E/?before=2020-01-01.1",
        )
        self.assertEqual(relative("/a%20b/"), "/a%20b/")


@override_settings(EVENTS_PAGE_SIZE=2, EVENTS_FEED_SIZE=2)
class WalkTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        context = make_context("Harbours")
        for number in range(5):
            make_event(f"Ship {number} comes in", contexts=[context])
        make_event("Nobody may read this", state="draft")

    def walked(self, what: str, part: int = 0, parts: int = 1) -> Walker:
        walker = Walker(Client())
        roots = list(walk_all(walker, what, part, parts))
        self.assertEqual(walker.failures, [])
        self.assertTrue(roots)
        return walker

    def test_a_list_with_all_its_pages_formats_and_feeds(self) -> None:
        walker = self.walked("contexts")
        pages = [path for path in walker.seen if path.startswith("/contexts/harbours/?")]
        self.assertEqual(len(pages), 2)
        types = ("text/html", *(output.type for output in (*FORMATS, *FEEDS)))
        self.assertEqual(dict(walker.asked), dict.fromkeys(types, 3))

    def test_events_with_their_permanent_addresses(self) -> None:
        walker = self.walked("events")
        self.assertEqual(walker.asked["text/html"], 5)
        self.assertEqual(walker.asked["redirect"], 5)
        # JSON and ninjs.
        self.assertEqual(walker.asked["application/json"], 10)

    def test_stories_with_what_stands_in_frames(self) -> None:
        story = make_context("Harbour strike", kind="story")
        for day in (1, 2, 3):
            make_event(f"Day {day} of the strike", contexts=[story])
        seen = self.walked("stories").seen
        for path in ("", "embed/", "index.json", "feed.atom"):
            self.assertIn(f"/stories/harbour-strike/{path}", seen)

    def test_articles_with_their_lists_and_those_whom_they_are_by(self) -> None:
        author = make_profile("Rana Haddad")
        for day in (1, 2, 3):
            make_article(f"Part {day}", date=date(2024, 3, day), by_profiles=[author])
        make_article("Nobody may read this", date=date(2023, 1, 1), state="draft")
        walker = self.walked("articles")
        self.assertEqual((walker.asked["text/html"], walker.asked["redirect"]), (3, 3))
        self.assertIn("/opinion/2024/03/02/part-2.ninjs", walker.seen)
        self.assertIn("/profiles/rana-haddad/feed.atom", self.walked("profiles").seen)
        seen = self.walked("lists").seen
        for path in ("/opinion/2024/index.md", "/opinion/2024/03/index.md", "/opinion/2024/03/02/index.md"):
            self.assertIn(path, seen)
        for start in ("/opinion/?before=", "/feeds/opinion.rss?before="):
            self.assertTrue(any(path.startswith(start) for path in seen), start)
        self.assertNotIn("/opinion/2023/", seen)

    def test_a_feed_is_empty_only_where_its_page_is(self) -> None:
        wide = make_context("The sea")
        narrow = make_context("The harbour", parents=[wide])
        make_event("A ship comes in", contexts=[narrow])
        self.assertIn("/contexts/the-sea/feed.rss", self.walked("contexts").seen)
        walker = Walker(Client())
        walker.ask("/contexts/the-sea/feed.rss")
        self.assertEqual(walker.failures, ["/contexts/the-sea/feed.rss: no entry"])

    def test_parts_make_the_whole(self) -> None:
        halves = [self.walked("events", part, 2).seen for part in range(2)]
        self.assertEqual(halves[0] | halves[1], self.walked("events").seen)
        self.assertFalse(halves[0] & halves[1])

    def test_lists_lead_to_days_sitemaps_and_the_feed_of_all(self) -> None:
        seen = self.walked("lists").seen
        for path in ("/", "/news/index.xml", "/feeds/news.atom", "/api/index.md"):
            self.assertIn(path, seen)
        # Sitemaps are numbered by the keys of what they name.
        for start in ("/feeds/news.rss?before=", "/sitemap-contexts-"):
            self.assertTrue(any(path.startswith(start) for path in seen), start)

    def test_what_is_wrong_is_told(self) -> None:
        walker = Walker(Client())
        walker.walk("/contexts/none/")
        walker.follow("none", "/news/")
        self.assertEqual(walker.failures, ["/contexts/none/: answered 404", "/e/none/: 404 None"])
        self.assertTrue(report(walker, 1.0).endswith("2 answers in 1 s, 2 mistakes"))
