"""Excerpts and marked search terms."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.text.excerpts import excerpt, mark_terms
from events.text.folding import search_tokens


class ExcerptTests(SimpleTestCase):
    def test_short_text_is_left_alone(self):
        self.assertEqual(excerpt("  Two \n words "), "Two words")

    def test_it_is_cut_at_a_word(self):
        self.assertEqual(excerpt("The quick brown fox jumps", chars=17), "The quick brown…")
        self.assertEqual(excerpt("It was said, that it’s over", chars=13), "It was said…")

    def test_chinese_is_cut_at_a_character(self):
        self.assertEqual(excerpt("美军继续对伊拉克巴格达南部进行空袭。", chars=8), "美军继续对伊拉…")

    def test_an_endless_word_is_cut_inside(self):
        self.assertEqual(excerpt("a" * 300, chars=10), "a" * 9 + "…")

    @given(st.text(), st.integers(min_value=2, max_value=60))
    def test_it_never_grows_too_long(self, text, chars):
        self.assertLessEqual(len(excerpt(text, chars=chars)), chars)


class MarkTermsTests(SimpleTestCase):
    def marked(self, text, *queries, chars=240):
        terms = [search_tokens(query) for query in queries]
        return [segment for segment, matched in mark_terms(text, terms, chars=chars) if matched]

    def test_text_is_shown_as_written(self):
        text = "The “Shi’ite” militia near the U.S.-run Café"
        self.assertEqual(self.marked(text, "shiite", "US", "cafes"), ["Shi’ite", "U.S.", "Café"])

    def test_phrases_need_their_words_side_by_side(self):
        text = "Islamic State, not a state that is Islamic"
        self.assertEqual(self.marked(text, "islamic state"), ["Islamic State"])

    def test_chinese_words_are_marked_as_a_whole(self):
        self.assertEqual(self.marked("伊拉克首都巴格达发生袭击", "巴格达"), ["巴格达"])

    def test_a_far_match_is_brought_into_view(self):
        segments = mark_terms("word " * 200 + "Homs " + "tail " * 200, [["hom"]], chars=60)
        shown = "".join(text for text, _ in segments)
        self.assertIn(("Homs", True), segments)
        self.assertTrue(shown.startswith("…word ") and shown.endswith("tail…"), shown)
        self.assertLessEqual(len(shown), 62)

    def test_no_match_gives_the_beginning(self):
        self.assertEqual(mark_terms("One two", [["three"]]), [("One two", False)])
        self.assertEqual(mark_terms("", [["three"]]), [])

    @given(
        st.text(alphabet="ab 敘利'’.,-é\n", max_size=200), st.text(alphabet="ab敘é", min_size=1, max_size=3)
    )
    def test_segments_join_to_the_text(self, text, query):
        segments = mark_terms(text, [search_tokens(query)], chars=1000)
        self.assertEqual("".join(part for part, _ in segments), " ".join(text.split()))
