"""Cards of 1200 × 630 pixels that social networks show for entries without a picture: day and headline.

Drawn in the paper, ink and vermilion of `static/css/tokens.css`, with the day on its line as on the pages.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFont

from events.conf import conf
from events.images.names import digest_of

SIZE = (1200, 630)
CARDS = "cards/"
# Raised when the drawing changes: cards of the former one are drawn anew.
RECIPE = 1

PAPER, INK, INK_SOFT, VERMILION, RULE = "#f7f2e8", "#1f1a14", "#5b5145", "#ad2f14", "#8a7c68"
# Everything is drawn this much larger and scaled down, which smooths its edges.
SCALE = 2
LINE = 270
LEFT, TOP, RIGHT, FOOT = 330, 84, 1130, 500
LARGEST, SMALLEST, STEP = 72, 34, 2
LEADING = 1.22
# Of a letter's edge between paper and ink.
STEPS = 12
OWN_FONT = files("font_source_serif_pro") / "files" / "SourceSerifPro-Semibold.ttf"
NOTDEF = "\U0010fffd"

# A word, a space, or one letter of a script that is written without spaces.
_PIECE = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7af]+|\s+"
)


class CardText(NamedTuple):
    """What a card says. `numeral` is the day of the month, or empty; `day` the rest of the date in words."""

    headline: str
    numeral: str
    day: str
    site: str
    is_rtl: bool = False

    @property
    def name(self) -> str:
        """`cards/ab/abcd….png`: a hash of all that decides its bytes."""
        key = digest_of(f"{RECIPE} {conf.CARD_FONTS} {tuple(self)}".encode())[:20]
        return f"{CARDS}{key[:2]}/{key}.png"


def draw_card(text: CardText) -> bytes | None:
    """The card as a PNG, or None where no font at hand has all its letters."""
    font = font_for(f"{text.headline}{text.numeral}{text.day}{text.site}")
    if font is None:
        return None
    card = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    pen = ImageDraw.Draw(card)
    draw_line(pen)
    draw_day(pen, text, font)
    draw_headline(pen, text, font)
    pen.text(at(LEFT, 566), text.site, INK, font=face(font, 34), anchor="ls")
    buffer = BytesIO()
    # All colours lie between paper and two inks: a fixed palette of few shades has them.
    card.reduce(SCALE).quantize(palette=shades(), dither=Image.Dither.NONE).save(buffer, "PNG")
    return buffer.getvalue()


@lru_cache(maxsize=1)
def shades() -> Image.Image:
    """A palette of the steps from paper to each of the inks."""
    palette = Image.new("P", (1, 1))
    paper = ImageColor.getrgb(PAPER)
    colours = [
        round(light + (dark - light) * step / STEPS)
        for ink in (INK, INK_SOFT, VERMILION, RULE)
        for step in range(STEPS + 1)
        for light, dark in zip(paper, ImageColor.getrgb(ink), strict=True)
    ]
    palette.putpalette(colours)
    return palette


def draw_line(pen: ImageDraw.ImageDraw) -> None:
    """The dayline, with the days before and after this one as ticks."""
    pen.rectangle((*at(0, 0), *at(SIZE[0], 11)), VERMILION)
    pen.line((*at(LINE, 12), *at(LINE, SIZE[1])), INK, 4 * SCALE)
    for tick in range(226, SIZE[1], 76):
        pen.line((*at(LINE, tick), *at(LINE + 16, tick)), RULE, 3 * SCALE)
    middle = at(LINE, TOP + 38)
    pen.circle(middle, 26 * SCALE, PAPER)
    pen.circle(middle, 17 * SCALE, VERMILION)


def draw_day(pen: ImageDraw.ImageDraw, text: CardText, font: str) -> None:
    """The day to the left of its line: a large numeral, the month and the year below it."""
    edge, line = LINE - 48, TOP + 70
    if text.numeral:
        pen.text(at(edge, line), text.numeral, VERMILION, font=face(font, 112), anchor="rs")
        line += 44
    for words in wrap(text.day, face(font, 28), (edge - 30) * SCALE):
        pen.text(at(edge, line), words, INK_SOFT, font=face(font, 28), anchor="rs")
        line += 36


def draw_headline(pen: ImageDraw.ImageDraw, text: CardText, font: str) -> None:
    """As large as its place allows; what does not fit at the smallest size is cut with an ellipsis."""
    width = (RIGHT - LEFT) * SCALE
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        most = int((FOOT - TOP) // (size * LEADING))
        lines = list(wrap(text.headline, face(font, size), width))
        if len(lines) <= most:
            break
    else:
        lines = lines[:most]
        lines[-1] = shortened(lines[-1], face(font, size), width)
    for number, words in enumerate(lines):
        place = at(RIGHT if text.is_rtl else LEFT, TOP + round(size * (0.85 + number * LEADING)))
        pen.text(place, words, INK, font=face(font, size), anchor="rs" if text.is_rtl else "ls")


def wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """The lines of a text that are no wider than `width`; a word that is wider is broken."""
    line = ""
    for piece in _PIECE.findall(text):
        if font.getlength((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            yield line.strip()
        line = piece.lstrip()
        while font.getlength(line) > width:
            fits = next(end for end in range(len(line) - 1, 0, -1) if font.getlength(line[:end]) <= width)
            yield line[:fits]
            line = line[fits:]
    if line.strip():
        yield line.strip()


def shortened(line: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The line with an ellipsis, cut between words as far as it takes."""
    while line and font.getlength(f"{line} …") > width:
        line = line.rpartition(" ")[0] if " " in line else line[:-1]
    return f"{line} …"


def at(x: float, y: float) -> tuple[int, int]:
    return round(x * SCALE), round(y * SCALE)


@lru_cache(maxsize=128)
def face(font: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font, size * SCALE)


def font_for(text: str) -> str | None:
    """The first font at hand that has every letter of `text`, by its path."""
    letters = frozenset(letter for letter in text if not letter.isspace())
    return next((font for font in (*conf.CARD_FONTS, str(OWN_FONT)) if has_letters(font, letters)), None)


def has_letters(font: str, letters: frozenset[str]) -> bool:
    return Path(font).is_file() and all(has_letter(font, letter) for letter in letters)


@lru_cache(maxsize=16_384)
def has_letter(font: str, letter: str) -> bool:
    """Whether the font draws the letter otherwise than what it does not know."""
    drawn, unknown = (face(font, 20).getmask(shown) for shown in (letter, NOTDEF))
    return (drawn.size, bytes(drawn)) != (unknown.size, bytes(unknown))
