"""Covers for news of people, places and the sea; lengths are pixels of the sheet."""

from __future__ import annotations

import math

from PIL import ImageFilter
from press import (
    Point,
    Print,
    both,
    circle,
    circles,
    ellipse_points,
    everywhere,
    glow,
    level,
    lines,
    outline,
    polygon,
    polygons,
    ramp,
    ring,
    rounded,
    smooth,
    within,
    without,
)

# x of the foot, height, half width at the foot, and how far the tip leans, in pixels.
FLAMES = [
    (620, 170, 60, 30), (700, 300, 75, 50), (790, 380, 80, 10), (885, 300, 80, 60), (980, 460, 85, 70),
    (1080, 330, 80, 90), (1180, 260, 75, 60), (1280, 330, 75, 110), (1370, 210, 65, 70), (1450, 120, 50, 40),
]  # fmt: skip


def tongue(x: float, base: float, reach: float, half: float, lean: float) -> list[Point]:
    """A flame that swells above its foot and draws out to a leaning tip."""
    left, right = [], []
    for step in range(25):
        t = step / 24
        middle = x + lean * t**2 + half * 0.35 * math.sin(t * 5)
        width = half * (1 - t) ** 0.8 * (1 + 0.55 * math.sin(math.pi * t))
        left.append((middle - width, base - reach * t))
        right.append((middle + width, base - reach * t))
    return left + right[::-1]


def spire(sheet: Print) -> None:
    """A leaning spire above a burning roof."""
    sheet.ochre.fill(everywhere())
    sheet.vermilion.shade(everywhere(), ramp((800, 60), (800, 900), 0.05, 0.95))
    smoke = polygon(
        smooth(
            outline(
                "900,560 1010,430 980,330 1130,260 1160,150 1330,110 1400,-60 1720,-60 1720,420 1560,440 "
                "1480,560 1330,540 1240,640 1060,650"
            )
        )
    )
    sheet.vermilion.cut(smoke)
    sheet.ochre.cut(smoke)
    sheet.blue.shade(smoke, ramp((1000, 640), (1560, 60), 0.35, 0.95))
    sheet.ink.shade(smoke, ramp((1150, 560), (1600, 100), 0.0, 0.5))
    for plate, tongues in (
        (sheet.vermilion, FLAMES),
        (sheet.ochre, [(x + 12, reach * 0.62, half * 0.72, lean * 0.8) for x, reach, half, lean in FLAMES]),
        (None, [(x + 20, reach * 0.3, half * 0.45, lean * 0.5) for x, reach, half, lean in FLAMES]),
    ):
        fire = polygons(tongue(x, 790, reach, half, lean) for x, reach, half, lean in tongues)
        sheet.cut(fire)
        if plate:
            plate.fill(fire)
    needle = polygon(outline("838,780 876,470 905,110 912,110 938,470 972,780"))
    crockets = polygons(
        [(908 - w, y), (908 - w - 13, y - 20), (908, y - 12), (908 + w + 13, y - 20), (908 + w, y)]
        for w, y in ((10 + k * 7.4, 250 + k * 74) for k in range(6))
    )
    nave = polygon([(520, 1000), (520, 760), (1480, 760), (1480, 1000)])
    towers = polygons(
        [
            [(120, 1000), (120, 330), (310, 330), (310, 1000)],
            [(380, 1000), (380, 330), (570, 330), (570, 1000)],
            [(300, 1000), (300, 560), (400, 560), (400, 1000)],
            [(108, 350), (108, 318), (322, 318), (322, 350)],
            [(368, 350), (368, 318), (582, 318), (582, 350)],
        ]
    )
    stone = both(nave, towers, needle, crockets)
    sheet.only(sheet.ink, stone)
    sheet.blue.fill(stone)
    feet = [(x, 540) for x in (150, 225, 410, 485)] + [(x, 950) for x in range(630, 1450, 105)]
    openings = [[(x, y), (x, y - 120), (x + 27, y - 157), (x + 55, y - 120), (x + 55, y)] for x, y in feet]
    glass = both(polygons(openings), circle(345, 690, 74))
    sheet.ink.cut(glass)
    sheet.blue.cut(glass)
    sheet.ochre.fill(glass)
    sheet.vermilion.shade(glass, ramp((800, 1000), (800, 400), 0.2, 0.9))
    spokes = both(
        *[
            lines([[(345, 690), (345 + 74 * math.cos(a), 690 + 74 * math.sin(a))]], 6)
            for a in (math.tau * k / 12 for k in range(12))
        ],
        circle(345, 690, 18),
    )
    sheet.only(sheet.ink, spokes)
    sparks = circles(
        (sheet.rng.uniform(480, 1500), sheet.rng.uniform(40, 620), 1.5 + 4 * sheet.rng.random() ** 3)
        for _ in range(110)
    )
    sheet.cut(without(sparks, stone))


def rose_window(sheet: Print) -> None:
    """A rose window in full light."""
    x, y = 800, 500
    sheet.ink.fill(everywhere())
    sheet.blue.fill(everywhere())
    beams = [
        [
            (x, y),
            (x + 1300 * math.cos(a - 0.05), y + 1300 * math.sin(a - 0.05)),
            (x + 1300 * math.cos(a + 0.05), y + 1300 * math.sin(a + 0.05)),
        ]
        for a in (math.tau * (k + 0.5) / 24 for k in range(24))
    ]
    sheet.ink.cut(within(polygons(beams), glow(x, y, 1000, 1, 0.2).point(lambda v: 255 if v > 60 else v * 4)))
    sheet.ink.shade(everywhere(), glow(x, y, 900, 0, 0.9))
    sheet.only(sheet.ink, circle(x, y, 452))
    colours = (sheet.vermilion, sheet.blue, sheet.ochre)

    def petals(count, inner, outer, width, turn, offset):
        for k in range(count):
            a = turn + math.tau * k / count
            bulb = (x + outer * math.cos(a), y + outer * math.sin(a), width)
            side = a + math.pi / 2
            leaf = polygon(
                [
                    (x + inner * math.cos(a), y + inner * math.sin(a)),
                    (bulb[0] + width * math.cos(side), bulb[1] + width * math.sin(side)),
                    (bulb[0] - width * math.cos(side), bulb[1] - width * math.sin(side)),
                ]
            )
            pane = both(leaf, circle(*bulb))
            plate = colours[(k + offset) % 3]
            sheet.cut(pane)
            plate.fill(pane)
            if plate is sheet.ochre:
                sheet.vermilion.shade(pane, glow(x, y, outer + 40, 0.1, 0.75))
            elif plate is sheet.blue:
                sheet.blue.cut(circle(bulb[0], bulb[1], width * 0.45))
                sheet.ochre.fill(circle(bulb[0], bulb[1], width * 0.45))
            else:
                sheet.ink.shade(pane, glow(x, y, outer + 40, 0.0, 0.55))

    petals(24, 235, 385, 38, 0.0, 0)
    petals(24, 330, 432, 9, math.tau / 48, 2)
    petals(12, 88, 205, 36, math.tau / 24, 1)
    petals(12, 150, 246, 11, 0.0, 2)
    heart = circle(x, y, 66)
    sheet.cut(heart)
    sheet.ochre.fill(heart)
    flower = circles(
        (x + 36 * math.cos(a), y + 36 * math.sin(a), 18) for a in (math.tau * k / 6 for k in range(6))
    )
    sheet.only(sheet.vermilion, flower)
    sheet.only(sheet.blue, circle(x, y, 17))
    sheet.cut(ring(x, y, 452, 5))
    sheet.only(sheet.ochre, ring(x, y, 470, 9))


def vials(sheet: Print) -> None:
    """A row of vaccine vials before a rising disc."""
    sheet.ochre.shade(everywhere(), ramp((800, 0), (800, 800), 0.15, 0.75))
    sun = circle(1060, 440, 330)
    sheet.ochre.cut(sun)
    sheet.vermilion.fill(sun)
    sheet.vermilion.cut(
        both(*[lines([[(600, 520 + k * 42), (1500, 520 + k * 42)]], 3 + k * 3) for k in range(7)])
    )
    table = polygon([(0, 810), (1600, 810), (1600, 1000), (0, 1000)])
    sheet.only(sheet.blue, table)
    sheet.ink.shade(table, ramp((0, 810), (0, 1050), 0, 0.9))
    for k, (left, fill) in enumerate(((150, 0.76), (410, 0.86), (670, 0.68), (930, 0.92), (1190, 0.72))):
        right, top, base = left + 190, 430, 850
        body = rounded(left, top, right, base, 28)
        neck = polygon(
            [(left + 48, top + 30), (left + 48, top - 60), (right - 48, top - 60), (right - 48, top + 30)]
        )
        glass = both(body, neck)
        sheet.cut(glass)
        sheet.blue.shade(glass, level(0.12))
        surface = base - (base - top) * fill
        liquid = within(body, polygon([(left, surface), (right, surface - 14), (right, base), (left, base)]))
        sheet.blue.cut(liquid)
        if k == 1:
            sheet.vermilion.fill(liquid)
            sheet.ink.shade(liquid, ramp((left + 60, 0), (right + 10, 0), 0, 0.6))
        else:
            sheet.blue.shade(liquid, ramp((left - 30, 0), (right, 0), 0.3, 0.95))
        cap = rounded(left + 30, top - 130, right - 30, top - 50, 8)
        sheet.only(sheet.ink, cap)
        band = polygon(
            [(left + 30, top - 78), (right - 30, top - 78), (right - 30, top - 64), (left + 30, top - 64)]
        )
        sheet.only(sheet.ochre, band)
        label = polygon([(left, 610), (right, 610), (right, 745), (left, 745)])
        sheet.cut(label)
        sheet.ink.fill(
            lines(
                [[(left + 26, y), (left + reach, y)] for y, reach in ((645, 150), (675, 110), (705, 130))], 6
            )
        )
        sheet.cut(lines([[(left + 24, top + 60), (left + 24, 590)]], 12))
        sheet.ink.fill(without(glass, glass.filter(ImageFilter.MinFilter(7))))
        shadow = polygon(ellipse_points(left + 125, 868, 150, 18, 0))
        sheet.ink.fill(without(shadow, glass))


def contagion(sheet: Print) -> None:
    """A field of dots in which a colour spreads from one place."""
    centre = (560, 540)
    reds, blues, halos = [], [], []
    for row in range(13):
        for column in range(20):
            x, y = 40 + column * 80 + (row % 2) * 40, 25 + row * 79
            distance = math.dist((x, y), centre)
            reached = math.exp(-((distance / 430) ** 2)) > sheet.rng.random() * 0.95
            size = 30 - 13 * min(1, distance / 1000)
            if reached:
                reds.append((x, y, size))
                halos.append((x, y, size + 26 + 26 * math.exp(-distance / 300)))
            else:
                blues.append((x, y, size * 0.92))
    sheet.blue.fill(circles(blues))
    halo = circles(halos)
    sheet.ochre.fill(halo)
    sheet.only(sheet.vermilion, circles(reds))
    sheet.cut(circles((x - r * 0.3, y - r * 0.3, r * 0.2) for x, y, r in reds))
    sheet.ink.shade(everywhere(), ramp((900, 0), (1700, 0), 0, 0.3))
    for radius in (150, 320, 500, 690, 890):
        sheet.ink.fill(ring(*centre, radius, 3))


def iceberg(sheet: Print) -> None:
    """A tabular iceberg, most of it under water."""
    sheet.ochre.shade(everywhere(), ramp((0, 420), (0, 0), 0.75, 0.1))
    sheet.only(sheet.vermilion, circle(1230, 250, 120))
    sheet.vermilion.cut(lines([[(1080, 300), (1400, 300)], [(1080, 330), (1400, 330)]], 8))
    sea = polygon([(0, 430), (1600, 430), (1600, 1000), (0, 1000)])
    sheet.only(sheet.blue, sea)
    sheet.ink.shade(sea, ramp((0, 480), (0, 1000), 0, 0.95))
    above = (
        (0.0, "300,430 352,300 430,330 452,430"), (0.45, "352,300 430,190 560,175 560,300 430,330"),
        (0.12, "430,330 560,300 600,430 452,430"), (0.6, "560,175 655,182 690,330 560,300"),
        (0.3, "560,300 690,330 720,430 600,430"), (0.0, "655,182 820,205 850,290 690,330"),
        (0.55, "690,330 850,290 870,430 720,430"), (0.2, "820,205 1010,215 960,340 850,290"),
        (0.05, "850,290 960,340 990,430 870,430"), (0.65, "1010,215 1090,330 1120,430 990,430 960,340"),
    )  # fmt: skip
    below = (
        (0.15, "262,430 452,430 400,560"), (0.5, "262,430 400,560 330,610"),
        (0.0, "452,430 600,430 560,620 400,560"),
        (0.35, "400,560 560,620 470,740 330,610"), (0.2, "600,430 720,430 690,650 560,620"),
        (0.6, "560,620 690,650 640,850 500,860 470,740"), (0.05, "720,430 870,430 880,600 690,650"),
        (0.3, "690,650 880,600 830,800 640,850"), (0.1, "640,850 830,800 910,905 720,935"),
        (0.45, "870,430 990,430 1050,560 880,600"), (0.2, "880,600 1050,560 1010,740 910,905 830,800"),
        (0.6, "990,430 1160,430 1140,540 1050,560"), (0.75, "1050,560 1140,540 1090,680 1010,740"),
    )  # fmt: skip
    for tone, corners in above:
        face = polygon(outline(corners))
        sheet.cut(face)
        sheet.blue.shade(face, level(tone))
    for tone, corners in below:
        face = polygon(outline(corners))
        sheet.blue.cut(face)
        sheet.ink.cut(face)
        sheet.blue.shade(face, ramp((0, 430), (0, 920), 0.22 + tone * 0.8, 0.6 + tone * 0.6))
    crack = outline("655,182 676,270 640,350 678,390 660,430 700,510 668,590 712,668 690,740 726,820 716,900")
    sheet.only(sheet.vermilion, lines([crack], 8))
    waves = []
    for row in range(7):
        for _ in range(9):
            left, y = sheet.rng.uniform(-60, 1600), 452 + row * 26 + sheet.rng.uniform(-6, 6)
            waves.append([(left, y), (left + sheet.rng.uniform(40, 150) * (1 - row * 0.1), y)])
    berg = polygons(outline(corners) for _, corners in above + below)
    sheet.cut(without(lines(waves, 3.5), berg))
    sheet.cut(lines([[(0, 430), (1600, 430)]], 4))


def ballot(sheet: Print) -> None:
    """Papers falling into a ballot box."""
    rng = sheet.rng
    sheet.ochre.fill(everywhere())
    rays = [
        [
            (800, 610),
            (800 + 1500 * math.cos(a), 610 + 1500 * math.sin(a)),
            (800 + 1500 * math.cos(a + 0.09), 610 + 1500 * math.sin(a + 0.09)),
        ]
        for a in (math.pi + k * 0.18 for k in range(18))
    ]
    sheet.vermilion.shade(polygons(rays), ramp((800, 640), (800, -200), 0.75, 0.15))
    floor = polygon([(0, 850), (1600, 850), (1600, 1000), (0, 1000)])
    sheet.only(sheet.vermilion, floor)
    sheet.ink.shade(floor, ramp((0, 850), (0, 1040), 0.1, 0.8))

    def slip(x, y, wide, high, tilt, mark):
        c, s = math.cos(tilt), math.sin(tilt)

        def place(u, v):
            return (x + u * c - v * s, y + u * s + v * c)

        sheet.only(
            sheet.ink,
            polygon(
                [
                    place(-wide + 12, -high + 14),
                    place(wide + 12, -high + 14),
                    place(wide + 12, high + 14),
                    place(-wide + 12, high + 14),
                ]
            ),
        )
        sheet.cut(polygon([place(-wide, -high), place(wide, -high), place(wide, high), place(-wide, high)]))
        sheet.ink.fill(
            lines([[place(-wide * 0.2, v * high), place(wide * 0.75, v * high)] for v in (-0.55, 0, 0.55)], 7)
        )
        sheet.ink.fill(
            lines(
                [
                    [
                        *(
                            place(-wide * 0.62 + du, v * high + dv)
                            for du, dv in ((-14, -14), (14, -14), (14, 14), (-14, 14), (-14, -14))
                        )
                    ]
                    for v in (-0.55, 0, 0.55)
                ],
                3,
            )
        )
        v = (-0.55, 0, 0.55)[mark] * high
        sheet.vermilion.fill(
            lines(
                [
                    [place(-wide * 0.62 - 20, v - 20), place(-wide * 0.62 + 20, v + 20)],
                    [place(-wide * 0.62 - 20, v + 20), place(-wide * 0.62 + 20, v - 20)],
                ],
                9,
            )
        )

    for x, y, tilt, mark in (
        (330, 230, -0.35, 0),
        (1270, 250, 0.4, 1),
        (1080, 90, -0.2, 2),
        (1360, 560, -0.15, 0),
        (210, 590, 0.2, 1),
    ):
        slip(x, y, 100, 130, tilt + rng.uniform(-0.05, 0.05), mark)
    slip(800, 420, 130, 170, -0.04, 1)
    front = polygon([(480, 560), (1120, 560), (1120, 900), (480, 900)])
    lid = polygon([(440, 520), (1160, 520), (1160, 610), (440, 610)])
    side = polygon([(1120, 610), (1210, 560), (1210, 850), (1120, 900)])
    for part in (front, side):
        sheet.only(sheet.blue, part)
    sheet.ink.shade(front, ramp((480, 0), (1120, 0), 0.0, 0.5))
    sheet.ink.fill(side)
    sheet.only(sheet.ink, polygon([(1160, 520), (1230, 482), (1230, 570), (1160, 610)]))
    sheet.only(sheet.blue, polygon([(440, 520), (510, 482), (1230, 482), (1160, 520)]))
    sheet.cut(polygon([(640, 505), (645, 497), (965, 497), (960, 505)]))
    sheet.only(sheet.blue, lid)
    sheet.cut(lines([[(440, 612), (1160, 612)]], 4))
    seal = circle(800, 745, 84)
    sheet.cut(seal)
    sheet.vermilion.fill(ring(800, 745, 70, 8))
    sheet.vermilion.fill(lines([[(764, 748), (792, 778), (842, 712)]], 15))


def bridge(sheet: Print) -> None:
    """A cable-stayed bridge over a wide estuary."""
    sheet.ochre.shade(everywhere(), ramp((0, 0), (0, 520), 0.1, 1))
    sun = circle(1120, 470, 250)
    sheet.ochre.cut(sun)
    sheet.vermilion.fill(sun)
    far = polygon(
        outline(
            "0,610 170,540 330,590 520,520 690,600 900,560 1090,610 1290,530 1450,590 1600,545 1600,700 0,700"
        )
    )
    sheet.blue.fill(far)
    water = polygon([(0, 690), (1600, 690), (1600, 1000), (0, 1000)])
    sheet.only(sheet.blue, water)
    sheet.ink.shade(water, ramp((0, 700), (0, 1050), 0, 0.9))
    glints = []
    for row in range(15):
        y = 705 + row * 20
        for _ in range(4):
            middle, half = 1120 + sheet.rng.gauss(0, 90 + row * 6), sheet.rng.uniform(20, 90)
            glints.append([(middle - half, y), (middle + half, y)])
    sheet.only(sheet.vermilion, lines(glints, 6))

    def deck(x):
        return 655 - 75 * math.exp(-(((x - 800) / 700) ** 2))

    road = polygon(
        [*[(x, deck(x)) for x in range(-20, 1640, 20)], *[(x, deck(x) + 24) for x in range(1620, -40, -20)]]
    )
    piers = polygons(
        [[(x - 9, deck(x)), (x + 9, deck(x)), (x + 13, 860), (x - 13, 860)] for x in (60, 210, 1390, 1540)]
    )
    pylons, cables = [], []
    for x in (470, 1130):
        base = deck(x)
        pylons.extend(
            [
                (x + lean * 10, 120),
                (x + lean * 22, 120),
                (x + lean * 58, base),
                (x + lean * 46, 900),
                (x + lean * 22, 900),
                (x + lean * 36, base),
            ]
            for lean in (-1, 1)
        )
        pylons.append([(x - 16, 105), (x + 16, 105), (x + 20, 240), (x - 20, 240)])
        pylons.append([(x - 48, base + 30), (x + 48, base + 30), (x + 46, base + 62), (x - 46, base + 62)])
        for k in range(1, 13):
            for lean in (-1, 1):
                end = x + lean * k * 26
                cables.append([(x, 130 + (12 - k) * 14), (end, deck(end))])
    sheet.only(sheet.ink, both(lines(cables, 3), road, piers, polygons(pylons)))
    sheet.cut(lines([[(x, deck(x) + 11) for x in range(-20, 1640, 20)]], 3))


def high_seas(sheet: Print) -> None:
    """Bands of waves, and a whale among them."""
    sheet.ochre.shade(everywhere(), ramp((0, 0), (0, 420), 0.1, 0.9))
    sheet.vermilion.fill(circle(430, 330, 190))
    bands = (
        (400, 26, 360, 0.0, 0.35),
        (470, 34, 430, 1.2, 0.55),
        (560, 40, 500, 2.6, 0.75),
        (670, 46, 560, 0.7, 0.95),
        (790, 52, 640, 4.0, 1.0),
        (910, 46, 700, 2.0, 1.0),
    )
    for number, (base, swell, length, phase, tone) in enumerate(bands):
        crest = [
            (
                x,
                base
                + swell * math.sin(math.tau * x / length + phase)
                - swell * 0.35 * math.cos(2 * math.tau * x / length + 2 * phase),
            )
            for x in range(0, 1601, 8)
        ]
        band = polygon([*crest, (1600, 1000), (0, 1000)])
        if number == 3:
            whale = polygon(
                smooth(
                    outline(
                        "770,640 860,520 1010,455 1180,470 1310,560 1400,600 1440,520 1420,440 "
                        "1490,480 1560,430 1540,520 1480,600 1440,700 1200,740 900,740"
                    )
                )
            )
            sheet.only(sheet.ink, whale)
            sheet.blue.fill(whale)
            grooves = lines(
                [[(820 + k * 22, 640 + k * 3), (960 + k * 40, 640 + k * 14)] for k in range(4)], 3.5
            )
            sheet.cut(within(grooves, whale))
            sheet.cut(circle(905, 560, 7))
            jets = [
                [
                    (935 + side * 8 + side * 62 * t**1.4, 468 - 150 * t + 105 * t**2.6)
                    for t in (k / 20 for k in range(21))
                ]
                for side in (-1.5, -0.75, 0.75, 1.5)
            ]
            spray = lines(jets, 9)
            sheet.only(sheet.blue, spray)
        sheet.cut(band)
        sheet.blue.shade(band, level(tone)) if tone < 1 else sheet.blue.fill(band)
        if number >= 4:
            sheet.ink.shade(band, ramp((0, base), (0, base + 260), 0.1 * number - 0.3, 0.3 * number - 0.6))
        sheet.cut(lines([crest], 7))
        echo = [
            [(x, y + 24 + number * 2) for x, y in crest[k : k + 9]]
            for k in range(number * 3, len(crest) - 9, 24)
        ]
        sheet.cut(lines(echo, 4))


def canal(sheet: Print) -> None:
    """A container ship wedged across a canal, from above."""
    sheet.ochre.fill(everywhere())
    sheet.vermilion.shade(everywhere(), ramp((0, 0), (1600, 1000), 0.04, 0.3))
    dunes = [
        [(t, base + 26 * math.sin(t / 130 + phase)) for t in range(-20, 1641, 20)]
        for base, phase in ((70, 0), (125, 0.5), (180, 1.1), (865, 0.4), (915, 0.9), (965, 1.6))
    ]
    sheet.vermilion.fill(lines(dunes, 3))
    water = polygon(
        [
            *[(t, 262 + 10 * math.sin(t / 190)) for t in range(-20, 1641, 20)],
            *[(t, 748 + 12 * math.sin(t / 230 + 2)) for t in range(1640, -21, -20)],
        ]
    )
    sheet.only(sheet.blue, water)
    sheet.ink.shade(water, ramp((0, 262), (0, 760), 0.0, 0.5))
    ripples = []
    for _ in range(70):
        x, y = sheet.rng.uniform(0, 1600), sheet.rng.uniform(285, 725)
        ripples.append([(x, y), (x + sheet.rng.uniform(30, 110), y)])
    sheet.cut(lines(ripples, 3))
    tilt, middle = -0.62, (800, 505)

    def place(u, v):
        return (
            middle[0] + u * math.cos(tilt) - v * math.sin(tilt),
            middle[1] + u * math.sin(tilt) + v * math.cos(tilt),
        )

    hull = outline("-455,-74 380,-74 450,-48 505,0 450,48 380,74 -455,74 -470,50 -470,-50")
    sheet.only(sheet.ink, polygon([(x + 16, y + 22) for x, y in (place(u, v) for u, v in hull)]))
    sheet.cut(polygon([place(u, v) for u, v in hull]))
    sheet.ink.fill(lines([[place(u, v) for u, v in [*hull, hull[0]]]], 6))
    for column in range(17):
        for row in range(5):
            if column in (4, 11):
                continue
            left, top = -438 + column * 47, -62 + row * 25
            crate = polygon(
                [place(left, top), place(left + 43, top), place(left + 43, top + 21), place(left, top + 21)]
            )
            pick = sheet.rng.random()
            plate = (
                sheet.vermilion
                if pick < 0.4
                else sheet.blue
                if pick < 0.68
                else sheet.ochre
                if pick < 0.9
                else sheet.ink
            )
            sheet.only(plate, crate)
    bridge_deck = polygon([place(86, -66), place(118, -66), place(118, 66), place(86, 66)])
    sheet.only(sheet.ink, bridge_deck)
    for x, y, turn in ((385, 610, 0.25), (1130, 660, 2.6), (1015, 610, 2.2)):
        tug = [
            (x + a * math.cos(turn) - b * math.sin(turn), y + a * math.sin(turn) + b * math.cos(turn))
            for a, b in ((-34, -15), (20, -15), (40, 0), (20, 15), (-34, 15))
        ]
        sheet.cut(polygon([(x + (px - x) * 1.2, y + (py - y) * 1.3) for px, py in tug]))
        sheet.only(sheet.vermilion, polygon(tug))
