"""Word differences and joined texts: nothing is lost, and no sentence is written by two."""

import time

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.text.differences import compare, merge, sentences, words

# What decides where words and sentences end.
TEXTS = st.text(alphabet='ab .!?…\n\r\t"”大。é́_-', max_size=60)


class WordsTests(SimpleTestCase):
    def test_characters_stand_alone_where_no_spaces_part_words(self):
        self.assertEqual(words("大马士革 is burning"), ["大", "马", "士", "革 ", "is ", "burning"])

    def test_sentences_end_with_their_marks(self):
        self.assertEqual(
            sentences("At 3.14 it fell. “Did it?” she asked.\n\n大马士革。霍姆斯！"),
            ["At 3.14 it fell.", " ", "“Did it?”", " ", "she asked.", "\n", "\n", "大马士革。", "霍姆斯！"],
        )

    @given(TEXTS)
    def test_no_character_is_lost(self, text):
        self.assertEqual("".join(words(text)), text)
        self.assertEqual("".join(sentences(text)), text)


class CompareTests(SimpleTestCase):
    def test_only_the_words_that_differ_are_told(self):
        self.assertEqual(
            compare("The bridge is open.", "The old bridge is closed."),
            [
                ("same", "The "),
                ("added", "old "),
                ("same", "bridge is "),
                ("removed", "open"),
                ("added", "closed"),
                ("same", "."),
            ],
        )

    @given(TEXTS, TEXTS)
    def test_both_texts_can_be_read_back(self, old, new):
        runs = compare(old, new)
        self.assertEqual("".join(run.text for run in runs if run.fate != "added"), old)
        self.assertEqual("".join(run.text for run in runs if run.fate != "removed"), new)

    def test_texts_too_long_for_it_are_replaced_whole(self):
        old, new = "a " * 5000 + "a", "b " * 5000 + "b"
        self.assertEqual(compare(old, new), [("removed", old), ("added", new)])

    def test_what_comes_again_and_again_takes_no_time(self) -> None:
        lines = ("> " * 50 + "x\n") * 900
        for old, new in (
            (lines, lines[::-1]),
            # Many passages, each of which is short enough.
            (
                "".join(f"{again}{n}. Same {n}.\n" for n in range(20))
                for again in ("a b " * 500, "b b a " * 330)
            ),
            ("a b " * 1000, "b b a " * 660),
        ):
            started = time.process_time()
            runs = compare(old, new)
            self.assertLess(time.process_time() - started, 8)
            self.assertEqual("".join(run.text for run in runs if run.fate != "added"), old)
            self.assertEqual("".join(run.text for run in runs if run.fate != "removed"), new)


class MergeTests(SimpleTestCase):
    BASE = "A fell. B fell. C fell."

    def test_different_sentences_are_joined(self):
        self.assertEqual(
            merge(self.BASE, "A rose. B fell. C fell.", "A fell. B fell. C rose."), "A rose. B fell. C rose."
        )

    def test_what_one_put_before_and_the_other_after_it(self):
        self.assertEqual(merge("A.", "A. After.", "Before. A."), "Before. A. After.")
        self.assertIsNone(merge("A.", "A. Mine.", "A. Theirs."))

    def test_the_same_sentence_is_asked_for(self):
        self.assertIsNone(merge(self.BASE, "A fell. B rose. C fell.", "A fell. B fell twice. C fell."))

    def test_what_one_side_left_alone_is_the_others(self):
        self.assertEqual(merge(self.BASE, self.BASE, "New."), "New.")
        self.assertEqual(merge(self.BASE, "New.", self.BASE), "New.")
        self.assertEqual(merge(self.BASE, "New.", "New."), "New.")

    def test_what_comes_again_and_again_is_asked_for(self) -> None:
        base = "".join("a.\n" * (n % 3) + "b.\n" for n in range(400))
        started = time.process_time()
        self.assertIsNone(merge(base, base[::-1], base[4:] + base[::-2]))
        self.assertLess(time.process_time() - started, 8)

    @given(TEXTS, TEXTS, TEXTS)
    def test_sides_are_equal(self, base, mine, theirs):
        self.assertEqual(merge(base, mine, theirs), merge(base, theirs, mine))
