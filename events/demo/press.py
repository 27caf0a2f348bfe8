"""A risograph in Pillow: shapes, tones, plates of ink, and a sheet that they are printed on.

Shapes are masks (grey images, white where the shape is). A plate collects them as solid areas or as tones,
which a screen turns into dots. Plates darken one another where they overlap, slightly out of register and
with worn spots.

All randomness is seeded with the picture's name: the same Pillow draws the same file again.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1000

Colour = tuple[int, int, int]
Mask = Image.Image
Point = tuple[float, float]

PAPER: Colour = (244, 236, 220)
INK: Colour = (30, 27, 36)
VERMILION: Colour = (228, 68, 43)
BLUE: Colour = (30, 62, 122)
OCHRE: Colour = (232, 173, 62)

# Screens are turned against one another, so that the dots of two plates do not make moiré rings. Ink has
# none: its tones are smooth, for dots over every dark ground would be restless and would double the files.
SCREEN_ANGLES = {VERMILION: 75, BLUE: 15, OCHRE: 45}
DOT_PITCH = 22  # pixels


# Shapes


def shape(paint: Callable[[ImageDraw.ImageDraw, Callable], None]) -> Mask:
    """A mask painted at double size and reduced, for smooth edges; `paint` gets a pen and a point scaler."""
    large = Image.new("L", (WIDTH * 2, HEIGHT * 2), 0)
    paint(ImageDraw.Draw(large), lambda points: [(x * 2, y * 2) for x, y in points])
    return large.reduce(2)


def outline(corners: str) -> list[Point]:
    """The points of `x,y x,y …`, the form that SVG uses."""
    return [tuple(float(number) for number in corner.split(",")) for corner in corners.split()]


def polygon(points: Iterable[Point]) -> Mask:
    return polygons([points])


def polygons(outlines: Iterable[Iterable[Point]]) -> Mask:
    def paint(pen, scaled):
        for outline in outlines:
            pen.polygon(scaled(outline), fill=255)

    return shape(paint)


def circles(discs: Iterable[tuple[float, float, float]]) -> Mask:
    """Filled circles, each given as x, y and radius in pixels."""

    def paint(pen, scaled):
        for x, y, radius in discs:
            pen.ellipse(scaled([(x - radius, y - radius), (x + radius, y + radius)]), fill=255)

    return shape(paint)


def circle(x: float, y: float, radius: float) -> Mask:
    return circles([(x, y, radius)])


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Mask:
    """A rectangle with round corners."""

    def paint(pen, scaled):
        pen.rounded_rectangle(scaled([(left, top), (right, bottom)]), radius * 2, fill=255)

    return shape(paint)


def ring(x: float, y: float, radius: float, width: float) -> Mask:
    """A circle's line, `width` pixels wide, centred on `radius`."""
    return ImageChops.subtract(circle(x, y, radius + width / 2), circle(x, y, radius - width / 2))


def lines(paths: Iterable[Iterable[Point]], width: float) -> Mask:
    """Open lines through the points, with round joints."""

    def paint(pen, scaled):
        for path in paths:
            pen.line(scaled(path), fill=255, width=round(width * 2), joint="curve")

    return shape(paint)


def ellipse_points(x: float, y: float, a: float, b: float, tilt: float) -> list[Point]:
    """The outline of an ellipse with half axes `a` and `b`, turned by `tilt` radians."""
    points = []
    for step in range(120):
        turn = math.tau * step / 120
        u, v = a * math.cos(turn), b * math.sin(turn)
        points.append(
            (x + u * math.cos(tilt) - v * math.sin(tilt), y + u * math.sin(tilt) + v * math.cos(tilt))
        )
    return points


def regular(x: float, y: float, radius: float, corners: int, turn: float = 0) -> list[Point]:
    """The corners of a regular polygon; `turn` in radians."""
    angles = [turn + math.tau * corner / corners for corner in range(corners)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def star(x: float, y: float, radius: float, points: int, waist: float, turn: float = 0) -> list[Point]:
    """A star whose inner corners lie at `waist` times the radius."""
    corners = []
    for step in range(points * 2):
        reach = radius if step % 2 == 0 else radius * waist
        angle = turn + math.pi * step / points
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return corners


def smooth(points: list[Point], steps: int = 14) -> list[Point]:
    """A closed Catmull-Rom curve through the points (Catmull and Rom, 1974)."""
    curve = []
    for index, here in enumerate(points):
        before, after, beyond = (
            points[index - 1],
            points[(index + 1) % len(points)],
            points[(index + 2) % len(points)],
        )
        for step in range(steps):
            t = step / steps
            curve.append(
                tuple(
                    0.5
                    * (
                        2 * h
                        + (n - p) * t
                        + (2 * p - 5 * h + 4 * n - f) * t**2
                        + (3 * h - p - 3 * n + f) * t**3
                    )
                    for p, h, n, f in zip(before, here, after, beyond, strict=True)
                )
            )
    return curve


def everywhere() -> Mask:
    return Image.new("L", (WIDTH, HEIGHT), 255)


def both(*masks: Mask) -> Mask:
    """Where any of the masks is."""
    result = masks[0]
    for mask in masks[1:]:
        result = ImageChops.lighter(result, mask)
    return result


def within(mask: Mask, limit: Mask) -> Mask:
    return ImageChops.multiply(mask, limit)


def without(mask: Mask, hole: Mask) -> Mask:
    return ImageChops.multiply(mask, ImageChops.invert(hole))


# Tones


def ramp(start: Point, end: Point, low: float = 0, high: float = 1) -> Mask:
    """A straight gradient of ink, `low` at `start` and `high` at `end`, constant beyond both."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    pad = 4096
    strip = Image.new("L", (3, 256 + 2 * pad), round(low * 255))
    for value in range(256):
        strip.paste(round(255 * (low + (high - low) * value / 255)), (0, pad + value, 3, pad + value + 1))
    strip.paste(round(high * 255), (0, pad + 256, 3, strip.height))
    rows = (255 * dx / length, 255 * dy / length, pad - 255 * (x0 * dx + y0 * dy) / length)
    return strip.transform((WIDTH, HEIGHT), Image.Transform.AFFINE, (0, 0, 1, *rows))


def glow(x: float, y: float, radius: float, centre: float = 1, edge: float = 0) -> Mask:
    """A round gradient of ink from `centre` to `edge`, constant outside `radius`."""
    # Pillow's gradient reaches its end in the corners of its square, not at the middle of the sides.
    disc = Image.radial_gradient("L").point(
        lambda value: round(255 * (centre + (edge - centre) * min(1, value * math.sqrt(2) / 255)))
    )
    disc = disc.resize((round(radius * 2), round(radius * 2)), Image.Resampling.BICUBIC)
    field = Image.new("L", (WIDTH, HEIGHT), round(edge * 255))
    field.paste(disc, (round(x - radius), round(y - radius)))
    return field


def level(amount: float) -> Mask:
    return Image.new("L", (WIDTH, HEIGHT), round(amount * 255))


# Printing


def screen(angle: float) -> Mask:
    """A threshold field of round dots: the value at a pixel is how much tone it takes to ink it."""
    cell = Image.new("L", (DOT_PITCH * 4, DOT_PITCH * 4))
    for x in range(cell.width):
        for y in range(cell.height):
            wave = math.cos(math.tau * x / cell.width) + math.cos(math.tau * y / cell.height)
            cell.putpixel((x, y), round(127.5 + wave * 63.75))
    cell = cell.reduce(4)
    side = 2100
    field = Image.new("L", (side, side))
    for x in range(0, side, DOT_PITCH):
        for y in range(0, side, DOT_PITCH):
            field.paste(cell, (x, y))
    field = field.rotate(angle, Image.Resampling.BICUBIC)
    left, top = (side - WIDTH) // 2, (side - HEIGHT) // 2
    return field.crop((left, top, left + WIDTH, top + HEIGHT))


def noise(rng: random.Random, scale: int) -> Mask:
    """Even noise in blotches of about `scale` pixels."""
    size = (WIDTH // scale + 1, HEIGHT // scale + 1)
    field = Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))
    return field.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


class Plate:
    """One ink of a picture: solid areas, and tones that the screen turns into dots."""

    def __init__(self, colour: Colour):
        self.colour = colour
        self.solid = level(0)
        self.tone = level(0)

    def fill(self, mask: Mask) -> None:
        self.solid = both(self.solid, mask)

    def shade(self, mask: Mask, tone: Mask) -> None:
        self.tone = both(self.tone, within(tone, mask))

    def cut(self, mask: Mask) -> None:
        """Let the paper, or the plates below, show through the mask."""
        self.solid = without(self.solid, mask)
        self.tone = without(self.tone, mask)

    def printed(self, rng: random.Random) -> Mask:
        """The ink as it lands on paper: screened, worn and a little out of register."""
        dots = self.tone
        if self.colour in SCREEN_ANGLES:
            dots = ImageChops.add(self.tone, screen(SCREEN_ANGLES[self.colour]), scale=2)
            dots = dots.point(lambda value: max(0, min(255, (value - 127) * 8 + 127)))
            # A tone of nothing must stay nothing although the screen's brightest pixels reach its threshold.
            dots = within(dots, self.tone.point(lambda value: min(255, value * 16)))
        inked = both(self.solid, dots)
        worn = noise(rng, 6).point(lambda value: 255 if value > 6 else 130)
        mottled = noise(rng, 60).point(lambda value: 236 + value // 14)
        inked = within(within(inked, worn), mottled)
        moved = inked.copy()
        moved.paste(inked, (rng.choice((-2, -1, 1, 2)), rng.choice((-2, -1, 1, 2))))
        return moved


class Print:
    """A sheet of paper and its four plates, in the order in which they are printed."""

    def __init__(self, name: str):
        self.rng = random.Random(name)  # noqa: S311 - repeatable on purpose; no secret
        self.ochre = Plate(OCHRE)
        self.vermilion = Plate(VERMILION)
        self.blue = Plate(BLUE)
        self.ink = Plate(INK)

    @property
    def plates(self) -> tuple[Plate, ...]:
        return (self.ochre, self.vermilion, self.blue, self.ink)

    def cut(self, mask: Mask) -> None:
        """Leave bare paper."""
        for plate in self.plates:
            plate.cut(mask)

    def only(self, plate: Plate, mask: Mask) -> None:
        """Print the mask in one ink alone, whatever lay there before."""
        self.cut(mask)
        plate.fill(mask)

    def pulled(self) -> Image.Image:
        """The finished sheet."""
        sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        for plate in self.plates:
            overprint = ImageChops.multiply(sheet, Image.new("RGB", sheet.size, plate.colour))
            # Pure multiplication turns ochre muddy under blue; real ink keeps some of its own colour.
            overprint = Image.blend(overprint, Image.new("RGB", sheet.size, plate.colour), 0.35)
            sheet = Image.composite(overprint, sheet, plate.printed(self.rng))
        # A press spreads each dot a little; hard edges would also make the file a third larger.
        return sheet.filter(ImageFilter.GaussianBlur(0.7))


def stars(rng: random.Random, count: int, largest: float) -> Mask:
    """Many small discs, few large ones."""
    return circles(
        (rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT), 1.2 + largest * rng.random() ** 5)
        for _ in range(count)
    )
