from itertools import pairwise

from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from events.models import Context
from events.suggestions import Mention, mentions_in
from events.suggestions.names import PART
from events.suggestions.passages import passages
from events.tests.factories import make_context, make_event
from events.workflow import contexts as workflow

NAMES = (
    "Syria", "Syrian Civil War", "Syrian Civil War peace process", "Homs", "Iran", "US", "OPEC+", "OPEC",
    "St. Petersburg", "伊拉克", "伊拉克战争", "中国", "イラン", "سوريا", "Россия", "한국", "Côte d'Ivoire",
)  # fmt: skip


def named(text: str) -> list[str]:
    return [found.context.name for found in one(text)]


def one(text: str) -> list[Mention]:
    return next(mentions_in([text]))


class MentionsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for name in NAMES:
            make_context(name)
        make_context("Damascus", aliases=["دمشق", "大马士革"])

    def test_longest_name_wins(self):
        text = "Syrian Civil War peace process stalls as the Syrian Civil War goes on in Syria"
        self.assertEqual(named(text), ["Syrian Civil War peace process", "Syrian Civil War", "Syria"])

    def test_word_boundaries_hold(self):
        self.assertEqual(named("Iranian and Syrian troops, chomsky"), [])
        self.assertEqual(named("US-led and Iran-backed troops"), ["US", "Iran"])

    def test_possessive_quotes_and_accents(self):
        self.assertEqual(named("Syria's “Homs” and COTE D’IVOIRE’s"), ["Syria", "Homs", "Côte d'Ivoire"])

    def test_place_and_words_are_told(self):
        text = "Talks in Homs and Syria's cities"
        self.assertEqual(
            [(text[found.start : found.end], found.start) for found in one(text)],
            [("Homs", 9), ("Syria", 18)],
        )

    def test_symbols_tell_names_apart(self):
        self.assertEqual(named("OPEC+ agrees with OPEC"), ["OPEC+", "OPEC"])

    def test_chinese_japanese_arabic_cyrillic_korean(self):
        self.assertEqual(named("伊拉克战争後，中国与伊拉克"), ["伊拉克战争", "中国", "伊拉克"])
        self.assertEqual(named("イランの大統領、イランド社"), ["イラン"])
        self.assertEqual(named("قصف في دمشق وسوريا"), ["Damascus", "سوريا"])
        self.assertEqual(named("Россия и Homs"), ["Россия", "Homs"])
        self.assertEqual(named("한국은 대만과"), ["한국"])

    def test_alias_is_told_and_names_its_context(self):
        found = one("大马士革发生爆炸")[0]
        self.assertEqual((found.context.name, found.name, found.is_alias), ("Damascus", "大马士革", True))

    def test_context_comes_once_a_text(self):
        self.assertEqual(named("Damascus, دمشق, Damascus"), ["Damascus"])

    def test_number_of_events_is_told(self):
        make_event(contexts=["Homs"])
        make_event(contexts=["Homs"], state="draft")
        self.assertEqual(one("Homs")[0].context.events_count, 1)

    def test_merged_context_is_found_by_either_name(self):
        homs, old = Context.objects.get(name="Homs"), make_context("Emesa")
        workflow.merge([old], into=homs)
        self.assertEqual(named("Emesa was a city"), ["Homs"])

    def test_one_query_for_many_texts(self):
        with self.assertNumQueries(1):
            found = list(mentions_in(["Homs", "", "Syria and Iran"] * (PART // 3)))
        self.assertEqual([mention.context.name for mention in found[2]], ["Syria", "Iran"])
        with self.assertNumQueries(0):
            self.assertEqual(list(mentions_in(["", "…"])), [[], []])

    def test_hostile_text_is_only_text(self):
        self.assertEqual(named("\x00\ud800 Homs'); DROP TABLE events_context; --"), ["Homs"])


class MentionsProperties(PropertyTestCase):
    @classmethod
    def setUpTestData(cls):
        for name in NAMES:
            make_context(name)

    @given(st.lists(st.sampled_from([*NAMES, "and", "of", "Iranian", "’s", ".", "，", "x"]), max_size=12))
    def test_mentions_are_passages_apart_and_none_longer_was_there(self, parts: list[str]):
        text = " ".join(parts)
        found = one(text)
        places = {(passage.start, passage.end) for passage in passages(text)}
        for mention in found:
            self.assertIn((mention.start, mention.end), places)
        for before, after in pairwise(found):
            self.assertLessEqual(before.end, after.start)
        for mention in found:
            rivals = [
                text[start:end] for start, end in places if start == mention.start and end > mention.end
            ]
            self.assertFalse(Context.objects.by_names(rivals).keys() & set(map(str.lower, rivals)))

    @given(
        st.sampled_from(NAMES),
        st.sampled_from(["", "x ", "(", "“", "near "]),
        st.sampled_from(["", " x", ")", "”", ","]),
    )
    def test_name_between_boundaries_is_found(self, name: str, before: str, after: str):
        self.assertEqual(named(f"{before}{name}{after}"), [name])
