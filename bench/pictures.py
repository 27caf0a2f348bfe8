"""Measures what a picture costs when it is uploaded: `python -m bench.pictures --help`.

Photographs are drawn, so that no file has to be at hand: soft shapes with noise in several grains, as large
as asked for. All renditions of each are made as at a save, without a database and a disk. Ends with 1 where
one photograph takes more than four seconds of one core, or a process more than 400 megabytes.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import django
from PIL import Image

from bench.report import machine, table

COLUMNS = ("", "pictures", "files", "MB out", "CPU s each", "slowest", "pictures/s", "peak MB")
SHAPE = (3, 2)
GRAINS = ((12, 90, 1.0), (60, 80, 0.4), (600, 80, 0.25), (3000, 80, 0.12))
MOST_SECONDS, MOST_MEGABYTES = 4.0, 400.0
# The drawn ones that a run of many takes in turn.
DIFFERENT = 4
MOST_DRAWN = 50_000


class Cost(NamedTuple):
    """What one picture took: CPU seconds, files made, their bytes, and its process's largest kilobytes."""

    seconds: float
    files: int
    length: int
    peak: int


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.pictures", description=__doc__)
    parser.add_argument("--megapixels", type=float, default=24, help="of the one photograph")
    parser.add_argument("--many", type=int, default=1000, help="photographs for the workers; or 0")
    parser.add_argument("--many-megapixels", type=float, default=24, help="of each of those")
    parser.add_argument("--workers", default="1,2", help="numbers of processes to compare")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Measure one photograph, then many with several workers."""
    options = arguments(given)
    print(machine(), flush=True)
    one = measured([photograph(options.megapixels, seed=options.seed)], workers=1)
    rows = [row(f"one of {options.megapixels:g} MP", one)]
    if options.many:
        datas = [
            photograph(options.many_megapixels, seed=options.seed + number)
            for number in range(min(options.many, DIFFERENT))
        ]
        for workers in map(int, options.workers.split(",")):
            cost = measured([datas[number % len(datas)] for number in range(options.many)], workers=workers)
            rows.append(row(f"{options.many_megapixels:g} MP each, {workers} workers", cost))
    print(table(COLUMNS, rows))
    return int(one.is_missed)


class Costs(NamedTuple):
    """What a number of pictures took together, in `seconds` of the clock."""

    each: list[Cost]
    seconds: float

    @property
    def peak_megabytes(self) -> float:
        return max(cost.peak for cost in self.each) / 1000

    @property
    def is_missed(self) -> bool:
        return max(cost.seconds for cost in self.each) > MOST_SECONDS or self.peak_megabytes > MOST_MEGABYTES


def row(name: str, costs: Costs) -> list[str]:
    seconds = [cost.seconds for cost in costs.each]
    return [
        name,
        str(len(costs.each)),
        str(sum(cost.files for cost in costs.each)),
        f"{sum(cost.length for cost in costs.each) / 1e6:.1f}",
        f"{sum(seconds) / len(seconds):.2f}",
        f"{max(seconds):.2f}",
        f"{len(costs.each) / costs.seconds:.2f}",
        f"{costs.peak_megabytes:.0f}",
    ]


def measured(datas: Sequence[bytes], *, workers: int) -> Costs:
    """Make the renditions of all these uploads in fresh processes, so that the memory is their own."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=begin) as pool:
        # What starting costs is not a picture's.
        list(pool.map(begin, range(workers)))
        began = time.perf_counter()
        each = list(pool.map(cost_of, datas))
        return Costs(each, time.perf_counter() - began)


def begin(_worker: int = 0) -> None:
    """Bring Django up, once in each process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()


def cost_of(data: bytes) -> Cost:
    """What taking in one upload takes, all but storing it."""
    from events.models import Image as Picture
    from events.workflow.pictures import take_in

    began = time.process_time()
    intake = take_in(Picture(), BytesIO(data))
    seconds = time.process_time() - began
    return Cost(seconds, len(intake.files), sum(len(file.data) for file in intake.files), peak_kilobytes())


def peak_kilobytes() -> int:
    """The most memory that this process ever held, in kilobytes."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0])


def photograph(megapixels: float, *, seed: int) -> bytes:
    """A drawn JPEG of so many megapixels, as detailed as a photograph; the same for the same seed."""
    width = round((megapixels * 1e6 * SHAPE[0] / SHAPE[1]) ** 0.5)
    size = (width, width * SHAPE[1] // SHAPE[0])
    chance = random.Random(seed)
    picture = Image.merge("RGB", [channel(size, chance) for _colour in range(3)])
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def channel(size: tuple[int, int], chance: random.Random) -> Image.Image:
    layers = layered(size, chance)
    whole, _share = next(layers)
    for layer, share in layers:
        whole = Image.blend(whole, layer, share)
    return whole


def layered(size: tuple[int, int], chance: random.Random) -> Iterator[tuple[Image.Image, float]]:
    """Noise in grains from coarse to fine, each with its share."""
    for grain, contrast, share in GRAINS:
        small = (min(grain, size[0]), max(1, min(grain, size[0]) * size[1] // size[0]))
        # A part of the fine noise is repeated: drawing it all would take longer than what is measured.
        drawn = min(small[0] * small[1], MOST_DRAWN)
        values = bytes(min(255, max(0, round(chance.gauss(128, contrast)))) for _pixel in range(drawn))
        values *= small[0] * small[1] // drawn + 1
        noise = Image.frombytes("L", small, values[: small[0] * small[1]])
        yield noise.resize(size, Image.Resampling.BICUBIC), share


if __name__ == "__main__":
    sys.exit(main())
