"""What a process knows of terms between two writes."""

from django.db import transaction
from django.test import TestCase, TransactionTestCase

from events.related import related_to, tables
from events.related.counts import TermCounts, known_at
from events.related.terms import EVERY, word_term
from events.tests.factories import NOW, make_event

HOMS, MARKET = word_term("hom"), word_term("market")


class TermCountsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_event("Bombs in Homs")
        make_event("A market in Homs")

    def known(self) -> TermCounts:
        known = TermCounts()
        known.add({EVERY: 2, HOMS: 2})
        return known

    def test_only_what_is_missing_is_asked(self):
        with self.assertNumQueries(0):
            self.known().need({HOMS})
        with self.assertNumQueries(1):
            told = self.known().need({HOMS, MARKET, word_term("nowher")})
        self.assertEqual((told.counts[MARKET], told.counts[word_term("nowher")], told.total), (1, 0, 2))
        self.assertGreater(told.rarities[MARKET], told.rarities[HOMS])

    def test_an_answer_of_another_state_is_kept_from_others(self):
        known = self.known()
        known.stamp = (0, "long ago")
        told = known.need({MARKET})
        self.assertIn(MARKET, told.counts)
        self.assertNotIn(MARKET, known.counts)

    def test_a_transaction_shares_nothing(self):
        known_at((1, "now")).add({EVERY: 1})
        self.assertEqual(known_at((1, "now")).counts, {})


class SharedTests(TransactionTestCase):
    def setUp(self):
        # Django empties only tables of models after a test that commits.
        tables.clear()

    def test_until_the_next_write(self):
        one = make_event("Bombs in Homs", contexts=["Homs"])
        make_event("A market in Homs reopens after years", contexts=["Homs"])
        with self.assertNumQueries(3):
            first = related_to(one, limit=10, now=NOW)
        with self.assertNumQueries(2):
            self.assertEqual(related_to(one, limit=10, now=NOW), first)
        make_event("Homs elects a mayor", contexts=["Homs"])
        with self.assertNumQueries(3):
            self.assertEqual(len(related_to(one, limit=10, now=NOW)), 2)
        with transaction.atomic():
            make_event("Taken back", contexts=["Homs"])
            self.assertEqual(len(related_to(one, limit=10, now=NOW)), 3)
            transaction.set_rollback(True)
        self.assertEqual(len(related_to(one, limit=10, now=NOW)), 2)
