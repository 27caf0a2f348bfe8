"""Each signal by itself: from 0 to 1, and what it says."""

import random

from django.test import SimpleTestCase

from events.related import features
from events.related.terms import CONTEXT, SOURCE, WORD, context_term, source_term, word_term


class FeatureTests(SimpleTestCase):
    def test_rarity_falls_with_the_count_and_is_never_negative(self):
        rarities = [features.rarity(count, 1000) for count in (1, 2, 10, 100, 1000)]
        self.assertEqual(rarities, sorted(rarities, reverse=True))
        self.assertAlmostEqual(features.rarity(1, 1000), 8.2, delta=0.2)
        self.assertLess(features.rarity(1000, 1000), 0.01)
        self.assertEqual(features.rarity(500, 100), 0)
        # What all of a handful of events have is not common for that.
        self.assertGreater(features.rarity(6, 6), features.rarity(2, 6) / 2)
        # Three events of one subject are related though nothing is rare among them.
        self.assertGreater(features.rarity(3, 3), 0)

    def test_a_vector_is_cut_into_fields_of_length_1(self):
        terms = [word_term("homs"), word_term("bomb"), word_term("the"), context_term("Homs"), source_term(7)]
        rarities = {terms[0]: 4.0, terms[1]: 3.0, terms[3]: 5.0}
        fields = features.weigh(terms, [100, 100, 100, 50, 100], rarities)
        self.assertEqual(fields[CONTEXT], {terms[3]: 1.0})
        self.assertEqual(fields[WORD], {terms[0]: 0.8, terms[1]: 0.6, terms[2]: 0.0})
        # Nothing is known of the only source, so nothing can be told by it.
        self.assertEqual(fields[SOURCE], {})
        self.assertAlmostEqual(features.cosine(fields[WORD], fields[WORD]), 1)
        self.assertEqual(features.weigh([], [], {})[WORD], {})

    def test_cosine(self):
        one = features.normalised((1, 2), (3.0, 4.0))
        self.assertAlmostEqual(features.cosine(one, {2: 1.0}), 0.8)
        self.assertEqual(features.cosine(one, {3: 1.0}), 0)
        self.assertEqual(features.cosine(one, {}), 0)

    def test_nearness_has_a_floor(self):
        self.assertEqual(features.nearness(0), 1)
        self.assertAlmostEqual(features.nearness(14), 0.7)
        self.assertEqual(features.nearness(-14), features.nearness(14))
        self.assertAlmostEqual(features.nearness(100_000), 0.4, places=3)

    def test_same_category(self):
        self.assertEqual(features.same_category(3, 3), 1)
        self.assertEqual(features.same_category(3, 4), 0)
        self.assertEqual(features.same_category(0, 0), 0)

    def test_covered(self):
        self.assertEqual(features.covered(3, {3, 4}), 1)
        self.assertEqual(features.covered(3, ()), 0)

    def test_nobody_is_company_of_his_own(self):
        vector = {1: 1.0}
        self.assertEqual(features.company(vector, {1: 2.0}, whole=2.0, own=2.0), 0)
        self.assertAlmostEqual(features.company(vector, {1: 2.0}, whole=2.0, own=0.0), 1)
        # Two best ones of the same score, of which this is one and the other has nothing of it.
        self.assertAlmostEqual(features.company(vector, {1: 2.0, 2: 2.0}, whole=4.0, own=2.0), 0)
        self.assertEqual(features.company(vector, {}, whole=0.0, own=0.0), 0)

    def test_whatever_the_vectors(self):
        """Of a thousand random vectors every signal is from 0 to 1."""
        draw = random.Random(3)  # noqa: S311 (the same draws at every run)
        for _round in range(1000):
            one, other = (
                features.normalised(terms, [draw.random() * 5 for _term in terms])
                for terms in (draw.sample(range(9), draw.randrange(6)) for _vector in range(2))
            )
            score = draw.random()
            crowd = {term: value * score for term, value in other.items()}
            for value in (
                features.cosine(one, other),
                features.nearness(draw.randrange(-9999, 9999)),
                features.company(one, crowd, whole=score, own=0.0),
            ):
                self.assertGreaterEqual(value, 0)
                self.assertLessEqual(value, 1)
