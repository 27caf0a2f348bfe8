from django.test import SimpleTestCase, TestCase

from events.search.query import parse
from events.search.spelling import edit_distance, suggest
from events.tests.search.entries import NOW, publish


class SuggestTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        publish("Entry", contexts=["Israel", "Syrian civil war", "叙利亚内战", "United States", "Homs"])
        publish("Draft", state="draft", contexts=["Isreali secret"])

    def test_one_name_with_a_slip(self):
        for text in ("Isreal", "Israle", "Izrael", "Issrael", "zIsrael", "srIael"):
            with self.subTest(repr(text)):
                self.assertEqual(suggest(parse(text), now=NOW), [] if text == "srIael" else ["Israel"])

    def test_names_of_several_words(self):
        self.assertEqual(suggest(parse("Sirian civl war"), now=NOW), ["Syrian civil war"])
        self.assertEqual(suggest(parse("unted states police"), now=NOW), ["United States police"])

    def test_chinese_names(self):
        self.assertEqual(suggest(parse("叙利亚内占"), now=NOW), ["叙利亚内战"])

    def test_known_names_and_short_words_are_left_alone(self):
        for text in ("Israel", "Hom", "", "-Isreal", "xyzzy"):
            with self.subTest(repr(text)):
                self.assertEqual(suggest(parse(text), now=NOW), [])

    def test_a_name_that_is_right_stays_beside_one_like_it(self):
        publish("Entry", contexts=["Australia", "Austria", "Saudi Arabia", "Saudis"])
        publish("Draft", state="draft", contexts=["Austrias"])
        for text in ("Australia", "Saudi Arabia"):
            self.assertEqual(suggest(parse(text), now=NOW), [], text)
        self.assertEqual(suggest(parse("Australia Isreal"), now=NOW), ["Australia Israel"])
        # That of a draft is told by no silence either.
        self.assertEqual(suggest(parse("Austrias"), now=NOW), ["Austria"])

    def test_names_of_drafts_are_not_told(self):
        self.assertEqual(suggest(parse("Isreali secre"), now=NOW), ["Israel secre"])

    def test_two_queries(self):
        with self.assertNumQueries(2):
            suggest(parse("Isreal polise in Hooms"), now=NOW)


class EditDistanceTests(SimpleTestCase):
    def test_slips(self):
        for first, second, distance in (
            ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "acb", 1), ("abc", "abcd", 1), ("abc", "bc", 1),
            ("abcd", "badc", 2), ("kitten", "sittin", 2), ("", "ab", 2),
        ):  # fmt: skip
            with self.subTest(f"{first} {second}"):
                self.assertEqual(edit_distance(first, second, most=2), distance)
                self.assertEqual(edit_distance(second, first, most=2), distance)

    def test_nothing_above_the_bound(self):
        self.assertIsNone(edit_distance("abc", "abcdef", most=2))
        self.assertIsNone(edit_distance("kitten", "sitting", most=2))
        self.assertIsNone(edit_distance("abc", "xyz", most=2))
