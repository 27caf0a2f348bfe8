"""Words, contexts and sources as numbers."""

from django.test import SimpleTestCase

from events.related import terms
from events.text.folding import index_text


def words(text: str) -> list[str]:
    return list(terms.words_in(index_text(text)))


class TermTests(SimpleTestCase):
    def test_fields_are_apart(self):
        word, context, source = terms.word_term("7"), terms.context_term("7"), terms.source_term(7)
        self.assertEqual(
            [terms.field_of(term) for term in (word, context, source)],
            [terms.WORD, terms.CONTEXT, terms.SOURCE],
        )
        self.assertEqual(len({word, context, source, terms.EVERY}), 4)
        # They must fit a signed 64-bit column.
        self.assertLess(max(word, context, source), 2**63)

    def test_a_context_is_one_however_it_is_spelt(self):
        self.assertEqual(terms.context_term("Łódź"), terms.context_term("lodz"))
        self.assertEqual(terms.context_term("U.S. Navy"), terms.context_term("US navy"))

    def test_what_tells_nothing_is_left_out(self):
        self.assertEqual(words("The two are said to have killed 57 people in 2016, a"), ["kill", "2016"])

    def test_letters_without_spaces_go_by_pairs(self):
        self.assertEqual(words("北京会议 in Beijing 雨"), ["北京", "京会", "会议", "beij"])

    def test_contexts_that_a_text_might_name(self):
        named = terms.contexts_named("Explosions rip through the U.N. office in São Paulo")
        for name in ("UN", "Sao Paulo", "office"):
            self.assertIn(terms.context_term(name), named)
        self.assertNotIn(terms.context_term("Paulo São"), named)
        self.assertEqual(terms.contexts_named(""), set())
