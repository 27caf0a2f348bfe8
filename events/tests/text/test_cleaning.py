"""Cleaning of lines, blocks and wiki text."""

import time

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.text.cleaning import clean_block, clean_line, clean_wiki

# Text made of what cleaning reacts to finds more than text of random letters.
_VISIBLE = "& amp; quot; #39; lt; ' '' -{ }- zh-hans: zh-tw: ; | [[ ]] {{ }} <ref> </ref> <!-- --> => a 字"
_INVISIBLE = (" ", "\n", "\r\n", "  \n", "\t", "\u200b", "\ufeff", "\ud800", "\u202e", "\x00")
_COMPOSED = ("e\u0301", "\u0344", "&#0;", "&#8203;")
_NASTY = st.lists(st.sampled_from((*_VISIBLE.split(), *_INVISIBLE, *_COMPOSED))).map("".join)


class CleanLineTests(SimpleTestCase):
    def test_entities_are_resolved_however_often_escaped(self):
        self.assertEqual(clean_line("&amp;amp;quot;x&#39;s&quot; A&amp;T"), '"x\'s" A&T')

    def test_an_ampersand_of_an_address_stays(self):
        self.assertEqual(clean_line("?a=1&copy=2"), "?a=1&copy=2")

    def test_invisible_and_control_characters_go(self):
        self.assertEqual(clean_line("a\x00b\u200bc\ufeffd\u202ee\ud800f\xadg"), "abcdefg")

    def test_joiners_and_direction_marks_stay(self):
        text = "می\u200cخواهم 👩\u200d💻 \u200fא\u200e"
        self.assertEqual(clean_line(text), text)

    def test_white_space_is_collapsed_and_text_composed(self):
        self.assertEqual(clean_line("  e\u0301 \n\t\u2028 x\xa0y "), "é x y")

    @given(st.one_of(st.text(), _NASTY))
    def test_cleaning_twice_changes_nothing(self, text):
        once = clean_line(text)
        self.assertEqual(clean_line(once), once)
        once.encode("utf-8")

    @given(st.one_of(st.text(), _NASTY))
    def test_quick_look_gives_what_the_careful_way_gives(self, text):
        # A character that has to go sends a text the careful way.
        self.assertEqual(clean_line(text), clean_line(f"{text}\0"))


class CleanBlockTests(SimpleTestCase):
    def test_lines_indentation_and_hard_breaks_stay(self):
        self.assertEqual(clean_block("\r\na   \r\nb \t\n\n    code  \n"), "a  \nb\n\n    code")

    def test_only_doubled_entities_are_resolved(self):
        self.assertEqual(clean_block("&lt;b&gt; &amp;quot; AT&amp;T"), "&lt;b&gt; &quot; AT&amp;T")

    @given(st.one_of(st.text(), _NASTY))
    def test_cleaning_twice_changes_nothing(self, text):
        once = clean_block(text)
        self.assertEqual(clean_block(once), once)
        once.encode("utf-8")

    @given(st.one_of(st.text(), _NASTY))
    def test_quick_look_gives_what_the_careful_way_gives(self, text):
        self.assertEqual(clean_block(text), clean_block(f"{text}\0"))


class PatienceTests(SimpleTestCase):
    def test_giant_texts_take_no_time(self) -> None:
        levels = "&" + "amp;" * 100_000 + "quot;"
        for clean, text, expected in (
            (clean_block, " " * 200_000 + "x\n", " " * 200_000 + "x"),
            (clean_block, "\t" * 200_000 + "x \ny", "\t" * 200_000 + "x\ny"),
            (clean_block, "x" + " " * 200_000 + "\n" + "\t" * 200_000 + "\ny", "x\n\ny"),
            (clean_block, levels + "\n", "&quot;"),
            (clean_line, levels, '"'),
            (clean_wiki, "</ref>" + "<ref>" * 20_000, "</ref>" + "<ref>" * 20_000),
        ):
            started = time.process_time()
            self.assertEqual(clean(text), expected)
            self.assertLess(time.process_time() - started, 4, text[:20])


class CleanWikiTests(SimpleTestCase):
    def test_stray_quotes_go(self):
        self.assertEqual(clean_wiki("AFP via ''Daily Mail"), "AFP via Daily Mail")
        self.assertEqual(clean_wiki("'''bold''' it's"), "bold it's")

    def test_variants_become_simplified(self):
        self.assertEqual(clean_wiki("由-{zh-tw:甲; zh-hk:乙; zh-cn:丙}-首都"), "由丙首都")
        self.assertEqual(clean_wiki("-{A|zh-hant:甲;zh-hans:乙}-"), "乙")
        self.assertEqual(clean_wiki("-{zh-tw:甲; zh-hk:乙}-"), "甲")
        self.assertEqual(clean_wiki("-{原文}-"), "原文")

    def test_a_variant_that_was_cut_off_leaves_its_first_form(self):
        self.assertEqual(clean_wiki("名-{zh-cn:昂山素季; zh"), "名昂山素季")

    def test_links_notes_and_templates_leave_their_words(self):
        self.assertEqual(
            clean_wiki("[[Homs|the city]] [[Syria]]<ref>x</ref>{{cite}}<!-- n -->"), "the city Syria"
        )

    @given(st.one_of(st.text(), _NASTY))
    def test_cleaning_twice_changes_nothing(self, text):
        once = clean_wiki(text)
        self.assertEqual(clean_wiki(once), once)
