from datetime import date

from django.test import SimpleTestCase

from events.search.query import MAX_TERMS, SearchQuery, narrowed, parse, read_days, with_text

HOSTILE = [
    "", " ", '"', '"""', 'a"b"c"', "-", "--", "- -", "OR", "OR OR", "a OR", "AND NOT NEAR(a b)", "a* ^b",
    "{a b}: c", "()", "\\", "%_", "\x00a\x00", "x" * 10_000, "叙" * 10_000, "a " * 5_000, "\u202eשלום",
    "🎉", "=c1 =all",
    "from:", 'context:"', "lang:", "source:", "'; DROP TABLE events_event; --", "a:b:c", "\ud800",
]  # fmt: skip


class ParseTests(SimpleTestCase):
    def test_every_word_is_wanted_in_its_indexed_form(self):
        query = parse("Bombings in Homs")
        self.assertEqual(query.groups, ((("bomb",),), (("hom",),)))
        self.assertEqual(query.text, "Bombings in Homs")

    def test_words_that_stand_everywhere_count_where_nothing_else_is_asked(self):
        self.assertEqual(parse("the and").groups, ((("the",),), (("and",),)))

    def test_quotation_marks_of_any_kind_make_a_phrase(self):
        for text in ('"civil war"', "“civil war”", "«civil war»", "「civil war」", '"civil war'):
            with self.subTest(repr(text)):
                self.assertEqual(parse(text).groups, ((("civil", "war"),),))

    def test_minus_excludes_a_word_or_a_phrase(self):
        query = parse('police -court -"civil war"')
        self.assertEqual(query.excluded, (("court",), ("civil", "war")))
        self.assertEqual(query.groups, ((("polic",),),))

    def test_a_hyphen_inside_a_word_makes_a_phrase(self):
        self.assertEqual(parse("al-Qaeda").groups, ((("al", "qaeda"),),))

    def test_or_offers_alternatives(self):
        self.assertEqual(parse("Homs OR Aleppo bomb").groups, ((("hom",), ("aleppo",)), (("bomb",),)))

    def test_vertical_bar_with_spaces_or_without(self):
        for text in ("Homs|Aleppo bomb", "Homs | Aleppo bomb", "Homs｜Aleppo bomb"):
            with self.subTest(text):
                query = parse(text)
                self.assertEqual(query.groups, ((("hom",), ("aleppo",)), (("bomb",),)))
                self.assertEqual(parse(query.text), query)
        self.assertEqual(parse('"a|b"|c').groups, ((("a", "b"), ("c",)),))

    def test_chinese_is_a_phrase_of_its_letters(self):
        self.assertEqual(parse("叙利亚").groups, ((("叙", "利", "亚"),),))

    def test_filters_are_taken_out_of_the_text(self):
        query = parse(
            'bomb from:2016 TO:2016-02 context:homs source:BBC.com category:"Law and crime" lang:zh-Hans'
        )
        self.assertEqual(query.text, "bomb")
        self.assertEqual((query.first, query.last), (date(2016, 1, 1), date(2016, 2, 29)))
        self.assertEqual((query.contexts, query.sources), (("homs",), ("bbc.com",)))
        self.assertEqual((query.category, query.language), ("Law and crime", "zh-hans"))
        self.assertEqual(query.problems, ())

    def test_wrong_day_and_language_are_told(self):
        self.assertIn("2016-02-30", parse("from:2016-02-30").problems[0])
        self.assertIn("no language", parse("lang:12345").problems[0])

    def test_no_text_is_an_error(self):
        for text in HOSTILE:
            with self.subTest(repr(text[:20])):
                query = parse(text)
                self.assertLessEqual(len(query.terms) + len(query.excluded), MAX_TERMS)
                self.assertNotIn("\x00", query.text)

    def test_a_long_question_is_cut_and_says_so(self):
        self.assertEqual(len(parse(" ".join(f"word{number}" for number in range(40))).groups), MAX_TERMS)
        self.assertTrue(parse("a1 " * 1_000).notes)


class NarrowedTests(SimpleTestCase):
    def test_form_adds_to_the_text(self):
        query = narrowed(
            parse("from:2016-01-01 context:homs"),
            first=date(2000, 1, 1),
            last=date(2016, 2, 1),
            contexts=("homs", "aleppo"),
        )
        self.assertEqual((query.first, query.last), (date(2016, 1, 1), date(2016, 2, 1)))
        self.assertEqual(query.contexts, ("homs", "aleppo"))

    def test_days_in_the_wrong_order_are_a_problem(self):
        self.assertTrue(narrowed(parse("from:2017 to:2016")).problems)

    def test_too_many_contexts_are_a_problem(self):
        self.assertTrue(narrowed(SearchQuery(), contexts=tuple("abcdefgh")).problems)


class AddressTests(SimpleTestCase):
    def test_parameters_hold_the_whole_question(self):
        text = (
            'bomb category:"Law and crime" lang:zh from:2016-01-01 to:2016-12-31 context:homs source:bbc.com'
        )
        query = parse(text)
        self.assertEqual(str(query), text)
        fields = dict(query.parameters())
        again = narrowed(
            parse(fields["q"]),
            first=date(2016, 1, 1),
            last=date(2016, 12, 31),
            contexts=("homs",),
            sources=("bbc.com",),
        )
        self.assertEqual(again, query)

    def test_empty_question_has_no_parameters(self):
        self.assertEqual(parse(" ").parameters(), [])
        self.assertTrue(parse(" ").is_empty)

    def test_other_words_keep_the_filters(self):
        query = with_text(parse("Isreal context:homs"), "Israel")
        self.assertEqual((query.text, query.groups, query.contexts), ("Israel", ((("israel",),),), ("homs",)))


class ReadDaysTests(SimpleTestCase):
    def test_day_month_and_year(self):
        self.assertEqual(read_days("2016-02-21"), (date(2016, 2, 21), date(2016, 2, 21)))
        self.assertEqual(read_days(" 2016-02 "), (date(2016, 2, 1), date(2016, 2, 29)))
        self.assertEqual(read_days("2016"), (date(2016, 1, 1), date(2016, 12, 31)))

    def test_anything_else_is_refused_with_a_sentence(self):
        for text in ("", "0000", "2016-13", "2016-2-1", "yesterday", "２０１６"):
            with self.subTest(text), self.assertRaisesRegex(ValueError, "is no day"):
                read_days(text)
