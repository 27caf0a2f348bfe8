"""An event as a vector that follows from the event alone."""

from datetime import UTC, date, datetime

from django.test import SimpleTestCase

from events.related.terms import CONTEXT, SOURCE, WORD, context_term, field_of, source_term, word_term
from events.related.vectors import (
    MAX_WORDS,
    PARENT,
    UNIT,
    ContextNames,
    Vector,
    category_number,
    moment_number,
    vector_of,
)
from events.text.folding import index_text


def vector(headline: str = "", summary: str = "", **fields) -> Vector:
    values = {"contexts": (), "publishers": (), "category": ""} | fields
    return vector_of(
        1,
        date=date(2016, 2, 21),
        visible_at=datetime(2016, 2, 21, tzinfo=UTC),
        headline=index_text(headline),
        summary=index_text(summary),
        **values,
    )


def weights(found: Vector) -> dict[int, int]:
    return dict(zip(found.terms, found.weights, strict=True))


class VectorTests(SimpleTestCase):
    def test_where_a_word_stands_decides_what_it_weighs(self):
        found = weights(vector("Siege", "relief", contexts=[ContextNames("Homs", ["Emesa"])]))
        siege, relief, homs, emesa = (
            found[word_term(*index_text(word).split())] for word in ("siege", "relief", "homs", "emesa")
        )
        self.assertEqual(siege, UNIT)
        self.assertGreater(homs, siege)
        self.assertGreater(siege, relief)
        self.assertGreater(relief, emesa)

    def test_a_parent_weighs_less_unless_it_is_carried_too(self):
        found = weights(vector(contexts=[ContextNames("Truce", parents=["War"])]))
        self.assertEqual((found[context_term("truce")], found[context_term("war")]), (UNIT, PARENT))
        both = weights(vector(contexts=[ContextNames("Truce", parents=["War"]), ContextNames("War")]))
        self.assertEqual(both[context_term("war")], UNIT)

    def test_a_new_parent_leaves_all_other_points_as_they_are(self):
        """Nesting a context touches one posting of each event, not all of them."""
        alone = dict(vector("Siege", contexts=[ContextNames("Truce")]).points())
        under = dict(vector("Siege", contexts=[ContextNames("Truce", parents=["War", "Peace"])]).points())
        self.assertEqual(under | alone, under)
        self.assertEqual(under.keys() - alone.keys(), {context_term("war"), context_term("peace")})

    def test_the_order_of_contexts_changes_nothing(self):
        names = [ContextNames(name) for name in ("Homs", "Damascus", "Aleppo")]
        self.assertEqual(vector(contexts=names), vector(contexts=reversed(names)))

    def test_a_long_text_has_its_first_words_compared(self):
        found = vector(" ".join(f"word{number}x" for number in range(500)))
        self.assertEqual(len(found.terms), MAX_WORDS)
        self.assertIn(word_term("word0x"), found.terms)
        self.assertEqual(list(found.terms), sorted(found.terms))

    def test_sources_make_nobody_a_candidate(self):
        found = vector("Siege", contexts=[ContextNames("Homs")], publishers=[5])
        self.assertIn(source_term(5), found.terms)
        self.assertEqual({field_of(term) for term, _points in found.points()}, {WORD, CONTEXT})
        self.assertEqual({field_of(term) for term in found.terms}, {WORD, CONTEXT, SOURCE})

    def test_points_fit_a_small_column_and_fall_with_the_length(self):
        short = dict(vector("Siege").points())
        long = dict(vector("Siege of the old city walls goes on while convoys wait outside").points())
        term = word_term("sieg")
        self.assertGreater(short[term], long[term])
        heavy = vector("Homs " * 5000, contexts=[ContextNames("Homs")] * 30)
        self.assertLess(max(points for _term, points in heavy.points()), 2**15)

    def test_numbers_for_categories_and_moments(self):
        self.assertEqual(category_number(""), 0)
        self.assertNotEqual(category_number("Sports"), category_number("Law and crime"))
        self.assertLess(category_number("Sports"), 2**15)
        self.assertEqual(moment_number(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)), 1_000_000)
