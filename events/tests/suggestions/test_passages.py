from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.suggestions.passages import MAX_LETTERS, MAX_PIECES, MAX_WORDS, Passage, passages, words_of
from events.text.folding import name_key

# Letters of several scripts, with what stands between and inside words.
TEXTS = st.text(alphabet="aBé.'’-+$# \n,中国イランーдИ한국은والس0", max_size=60)


def seen(text: str) -> list[str]:
    return [text[found.start : found.end] for found in passages(text)]


class PassagesTests(SimpleTestCase):
    def test_longest_first_at_each_place(self):
        self.assertEqual(
            seen("Syrian Civil War"),
            ["Syrian Civil War", "Syrian Civil", "Syrian", "Civil War", "Civil", "War"],
        )

    def test_possessive_is_offered_with_and_without(self):
        self.assertEqual(passages("Syria’s"), [Passage(0, 7, "syrias"), Passage(0, 5, "syria")])

    def test_initials_are_one_word(self):
        self.assertIn(Passage(0, 4, "us"), passages("U.S. troops"))

    def test_function_words_begin_and_end_nothing_but_the_article(self):
        self.assertEqual(seen("in the Hague of"), ["the Hague", "Hague"])

    def test_words_of_addresses_are_left_out(self):
        self.assertEqual(seen("[Homs](https://a.example/Iran) https://b.example/Iraq"), ["Homs"])

    def test_no_passage_goes_over_the_end_of_a_sentence(self):
        self.assertNotIn("Iran. War", seen("War in Iran. War in Iraq."))
        self.assertIn("St. Petersburg", seen("Fire in St. Petersburg"))
        self.assertNotIn("中国。日本", seen("中国。日本"))

    def test_letters_of_chinese_are_words(self):
        self.assertEqual(seen("伊拉克"), ["伊拉克", "伊拉", "伊", "拉克", "拉", "克"])

    def test_words_in_katakana_are_not_cut(self):
        self.assertEqual(seen("イランド・ラン"), ["イランド・ラン", "イランド", "ラン"])

    def test_symbol_belongs_to_the_word_before(self):
        self.assertEqual(seen("OPEC+ agrees")[:2], ["OPEC+ agrees", "OPEC+"])
        self.assertNotIn("US", seen("US$5 more"))

    def test_korean_endings_and_arabic_beginnings_come_off(self):
        self.assertIn("북한", seen("북한은"))
        self.assertNotIn("가", seen("가나"))
        self.assertEqual(seen("وسوريا"), ["وسوريا", "سوريا"])

    def test_bounds(self):
        text = "Word " * (MAX_PIECES + 50)
        self.assertEqual(len(words_of(text)), MAX_PIECES)
        longest = max(passages(text), key=lambda found: found.end - found.start)
        self.assertEqual(text[longest.start : longest.end].count("Word"), MAX_WORDS)
        self.assertEqual(max(map(len, seen("中" * 40))), MAX_LETTERS)
        self.assertEqual(passages(""), [])

    def test_long_runs_of_small_words_are_no_names(self):
        self.assertNotIn("one two three four five", seen("one two three four five"))
        self.assertIn("one two three four Five", seen("one two three four Five"))

    @given(TEXTS)
    def test_keys_are_those_of_names(self, text: str):
        for found in passages(text):
            self.assertEqual(found.key, name_key(text[found.start : found.end]), (text, found))

    @given(TEXTS)
    def test_passages_lie_in_the_text_from_left_to_right(self, text: str):
        found = passages(text)
        for passage in found:
            self.assertLess(passage.start, passage.end)
            self.assertLessEqual(passage.end, len(text))
        words = {word.start for word in words_of(text)} | {
            start for word in words_of(text) for start, _key in word.later
        }
        self.assertLessEqual({passage.start for passage in found}, words)
