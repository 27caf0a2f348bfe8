"""How many queries each page costs: pinned, and the same for one entry as for twenty."""

import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from events.tests.addresses_of import every_address, search_addresses
from events.tests.factories import DAY, NOW, make_context, make_cover, make_event, make_story_line
from events.workflow import stories
from events.workflow.edits import editing

MOST = 12
OTHER_DAY = DAY.replace(day=7)

# By the beginning and the end of the address; the first line that fits counts. One of them is the stamp's.
PINNED = (
    ("/feeds/opinion", "", 3),
    ("/feeds/", "", 5),
    ("/opinion/", "", 3),
    ("/profiles/", "", 2),
    ("/schemas/", "", 1),
    ("/about/", "", 1),
    ("/api/", "", 1),
    ("/robots.txt", "", 1),
    ("/sitemap.xml", "", 6),
    ("/sitemap-pages.xml", "", 4),
    ("/sitemap-", "", 2),
    ("/news-sitemap.xml", "", 5),
    ("/search/feed", "?q=entry", 5),
    ("/search/feed", "", 8),
    ("/search/", "?q=entry", 9),
    ("/search/", "&source=reuters.com", 10),
    ("/search/", "", 1),
    ("/contexts/?kind=topic", "", 3),
    ("/contexts/?kind=", "", 2),
    ("/contexts/index", "", 3),
    ("/contexts/", "/feed.rss", 6),
    ("/contexts/", "/feed.atom", 6),
    ("/contexts/", "/feed.json", 6),
    ("/contexts/", "", 10),
    ("/stories/index", "", 3),
    # A topic is no story: it is led on.
    ("/stories/bridges", "", 2),
    ("/stories/rivers", "", 2),
    ("/sources/index", "", 3),
    ("/sources/reuters.com/feed", "", 6),
    ("/sources/reuters.com/", "", 7),
    ("/news/2024/05/01/entry", "/", 9),
    ("/news/2024/05/07/entry", "/", 9),
    # With the addresses that it had before.
    ("/news/2024/05/01/entry", "", 10),
    ("/news/2024/05/07/entry", "", 10),
    ("/news/2024/05/0", "/", 6),
    ("/news/2024/05/01/index", "", 9),
    ("/news/2024/05/07/index", "", 9),
    ("/news/2024/05/", "", 6),
    ("/news/2024/", "", 3),
    ("/news/", "", 4),
    ("/e/", "", 1),
    ("/", "", 8),
)


class QueriesTests(TestCase):
    """Each answer is made anew, with nothing kept from the one before."""

    @classmethod
    def setUpTestData(cls):
        add_entry("entry 0")
        # Another one to be related to, and an update for the front page.
        with editing(add_entry("entry 1", date=OTHER_DAY), is_significant=True):
            pass

    def setUp(self):
        # So soon after their publication all entries stand in the news sitemap too.
        clock = time_machine.travel(NOW, tick=False)
        clock.start()
        self.addCleanup(clock.stop)

    def queries(self) -> dict[str, int]:
        counts = {}
        asked = [
            *every_address(),
            *search_addresses(q="entry"),
            *search_addresses(context="bridges", source="reuters.com"),
        ]
        for path in asked:
            cache.clear()
            with CaptureQueriesContext(connection) as captured:
                status = self.client.get(path).status_code
            self.assertIn(status, (200, 301, 302), path)
            counts[path] = len(captured)
        return counts

    maxDiff = None

    def test_number_is_pinned_and_does_not_grow(self):
        few = self.queries()
        self.assertEqual(
            {path: count for path, count in few.items() if count != pinned(path) and count > 1}, {}
        )
        for number in range(2, 20):
            add_entry(f"entry {number}", cover=make_cover() if number % 2 else None)
        many = self.queries()
        self.assertEqual(
            {path: many[path] for path, count in few.items() if many[path] > most(path, count)}, {}
        )
        self.assertLessEqual(max(many.values()), MOST)

    def test_kept_page_costs_one_query(self):
        for path in ("/", "/news/2024/05/01/", "/contexts/bridges/", "/feeds/news.atom"):
            self.client.get(path)
            with self.subTest(path), self.assertNumQueries(1):
                self.client.get(path)


class StoryQueriesTests(TestCase):
    """The same for story lines, with everything that one can have: larger ones, smaller ones, sides."""

    @classmethod
    def setUpTestData(cls):
        crossings = make_context("Crossings", kind="story")
        cls.bridges = make_context("Bridges", kind="story", parents=[crossings])
        make_context("Piers", kind="story", parents=[cls.bridges])
        for month in (3, 7):
            add_entry("crossing", date=DAY.replace(month=month), contexts=["Crossings"])
        add_entry("pier", contexts=["Piers", "Bridges"])
        stories.pin(add_entry("entry"), context=cls.bridges)
        stories.pin(add_entry("entry"), story_line=make_story_line("Rivers bridged", ["Bridges", "Rivers"]))

    def test_number_is_pinned_and_does_not_grow(self):
        pinned = {
            "/stories/": 4,
            "/stories/bridges/": 12,
            "/stories/bridges/index.json": 12,
            "/stories/bridges/feed.rss": 6,
            "/stories/bridges/embed/": 7,
            "/stories/rivers-bridged/": 12,
            "/stories/rivers-bridged/feed.rss": 7,
            "/stories/rivers-bridged/embed/": 8,
            "/sitemap-stories-1.xml": 2,
        }
        for number in (1, 20):
            for count in range(number):
                stories.pin(add_entry(f"entry {count}"), context=self.bridges)
            for path, queries in pinned.items():
                cache.clear()
                with self.subTest(path, entries=number), self.assertNumQueries(queries):
                    self.assertEqual(self.client.get(path).status_code, 200)


def add_entry(headline: str, **fields):
    values = {
        "summary": "A *summary*.",
        "contexts": ["Bridges", "Rivers"],
        "sources": [("Reuters", "https://www.reuters.com/a"), ("AFP", "https://www.reuters.com/b")],
        "publish_at": NOW,
    }
    return make_event(headline, **(values | fields))


def most(path: str, count: int) -> int:
    """The front page takes a step along the index for each crowded day, of three at most."""
    return count + 2 if path == "/" or path.startswith("/index.") else count


def pinned(path: str) -> int:
    if path in ("/contexts/", "/sources/"):
        return 3
    if path == "/stories/":
        return 3
    return next(count for start, end, count in PINNED if path.startswith(start) and path.endswith(end))
