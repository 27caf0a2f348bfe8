"""Share cards: of their size, with every word, the same each time, never of letters nobody can draw."""

from io import BytesIO

from django.test import SimpleTestCase, override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from events.images.cards import (
    LEFT,
    OWN_FONT,
    RIGHT,
    SCALE,
    SIZE,
    SMALLEST,
    CardText,
    draw_card,
    face,
    font_for,
    shortened,
    wrap,
)

SHORT = CardText("Notre-Dame reopens", "8", "December 2024", "Dayline")
LONG = SHORT._replace(headline="The bridge over the Tay is opened to traffic. " * 30)
FONT = face(str(OWN_FONT), SMALLEST)
WIDTH = (RIGHT - LEFT) * SCALE


class CardTests(SimpleTestCase):
    def test_has_the_size_of_cards_and_few_bytes(self):
        for text in (SHORT, LONG, SHORT._replace(numeral="", day="May 2024"), SHORT._replace(headline="")):
            data = draw_card(text)
            self.assertEqual(Image.open(BytesIO(data)).size, SIZE)
            self.assertLess(len(data), 100_000)
            self.assertEqual(data, draw_card(text))

    def test_headline_stays_in_its_place(self):
        for text in (SHORT, LONG, SHORT._replace(headline="W" * 400), SHORT._replace(headline="w " * 900)):
            card = Image.open(BytesIO(draw_card(text))).convert("L")
            paper = card.getpixel((SIZE[0] - 5, 300))
            for box in ((RIGHT + 6, 20, *SIZE), (LEFT, 510, SIZE[0], 525)):
                self.assertEqual(card.crop(box).getextrema(), (paper, paper), text.headline[:20])

    def test_letters_that_no_font_has_make_no_card(self):
        self.assertIsNone(draw_card(SHORT._replace(headline="港口重新开放")))
        self.assertIsNotNone(draw_card(SHORT._replace(headline="Łódź, Ελλάδα, Россия")))

    def test_fonts_of_the_server_go_first_and_missing_ones_are_passed_over(self):
        with override_settings(EVENTS_CARD_FONTS=("/no/such/font.ttf",)):
            self.assertEqual(font_for("abc"), str(OWN_FONT))
        other = str(OWN_FONT).replace("Semibold", "Regular")
        with override_settings(EVENTS_CARD_FONTS=(other,)):
            self.assertEqual(font_for("abc"), other)

    def test_name_tells_the_words(self):
        names = {text.name for text in (SHORT, LONG, SHORT._replace(numeral="9"), SHORT._replace(site="X"))}
        self.assertEqual(len(names), 4)
        self.assertRegex(SHORT.name, r"^cards/([0-9a-f]{2})/\1[0-9a-f]{18}\.png$")

    def test_right_to_left_stands_at_the_right_edge(self):
        card = Image.open(BytesIO(draw_card(SHORT._replace(headline="Short", is_rtl=True)))).convert("L")
        paper = card.getpixel((SIZE[0] - 5, 300))
        self.assertEqual(card.crop((LEFT, 40, LEFT + 300, 180)).getextrema(), (paper, paper))


class WrapTests(SimpleTestCase):
    @settings(max_examples=60)
    @given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "Zs")), max_size=300))
    def test_no_line_is_too_wide_and_no_letter_is_lost(self, text):
        lines = list(wrap(text, FONT, WIDTH))
        self.assertTrue(all(FONT.getlength(line) <= WIDTH for line in lines))
        self.assertEqual("".join("".join(lines).split()), "".join(text.split()))

    def test_chinese_breaks_between_letters(self):
        lines = list(wrap("港口重新开放" * 20, FONT, WIDTH))
        self.assertGreater(len(lines), 2)
        self.assertEqual("".join(lines), "港口重新开放" * 20)

    def test_ellipsis_takes_the_place_of_a_word(self):
        line = next(wrap("word " * 99, FONT, WIDTH))
        cut = shortened(line, FONT, WIDTH)
        self.assertTrue(cut.endswith("word …"))
        self.assertLessEqual(FONT.getlength(cut), WIDTH)
