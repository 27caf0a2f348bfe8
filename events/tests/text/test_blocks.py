"""Bodies of articles cut into blocks."""

import time
from html import unescape

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from events.text.blocks import (
    EventCard,
    Facts,
    LinkCard,
    Picture,
    Prose,
    Quote,
    Timeline,
    plain_body,
    read_body,
)
from events.text.reading_time import reading_minutes

BODY = """The first paragraph.[^a]

::: picture 0a1b2c3d
The *bridge* at dawn.
:::

::: quote The mayor
We waited forty years.[^b]
:::
Between.
::: facts In short
- 300 metres
- two towns
:::
::: timeline bridges
:::
::: event abc123
:::
::: link https://example.org/plan
The plan of the bridge
:::

The end.[^a][^none]

[^a]: [Reuters: Bridge](https://www.reuters.com/bridge_(1))
[^b]: Said on the radio.
"""


class BlockTests(SimpleTestCase):
    def test_blocks_in_their_order(self) -> None:
        body = read_body(BODY)
        kinds = [type(block) for block in body.blocks]
        expected = [Prose, Picture, Quote, Prose, Facts, Timeline, EventCard, LinkCard, Prose]
        self.assertEqual(kinds, expected)
        _prose, picture, quote, _between, facts, timeline, event, link, _end = body.blocks
        self.assertEqual((picture.key, picture.source), ("0a1b2c3d", "The *bridge* at dawn."))
        self.assertEqual(quote.attribution, "The mayor")
        self.assertEqual(facts.title, "In short")
        self.assertIn("<li>300 metres</li>", facts.html)
        self.assertEqual((timeline.slug, event.public_id), ("bridges", "abc123"))
        self.assertEqual((link.url, link.title), ("https://example.org/plan", "The plan of the bridge"))

    def test_what_stands_in_code_is_no_footnote(self) -> None:
        source = (
            "Text[^a], `[^a]` and ``[^a]``.\n\n"
            "```python\n[^a]: not a note\n[^a]\n``` not an end\n[^a]\n```\n\n"
            "Again[^a].\n\n[^a]: [A note](https://e.org/)\n"
        )
        body = read_body(source)
        self.assertEqual([(note.number, note.label) for note in body.footnotes], [(1, "A note")])
        html = "".join(block.html for block in body.blocks)
        self.assertEqual(html.count("#fn-1"), 2)
        self.assertIn("[^a]: not a note", html)
        self.assertEqual(html.count("<code>[^a]</code>"), 2)
        self.assertIn("[^a]", plain_body(source))
        read_body("`" * 50_000 + "[^a]\n\n[^a]: x")

    def test_footnotes_are_numbered_as_they_are_named(self) -> None:
        body = read_body(BODY)
        first, second = body.footnotes
        self.assertEqual((first.number, first.label), (1, "Reuters: Bridge"))
        self.assertEqual(first.url, "https://www.reuters.com/bridge_(1)")
        self.assertEqual((second.number, second.label, second.url), (2, "Said on the radio.", ""))
        self.assertIn(
            '<sup class="footnote-mark"><a id="fnref-1" href="#fn-1">1</a></sup>', body.blocks[0].html
        )
        # Named again: the way back leads to the first place.
        self.assertIn('<sup class="footnote-mark"><a href="#fn-1">1</a></sup>', body.blocks[-1].html)
        self.assertIn("[^none]", body.blocks[-1].html)

    def test_what_is_no_block_stays_text(self) -> None:
        for text in (
            "::: nonsense\nwords\n:::",
            "::: quote Who\nnever closed",
            "::: quote\n:::",
            "::: link javascript:alert(1)\nx\n:::",
            "```\n::: quote\nin code\n:::\n```",
        ):
            body = read_body(text)
            self.assertEqual([type(block) for block in body.blocks], [Prose], text)
            self.assertEqual(body.blocks[0].source, text)

    def test_only_the_paragraphs_are_html(self) -> None:
        body = read_body("::: facts <script>alert(1)</script>\n<img src=x onerror=alert(1)>\n:::")
        self.assertNotIn("<img", body.blocks[0].html)
        self.assertEqual(body.blocks[0].title, "<script>alert(1)</script>")

    def test_words_without_mark_up(self) -> None:
        text = plain_body(BODY)
        self.assertNotIn(":::", text)
        self.assertNotIn("[^", text)
        self.assertIn("The bridge at dawn.", text)
        self.assertIn("The plan of the bridge", text)

    def test_quotation_marks_are_left_as_they_are(self) -> None:
        text = "“Curly” and \"straight\", 'single' and ’apostrophe’ – all as written..."
        self.assertEqual(plain_body(text), text)
        self.assertIn(text, unescape(read_body(text).blocks[0].html))

    @given(st.lists(st.sampled_from([":::", "::: quote a", "::: facts", "```", "words [^a]", "", "[^a]: x"])))
    @settings(max_examples=150)
    def test_any_lines(self, lines: list[str]) -> None:
        body = read_body("\n".join(lines))
        self.assertEqual([note.number for note in body.footnotes], list(range(1, len(body.footnotes) + 1)))

    def test_thousands_of_fences_take_no_time(self) -> None:
        body = read_body("::: quote a\nb\n:::\n" * 5_000)
        self.assertEqual(len(body.blocks), 201)

    def test_giant_lines_take_no_time(self) -> None:
        for body in (
            "x[^a]\n\n[^a]: " + "[" * 100_000,
            "x[^a]\n\n[^a]: [" + "\\" * 100_000,
            "::: quote x" + " " * 100_000 + "x\nb\n:::",
            "::: quote" + " " * 100_000 + "\nb\n:::",
            "[^a]" * 25_000 + "\n\n[^a]: x",
        ):
            started = time.process_time()
            read_body(body)
            plain_body(body)
            self.assertLess(time.process_time() - started, 4, body[:20])

    def test_time_to_read(self) -> None:
        self.assertEqual(reading_minutes(""), 1)
        self.assertEqual(reading_minutes("word " * 460), 2)
        self.assertEqual(reading_minutes("字" * 1_201), 4)
