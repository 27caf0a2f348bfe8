"""Slugs of headlines, names and of the older site."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.text.slugs import legacy_slug, slugify_headline, slugify_name


class SlugifyHeadlineTests(SimpleTestCase):
    def test_words_are_joined_by_hyphens(self):
        self.assertEqual(
            slugify_headline("The U.S.-run 1,000 Shi’ite cafés – a “test” a/b"),
            "the us run 1000 shiite cafes a test a b".replace(" ", "-"),
        )

    def test_it_is_cut_at_a_word(self):
        self.assertEqual(slugify_headline("one two three", max_length=9), "one-two")
        self.assertEqual(slugify_headline("one two three", max_length=7), "one-two")

    def test_an_endless_word_is_cut_inside(self):
        self.assertEqual(slugify_headline("a" * 200), "a" * 80)

    def test_chinese_keeps_its_script(self):
        self.assertEqual(slugify_headline("爆炸，造成 5 人死亡。"), "爆炸-造成-5-人死亡")

    def test_chinese_is_cut_at_punctuation_unless_too_much_is_lost(self):
        self.assertEqual(slugify_headline("一二三四，五六七八", max_length=7), "一二三四")
        self.assertEqual(slugify_headline("一，二三四五六七八", max_length=7), "一-二三四五六")

    def test_it_is_never_empty(self):
        self.assertEqual(slugify_headline("!!! 🎉"), "entry")

    def test_it_is_never_the_address_of_the_day_in_other_formats(self):
        self.assertEqual(slugify_headline("Index!"), "index-entry")
        self.assertEqual(slugify_headline("Index of prices"), "index-of-prices")

    @given(st.text(), st.integers(min_value=5, max_value=100))
    def test_it_fits_addresses(self, text, length):
        slug = slugify_headline(text, max_length=length)
        self.assertTrue(0 < len(slug) <= max(length, len("index-entry")))
        self.assertFalse(set(slug) & set(" +/.?#%&'\\"))


class SlugifyNameTests(SimpleTestCase):
    def test_symbols_are_spelt(self):
        self.assertEqual(slugify_name("OPEC+"), "opec-plus")
        self.assertEqual(slugify_name("US$"), "us-dollar")

    def test_it_is_never_empty(self):
        self.assertEqual(slugify_name("…"), "context")


class LegacySlugTests(SimpleTestCase):
    def test_english_is_lower_ascii_cut_after_140_characters(self):
        headline = "Café’s U.S. talks, " + "word " * 40
        self.assertTrue(legacy_slug(headline).startswith("cafaas-us-talks-word-"))
        self.assertEqual(legacy_slug("A " + "b" * 200), "a-" + "b" * 138)

    def test_full_stops_and_commas_vanish(self):
        self.assertEqual(legacy_slug("7.0 and 1,000 (x)"), "70-and-1000-x")

    def test_chinese_keeps_case_and_is_cut_after_60(self):
        self.assertEqual(legacy_slug("六輕NASA抗議，持續。"), "六輕NASA抗議-持續")
        self.assertEqual(len(legacy_slug("六" * 100)), 60)

    def test_the_space_that_pages_begin_with_counts(self):
        self.assertEqual(len(legacy_slug(" " + "六" * 100)), 59)
