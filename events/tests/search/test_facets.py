from datetime import date

from django.test import TestCase

from events.search.backends.base import Match
from events.search.facets import FacetCount, FacetCounts, count_facets
from events.search.finder import find
from events.search.query import parse
from events.tests.search.entries import NOW, publish


class CountFacetsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        publish(
            "Strike one",
            date=date(2015, 1, 1),
            contexts=["Homs", "Syria"],
            sources=["BBC bbc.com"],
            category="Law and crime",
        )
        publish(
            "Strike two",
            date=date(2016, 1, 1),
            contexts=["Syria"],
            sources=["BBC bbc.com", "CNN cnn.com"],
            category="Law and crime",
        )
        publish("Draft strike", state="draft", contexts=["Syria"], sources=["BBC bbc.com"], category="Sports")

    def test_counts_of_public_matches(self):
        counts = count_facets(find(parse("strike"), now=NOW, limit=1).matches)
        self.assertEqual(counts.contexts, (FacetCount("syria", "Syria", 2), FacetCount("homs", "Homs", 1)))
        self.assertEqual(
            [(row.value, row.count) for row in counts.publishers], [("bbc.com", 2), ("cnn.com", 1)]
        )
        self.assertEqual(counts.categories, (FacetCount("Law and crime", "Law and crime", 2),))
        self.assertEqual([row.value for row in counts.years], ["2016", "2015"])

    def test_equal_counts_by_name(self):
        matches = [
            Match(number, date(2016, 1, 1), NOW, name, "", 1.0)
            for number, name in enumerate(("Sports", "Arts", "Law", "Law", "Health", *map(str, range(12))))
        ]
        names = [row.value for row in count_facets(matches).categories]
        self.assertEqual(names, ["Law", *sorted(map(str, range(12)))[:11]])
        self.assertEqual(names, [row.value for row in count_facets(matches[::-1]).categories])

    def test_two_queries_however_many_matches(self):
        matches = find(parse("strike"), now=NOW, limit=1).matches
        with self.assertNumQueries(2):
            count_facets(matches)

    def test_nothing_found_asks_nothing(self):
        with self.assertNumQueries(0):
            self.assertEqual(count_facets([]), FacetCounts())
