"""Covers for news of the sky and of physics; lengths are pixels of the sheet."""

from __future__ import annotations

import math

from press import (
    HEIGHT,
    WIDTH,
    Print,
    both,
    circle,
    circles,
    ellipse_points,
    everywhere,
    glow,
    lines,
    outline,
    polygon,
    polygons,
    ramp,
    regular,
    ring,
    smooth,
    star,
    stars,
    without,
)


def black_hole(sheet: Print) -> None:
    """A lopsided ring of light round a shadow."""
    x, y = 800, 500
    sheet.blue.fill(everywhere())
    sheet.ink.shade(everywhere(), glow(x, y, 1050, 0.15, 0.9))
    sheet.cut(stars(sheet.rng, 130, 3))
    for radius in range(430, 1000, 62):
        sheet.blue.cut(ring(x, y, radius, 2.5))
    outer, shadow = circle(x, y, 345), circle(x, y - 26, 178)
    sheet.cut(outer)
    sheet.ochre.fill(outer)
    sheet.vermilion.shade(outer, glow(x, y + 60, 350, 0, 1.0))
    sheet.vermilion.shade(outer, ramp((x, y + 130), (x, y - 330), 0, 0.95))
    sheet.ink.shade(outer, ramp((x, y - 120), (x, y - 380), 0, 0.75))
    sheet.only(sheet.ink, shadow)
    sheet.blue.fill(shadow)
    crescent = without(circle(x, y + 10, 262), circle(x, y - 24, 246))
    sheet.cut(crescent)


def webb_mirror(sheet: Print) -> None:
    """Eighteen golden hexagons above the layers of a sunshield."""
    sheet.blue.fill(everywhere())
    sheet.ink.shade(everywhere(), ramp((800, 900), (800, -100), 0.05, 0.8))
    sheet.cut(stars(sheet.rng, 170, 4))
    for layer in range(5):
        top, reach = 962 - layer * 34, 610 + layer * 42
        sail = polygon([(800 - reach, top - 30), (800, top - 150), (800 + reach, top - 30), (800, top + 74)])
        sheet.cut(sail)
        sheet.ochre.fill(sail)
        sheet.vermilion.shade(sail, ramp((800 - reach, 0), (800 + reach, 0), 1.0, 0.12 + 0.08 * layer))
        sheet.ink.fill(lines([[(800 - reach, top - 30), (800, top + 74), (800 + reach, top - 30)]], 5))
    sheet.only(sheet.ink, polygon([(770, 700), (830, 700), (856, 800), (744, 800)]))
    size, x, y = 76, 800, 382
    cells = [(q, r) for q in range(-2, 3) for r in range(-2, 3) if abs(q + r) <= 2 and (q, r) != (0, 0)]
    for q, r in cells:
        cx, cy = x + size * 1.5 * 1.06 * q, y + size * math.sqrt(3) * 1.06 * (r + q / 2)
        facet = polygon(regular(cx, cy, size, 6))
        sheet.cut(facet)
        sheet.ochre.fill(facet)
        tilt = sheet.rng.uniform(-0.5, 0.5)
        depth = sheet.rng.uniform(0.35, 0.85)
        sheet.vermilion.shade(facet, ramp((cx - 60, cy - 60 + 80 * tilt), (cx + 60, cy + 70), 0.0, depth))
    hub = polygon(regular(x, y, size, 6))
    sheet.only(sheet.ink, hub)
    struts = lines([[(x, y), (x, -20)], [(x, y), (x - 330, 800)], [(x, y), (x + 330, 800)]], 8)
    sheet.only(sheet.ink, struts)
    sheet.only(sheet.vermilion, circle(x, y, 30))


def deep_field(sheet: Print) -> None:
    """Galaxies, arcs of bent light and six-pointed stars."""
    rng = sheet.rng
    sheet.blue.fill(everywhere())
    sheet.ink.shade(everywhere(), glow(860, 480, 1000, 0.3, 0.95))
    sheet.cut(stars(rng, 260, 4))
    for plate, count in ((sheet.ochre, 34), (sheet.vermilion, 30)):
        galaxies = [
            ellipse_points(
                rng.uniform(0, WIDTH),
                rng.uniform(0, HEIGHT),
                a,
                a * rng.uniform(0.25, 0.8),
                rng.uniform(0, 3),
            )
            for a in (5 + 30 * rng.random() ** 2 for _ in range(count))
        ]
        sheet.only(plate, polygons(galaxies))
    core = (880, 500)
    for radius, start, sweep, width in (
        (200, 0.3, 1.1, 13),
        (205, 2.4, 0.7, 9),
        (290, 3.5, 0.9, 15),
        (300, 5.2, 0.6, 8),
        (395, 1.3, 0.7, 11),
        (400, 4.5, 0.45, 9),
        (120, 4.0, 1.3, 9),
    ):
        arc = [
            (
                core[0] + radius * 1.15 * math.cos(start + sweep * t / 40),
                core[1] + radius * math.sin(start + sweep * t / 40),
            )
            for t in range(41)
        ]
        sheet.only(sheet.vermilion if radius % 2 else sheet.ochre, lines([arc], width))
    halo = circle(*core, 105)
    sheet.cut(halo)
    sheet.ochre.fill(halo)
    sheet.vermilion.shade(halo, glow(*core, 130, 0, 1))
    sheet.cut(circle(*core, 46))
    for x, y, size in ((430, 330, 250), (1290, 250, 150), (1180, 800, 190), (230, 780, 105)):
        sheet.cut(polygon(star(x, y, size, 6, 0.09, math.pi / 6)))
        sheet.only(sheet.vermilion, ring(x, y, size * 0.27, 7))
        sheet.cut(circle(x, y, size * 0.14))


def comet(sheet: Print) -> None:
    """A two-lobed comet, its tail, and a lander with three legs."""
    sheet.blue.fill(everywhere())
    sheet.ink.shade(everywhere(), ramp((1600, 1000), (0, 0), 0.1, 0.9))
    sheet.cut(stars(sheet.rng, 150, 3.5))
    for number in range(15):
        a = -0.74 + number * 0.062
        streak = polygon(
            [
                (600, 600),
                (700, 560),
                (600 + 1500 * math.cos(a), 600 + 1500 * math.sin(a)),
                (600 + 1500 * math.cos(a + 0.045), 600 + 1500 * math.sin(a + 0.045)),
            ]
        )
        sheet.cut(streak)
        if number % 3 != 1:
            sheet.ochre.fill(streak)
        sheet.vermilion.shade(streak, ramp((620, 620), (1500, 120), 1.0 if number % 2 else 0.75, 0.0))
        sheet.blue.shade(streak, ramp((900, 450), (1560, 60), 0.0, 0.95))
    nucleus = polygon(
        smooth(
            outline(
                "250,640 270,520 380,450 500,470 560,500 600,430 710,380 830,420 870,530 820,640 700,670 "
                "640,660 600,760 480,830 340,800"
            )
        )
    )
    sheet.cut(nucleus)
    sheet.ochre.shade(nucleus, ramp((850, 420), (450, 700), 0.9, 0.1))
    sheet.ink.shade(nucleus, ramp((840, 400), (330, 780), 0.05, 1.0))
    sheet.blue.shade(nucleus, ramp((700, 500), (300, 800), 0.0, 0.9))
    pits = [(690, 480, 44), (770, 560, 28), (470, 580, 52), (390, 690, 34), (540, 700, 26), (640, 570, 20)]
    for x, y, r in pits:
        sheet.ink.fill(without(circle(x, y, r), circle(x - r * 0.3, y + r * 0.28, r)))
        sheet.cut(without(circle(x, y, r * 1.08), circle(x + r * 0.16, y - r * 0.16, r * 1.05)))
    x, y = 590, 300
    box = polygon(regular(x, y, 46, 6, 0.2))
    sheet.cut(polygon(regular(x, y, 54, 6, 0.2)))
    sheet.only(sheet.vermilion, box)
    legs = lines(
        [
            [(x - 20, y + 36), (x - 74, y + 98)],
            [(x + 4, y + 40), (x + 2, y + 116)],
            [(x + 26, y + 32), (x + 84, y + 88)],
        ],
        7,
    )
    feet = circles([(x - 74, y + 98, 11), (x + 2, y + 116, 11), (x + 84, y + 88, 11)])
    sheet.cut(both(legs, feet))
    path = lines(
        [[(120 + t * 9, 60 + (t / 4.6) ** 2 * 1.05) for t in range(k * 4, k * 4 + 2)] for k in range(11)], 5
    )
    sheet.cut(path)


def eclipse(sheet: Print) -> None:
    """A total eclipse low over hills and the sea."""
    x, y = 800, 390
    sheet.blue.fill(everywhere())
    sheet.ink.shade(everywhere(), glow(x, y, 1000, 0.1, 1.0))
    glowing = polygon([(0, 690), (1600, 690), (1600, 1000), (0, 1000)])
    sheet.blue.cut(glowing)
    sheet.ink.cut(glowing)
    sheet.ochre.fill(glowing)
    sheet.vermilion.shade(glowing, ramp((0, 850), (0, 690), 0.15, 0.95))
    sheet.cut(stars(sheet.rng, 60, 4))
    rays = []
    for k in range(72):
        a = math.tau * k / 72
        reach = 250 + 60 * sheet.rng.random() + 130 * abs(math.cos(a + 0.4)) ** 3
        rays.append(
            [
                (x + 190 * math.cos(a - 0.05), y + 190 * math.sin(a - 0.05)),
                (x + reach * math.cos(a), y + reach * math.sin(a)),
                (x + 190 * math.cos(a + 0.05), y + 190 * math.sin(a + 0.05)),
            ]
        )
    corona = both(polygons(rays), circle(x, y, 218))
    sheet.only(sheet.ochre, corona)
    sheet.cut(circle(x, y, 206))
    sheet.only(sheet.ink, circle(x, y, 190))
    sheet.blue.fill(circle(x, y, 190))
    sheet.only(sheet.vermilion, circles([(x + 188, y - 40, 11), (x + 170, y + 92, 8), (x - 120, y + 150, 9)]))
    hills = polygon(
        [
            *[(t, 800 - 60 * math.sin(t / 210 + 1) - 22 * math.sin(t / 71)) for t in range(0, 1601, 10)],
            (1600, 1000),
            (0, 1000),
        ]
    )
    sheet.only(sheet.blue, hills)
    sheet.ink.shade(hills, ramp((0, 740), (0, 960), 0.2, 0.7))
    near = polygon(
        [
            *[(t, 900 - 50 * math.sin(t / 260 + 3.4) - 14 * math.sin(t / 45)) for t in range(0, 1601, 10)],
            (1600, 1000),
            (0, 1000),
        ]
    )
    sheet.ink.fill(near)
    sheet.blue.fill(near)
    people = []
    for px, size in ((455, 1.0), (497, 0.9), (1085, 1.0), (1127, 1.06), (1163, 0.6)):
        foot = 910 - 50 * math.sin(px / 260 + 3.4) - 14 * math.sin(px / 45)
        people.append(circle(px, foot - 92 * size, 12 * size))
        people.append(
            polygon(
                smooth(
                    [
                        (px - 15 * size, foot),
                        (px - 19 * size, foot - 62 * size),
                        (px, foot - 82 * size),
                        (px + 19 * size, foot - 62 * size),
                        (px + 15 * size, foot),
                        (px, foot + 8),
                    ]
                )
            )
        )
    sheet.ink.fill(both(*people))


def spacetime_waves(sheet: Print) -> None:
    """Two dark bodies and the double spiral of waves that they send out."""
    x, y = 800, 500
    sheet.ochre.shade(everywhere(), glow(x, y, 720, 0.95, 0.0))
    arms = []
    for arm, plate, width in ((0, sheet.blue, 26), (math.pi, sheet.vermilion, 26)):
        edge_in, edge_out = [], []
        for step in range(900):
            turn = step * 0.03
            radius = 120 + 45 * turn
            thick = width * (0.45 + 0.55 * math.sin(turn / 2 + arm) ** 2) * min(1, 0.25 + turn / 8)
            a = turn + arm
            edge_in.append(
                (x + (radius - thick) * math.cos(a) * 1.12, y + (radius - thick) * math.sin(a) * 0.8)
            )
            edge_out.append(
                (x + (radius + thick) * math.cos(a) * 1.12, y + (radius + thick) * math.sin(a) * 0.8)
            )
        pieces = [[edge_in[i], edge_in[i + 1], edge_out[i + 1], edge_out[i]] for i in range(len(edge_in) - 1)]
        arms.append((plate, polygons(pieces)))
    for plate, arm in arms:
        plate.fill(arm)
    for cx, cy, r in ((712, 528, 104), (902, 462, 84)):
        sheet.only(sheet.ink, circle(cx, cy, r))
        sheet.only(sheet.ochre, without(circle(cx, cy, r + 22), circle(cx, cy, r + 4)))
        sheet.blue.shade(circle(cx, cy, r), ramp((cx - r, cy - r), (cx + r, cy + r), 1, 0))


def particle_tracks(sheet: Print) -> None:
    """Curved tracks from one collision inside the rings of a detector."""
    x, y = 800, 500
    rng = sheet.rng
    sheet.ochre.shade(circle(x, y, 300), glow(x, y, 310, 0.8, 0.0))
    barrel = without(circle(x, y, 1000), circle(x, y, 452))
    sheet.blue.fill(barrel)
    sheet.ink.shade(barrel, glow(x, y, 1050, 0, 1))
    for k in range(48):
        a = math.tau * k / 48
        sheet.blue.cut(
            lines(
                [
                    [
                        (x + 452 * math.cos(a), y + 452 * math.sin(a)),
                        (x + 1000 * math.cos(a), y + 1000 * math.sin(a)),
                    ]
                ],
                3,
            )
        )
    for radius in (560, 700):
        sheet.cut(ring(x, y, radius, 3))
    for radius, width in ((120, 2), (210, 2), (310, 2), (410, 3)):
        sheet.blue.fill(ring(x, y, radius, width))
    hits = []
    for k in range(46):
        a0, bend = math.tau * (k + rng.random() * 0.8) / 46, rng.choice((-1, 1)) * rng.uniform(0.2, 2.3)
        track = [
            (
                x + r * math.cos(a0 + bend * (r / 450) ** 2 * 0.5),
                y + r * math.sin(a0 + bend * (r / 450) ** 2 * 0.5),
            )
            for r in range(0, 452, 8)
        ]
        sheet.ink.fill(lines([track], rng.choice((1.5, 2, 3))))
        hits.append((math.atan2(track[-1][1] - y, track[-1][0] - x), rng.uniform(10, 90)))
    for a, energy in hits:
        bar = polygon(
            [
                (x + r * math.cos(a + s), y + r * math.sin(a + s))
                for r, s in ((456, -0.02), (456 + energy, -0.02), (456 + energy, 0.02), (456, 0.02))
            ]
        )
        sheet.only(sheet.ochre, bar)
    for a in (0.55, 2.35, 3.8, 5.75):
        ray = lines([[(x, y), (x + 980 * math.cos(a), y + 980 * math.sin(a))]], 13)
        sheet.only(sheet.vermilion, ray)
    sheet.only(sheet.vermilion, circle(x, y, 34))
    sheet.cut(circle(x, y, 13))
