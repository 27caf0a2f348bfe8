import json
from datetime import date, timedelta

from django.test import TestCase, override_settings
from django.utils import timezone

from events.tests.search.entries import publish
from events.tests.search.test_query import HOSTILE

# A kept page has no document to look at.
UNCACHED = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@override_settings(CACHES=UNCACHED)
class SearchPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        publish(
            "Ceasefire in Homs",
            date=date(2016, 2, 1),
            contexts=["Homs", "Syria"],
            sources=["BBC bbc.com"],
            summary="The <b>ceasefire</b> holds.",
            category="Armed conflicts and attacks",
        )
        publish("Ceasefire in Aleppo", date=date(2017, 3, 1), contexts=["Aleppo", "Syria"])
        publish("Secret ceasefire", state="draft", contexts=["Secret plan"], sources=["Leak leak.test"])
        publish("Later ceasefire", publish_at=timezone.now() + timedelta(days=9), contexts=["Later plan"])

    def document(self, **data):
        response = self.client.get("/search/", data)
        self.assertEqual(response.status_code, 200)
        return response.context["document"]

    def facet(self, name: str, **data) -> dict[str, str]:
        """Addresses of a facet's links by their words and counts."""
        facets = {facet.name: facet for facet in self.document(**data).search.facets}
        return {f"{link.title} {link.count}": link.path for link in facets[name].links}

    def test_hits_with_marks(self):
        response = self.client.get("/search/", {"q": "ceasefire homs"})
        self.assertContains(response, "<mark>Ceasefire</mark> in <mark>Homs</mark>")
        self.assertNotContains(response, "Aleppo</mark>")
        self.assertNotContains(response, "<b>")

    def test_empty_question_shows_the_form(self):
        search = self.document().search
        self.assertEqual((search.query, search.values, search.hits, search.facets), ("", {}, (), ()))

    def test_unpublished_text_is_nowhere(self):
        for address in (
            "/search/",
            "/search/index.md",
            "/search/index.json",
            "/search/index.xml",
            "/search/feed.rss",
            "/search/feed.atom",
            "/search/feed.json",
        ):
            with self.subTest(address):
                response = self.client.get(address, {"q": "ceasefire"})
                self.assertContains(response, "Aleppo")
                for word in ("Secret", "Later", "leak.test"):
                    self.assertNotContains(response, word)
        self.assertEqual(self.document(q="ceasefire").search.count, 2)
        self.assertEqual(self.document(q="secret pln").search.suggestions, ())

    def test_facets_set_and_remove_filters(self):
        links = self.facet("context", q="ceasefire")
        self.assertEqual(links["Homs 1"], "/search/?q=ceasefire&context=homs")
        links = self.facet("context", q="ceasefire", context="homs")
        self.assertEqual(links["Homs 1"], "/search/?q=ceasefire")
        self.assertEqual(links["Syria 1"], "/search/?q=ceasefire&context=homs&context=syria")
        links = self.facet("year", q="ceasefire")
        self.assertEqual(links["2016 1"], "/search/?q=ceasefire&from=2016-01-01&to=2016-12-31")
        links = self.facet("year", q="ceasefire", **{"from": "2016", "to": "2016"})
        self.assertEqual(links["2016 1"], "/search/?q=ceasefire")
        category = "Armed conflicts and attacks 1"
        path = self.facet("category", q="ceasefire")[category]
        self.assertEqual(self.client.get(path).context["document"].search.count, 1)

    def test_every_facet_leads_to_as_many_hits_as_it_says(self):
        for facet in self.document(q="ceasefire").search.facets:
            for link in facet.links:
                with self.subTest(link.path):
                    self.assertEqual(self.client.get(link.path).context["document"].search.count, link.count)

    def test_operators_and_fields_mean_the_same(self):
        typed = self.document(q="ceasefire context:homs from:2016-01-01")
        filled = self.document(q="ceasefire", context="homs", **{"from": "2016-01-01"})
        self.assertEqual(typed.search, filled.search)
        self.assertEqual(typed.page.path, filled.page.path)
        self.assertEqual(typed.search.values, {"q": "ceasefire", "context": "homs", "from": "2016-01-01"})

    def test_count_names_the_words_and_leaves_filters_to_the_form(self):
        page = self.client.get("/search/", {"q": "<ceasefire> context:homs"})
        self.assertContains(page, "1 event for “&lt;ceasefire&gt;”")
        self.assertContains(self.client.get("/search/", {"context": "homs"}), "for “context:homs”")

    def test_did_you_mean(self):
        links = self.document(q="Alepo ceasefire").search.suggestions
        self.assertEqual(
            [(link.title, link.path) for link in links], [("Aleppo ceasefire", "/search/?q=Aleppo+ceasefire")]
        )

    def test_wrong_filters_answer_400_and_say_what_is_wrong(self):
        for data, words in (
            ({"from": "2016-02-30"}, "2016-02-30"),
            ({"q": "to:never"}, "never"),
            ({"from": "2017", "to": "2016"}, "after the last"),
            ({"context": "nowhere"}, "nowhere"),
            ({"context": "secret-plan"}, "secret-plan"),
            ({"source": "nobody.test"}, "nobody.test"),
            ({"q": "ceasefire", "page": "2"}, "page 2"),
            ({"q": "ceasefire", "page": "x"}, "page “x”"),
            ({"q": "ceasefire", "page": "0"}, "page “0”"),
        ):
            for address in ("/search/", "/search/index.json"):
                with self.subTest(f"{address} {data}"):
                    self.assertContains(self.client.get(address, data), words, status_code=400)

    def test_notes_stand_beside_the_answer(self):
        long = "ceasefire " * 60
        page = self.client.get("/search/", {"q": long})
        self.assertEqual(page.context["document"].search.problems, ())
        self.assertContains(page, "only its beginning was searched")
        self.assertContains(page, "2 events for")
        self.assertContains(self.client.get("/search/", {"q": "x" * 600}), "Nothing found.")
        found = json.loads(self.client.get("/search/index.json", {"q": long}).content)["search"]
        self.assertEqual((found["problems"], len(found["notes"]), found["count"]), ([], 2, 2))
        self.assertContains(self.client.get("/search/index.md", {"q": long}), "only its beginning")

    @override_settings(EVENTS_PAGE_SIZE=1)
    def test_last_page_that_is_shown_has_the_count(self):
        for number in range(10):
            publish(f"Ceasefire {number}")
        page = self.client.get("/search/", {"q": "ceasefire", "page": 10})
        self.assertContains(page, "12 events for")
        self.assertContains(page, "Only the best hits are shown.")

    def test_no_question_is_an_error(self):
        for text in HOSTILE:
            with self.subTest(repr(text[:20])):
                text = text.encode("utf-8", "replace").decode()
                # NUL is no text in any field; the door refuses it before a view sees it.
                expected = 400 if "\x00" in text else 200
                self.assertEqual(self.client.get("/search/", {"q": text}).status_code, expected)

    def test_queries_do_not_grow_with_the_hits(self):
        data = {"q": "ceasefire", "context": "syria", "source": "bbc.com"}
        for number in range(3):
            publish(f"Ceasefire {number}", contexts=["Syria"], sources=["BBC bbc.com"])
        with self.assertNumQueries(10):
            self.client.get("/search/", data)
        for number in range(20):
            sources = ["BBC bbc.com", f"Paper paper{number}.test"]
            publish(f"Ceasefire {number}", contexts=["Syria", f"Town {number}"], sources=sources)
        with self.assertNumQueries(10):
            self.client.get("/search/", data)

    @override_settings(EVENTS_PAGE_SIZE=1)
    def test_pages(self):
        first = self.document(q="ceasefire").page
        self.assertEqual((first.previous, first.next.path), (None, "/search/?q=ceasefire&page=2"))
        second = self.document(q="ceasefire", page=2)
        self.assertEqual((second.page.previous.path, second.page.next), ("/search/?q=ceasefire", None))
        self.assertEqual(len(second.search.hits), 1)

    def test_formats_carry_the_hits(self):
        found = json.loads(self.client.get("/search/index.json", {"q": "aleppo"}).content)
        self.assertEqual(len(found["search"]["hits"]), 1)
        self.assertEqual(self.client.get("/search/index.foo", {"q": "aleppo"}).status_code, 404)


@override_settings(CACHES=UNCACHED)
class SearchFeedTests(TestCase):
    @override_settings(EVENTS_FEED_SIZE=2)
    def test_pages_of_a_feed(self):
        for number in range(3):
            publish(f"Ceasefire {number}")
        feed = json.loads(self.client.get("/search/feed.json", {"q": "ceasefire"}).content)
        self.assertEqual(len(feed["items"]), 2)
        older = json.loads(self.client.get(feed["next_url"].partition("8000")[2]).content)
        self.assertEqual(len(older["items"]), 1)

    def test_a_feed_needs_a_question(self):
        for data in ({}, {"q": "from:never"}, {"q": "a", "before": "x"}):
            with self.subTest(data):
                self.assertEqual(self.client.get("/search/feed.rss", data).status_code, 400)
