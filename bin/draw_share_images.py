"""Draw the site's mark and the picture that social networks show for pages without one.

    python bin/draw_share_images.py [--name Dayline] [--font DejaVuSerif.ttf]

writes into `static/img/`: `share-16x9.png`, `share-4x3.png`, `share-1x1.png`, `icon-180.png`, `icon-192.png`
and `logo-512.png`. The files are in the repository; run it again after a change of name or colours.
"""

import argparse
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

IMAGES = Path(__file__).resolve().parent.parent / "static" / "img"
PAPER, INK, VERMILION, RULE = "#f7f2e8", "#1f1a14", "#ad2f14", "#8a7c68"
SHARES = {"share-16x9": (1200, 675), "share-4x3": (1200, 900), "share-1x1": (1200, 1200)}
ICONS = {"icon-180": 180, "icon-192": 192, "logo-512": 512}
# Everything is drawn this much larger and scaled down, which smooths its edges.
SCALE = 3


def draw_icon(size: int) -> Image.Image:
    """The mark on its own: a day on the line, with the days before and after it as ticks."""
    side = size * SCALE
    image = Image.new("RGB", (side, side), PAPER)
    draw = ImageDraw.Draw(image)
    unit = side / 32
    middle, stroke = side / 2, round(2.5 * unit)
    draw.line((middle, 2 * unit, middle, 30 * unit), INK, stroke)
    for height in (7, 25):
        draw.line((middle, height * unit, 22 * unit, height * unit), INK, stroke)
    draw.circle((middle, middle), 7.75 * unit, PAPER)
    draw.circle((middle, middle), 5.25 * unit, VERMILION)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def draw_share(size: tuple[int, int], *, name: str, font: str) -> Image.Image:
    """The name beside the dayline, whose ticks run off the sheet at both ends."""
    width, height = (side * SCALE for side in size)
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    unit = width / 120
    line, middle = 24 * unit, height / 2
    draw.rectangle((0, 0, width, 1.5 * unit), VERMILION)
    draw.line((line, 1.5 * unit, line, height), INK, round(0.6 * unit))
    for step in range(-6, 7):
        tick = middle + step * 9 * unit
        if step and tick > 3 * unit:
            draw.line((line, tick, line + 2.5 * unit, tick), RULE, round(0.4 * unit))
    draw.circle((line, middle), 5 * unit, PAPER)
    draw.circle((line, middle), 3.6 * unit, VERMILION)
    face = ImageFont.truetype(font, round(17 * unit))
    room = width - line - 16 * unit
    if (length := draw.textlength(name, font=face)) > room:
        face = ImageFont.truetype(font, round(17 * unit * room / length))
    draw.text((line + 9 * unit, middle), name, INK, font=face, anchor="lm")
    return image.resize(size, Image.Resampling.LANCZOS)


def main() -> None:
    """Write all pictures, with few enough colours to stay small."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--name", default="Dayline")
    parser.add_argument("--font", default="DejaVuSerif.ttf", help="a TrueType or OpenType file, or its name")
    options = parser.parse_args()
    pictures = {name: draw_icon(size) for name, size in ICONS.items()}
    for name, size in SHARES.items():
        pictures[name] = draw_share(size, name=options.name, font=options.font)
    for name, picture in pictures.items():
        picture.quantize(64).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
