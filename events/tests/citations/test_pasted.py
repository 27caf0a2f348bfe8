"""Sources pasted as text."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.citations.pasted import Pasted, parse_pasted


class ParsePastedTests(SimpleTestCase):
    def test_forms_that_editors_have_at_hand(self):
        for line in (
            "[BBC](https://bbc.com/a_(b))",
            "1. [BBC](https://bbc.com/a_(b))",
            "[https://bbc.com/a_(b) BBC]",
            "BBC https://bbc.com/a_(b)",
            "BBC: https://bbc.com/a_(b).",
            "- BBC – <https://bbc.com/a_(b)>",
            "https://bbc.com/a_(b) BBC",
            "BBC (https://bbc.com/a_(b))",
        ):
            self.assertEqual(parse_pasted(line), [Pasted("BBC", "https://bbc.com/a_(b)")], line)

    def test_an_address_alone_has_no_label(self):
        self.assertEqual(parse_pasted("https://bbc.com/1"), [Pasted("", "https://bbc.com/1")])

    def test_words_of_a_sentence_are_no_label(self):
        for line in (
            "see https://bbc.com/1  for more",
            "See https://bbc.com/1 for more",
            "as told at https://bbc.com/1",
            "- see https://bbc.com/1 for more",
            "(https://bbc.com/1 has it)",
        ):
            self.assertEqual(parse_pasted(line), [Pasted("", "https://bbc.com/1")], line)
        text = "BBC https://bbc.com/1, and in https://cnn.com/2 too"
        self.assertEqual([pasted.label for pasted in parse_pasted(text)], ["", ""])

    def test_names_without_capitals(self):
        for line, label in (
            ("the bbc: https://bbc.com/1 has it", "the bbc"),
            ("the bbc – <https://bbc.com/1>", "the bbc"),
            ("* the bbc https://bbc.com/1", "the bbc"),
            ("https://bbc.com/1 – the bbc", "the bbc"),
            ("[the bbc](https://bbc.com/1) for more", "the bbc"),
            ("24 heures https://bbc.com/1", "24 heures"),
            ("新华社 https://bbc.com/1", "新华社"),
            ("新华社：https://bbc.com/1", "新华社"),
            ("سانا https://bbc.com/1", "سانا"),
        ):
            self.assertEqual(parse_pasted(line), [Pasted(label, "https://bbc.com/1")], line)

    def test_marks_of_chinese_sentences_end_an_address(self):
        text = (
            "据路透社（https://reuters.com/1）报道。新华社：https://xinhuanet.com/2，另见https://cnn.com/3。"
        )
        self.assertEqual(
            [pasted.url for pasted in parse_pasted(text)],
            ["https://reuters.com/1", "https://xinhuanet.com/2", "https://cnn.com/3"],
        )
        self.assertEqual(parse_pasted("新华社（https://bbc.com/1）"), [Pasted("新华社", "https://bbc.com/1")])

    def test_lists_without_blanks(self):
        for text in ("https://bbc.com/1,2,https://cnn.com/2", "https://bbc.com/1,2;https://cnn.com/2"):
            self.assertEqual(
                [pasted.url for pasted in parse_pasted(text)],
                ["https://bbc.com/1,2", "https://cnn.com/2"],
            )

    def test_bare_addresses_between_links(self):
        self.assertEqual(
            parse_pasted(
                "https://a.com/1 [BBC](https://bbc.com/2), https://cnn.com/3. [https://x.com/4](https://x.com/4)"
            ),
            [
                Pasted("", "https://a.com/1"),
                Pasted("BBC", "https://bbc.com/2"),
                Pasted("", "https://cnn.com/3"),
                Pasted("", "https://x.com/4"),
            ],
        )

    def test_one_page_is_one_source(self):
        text = "BBC https://www.bbc.com/1\nhttps://bbc.com/1?utm_source=x"
        self.assertEqual(parse_pasted(text), [Pasted("BBC", "https://www.bbc.com/1")])

    def test_several_lines_each_address_once(self):
        text = "BBC https://bbc.com/1\n\nnothing here\n[CNN](http://cnn.com/2), [CNN](http://cnn.com/2)\n"
        self.assertEqual(
            parse_pasted(text), [Pasted("BBC", "https://bbc.com/1"), Pasted("CNN", "http://cnn.com/2")]
        )

    def test_what_is_no_web_address_is_left_out(self):
        self.assertEqual(parse_pasted("x javascript:alert(1)\nhttps://localhost/\nhttps://a@b.com/"), [])

    @given(st.text(alphabet="[]()<>: ht\nps/.a-1"))
    def test_any_text_is_taken(self, text):
        parse_pasted(text)
