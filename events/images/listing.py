"""The renditions of a picture as the database remembers them: a line of text for each size.

    16:9 960 540 renditions/ab/abcd…-16x9-960 avif:23912 webp:31022 jpg:48213

Every list reads them with each of its entries, of which most pages use a few. As text they cost nothing until
they are asked for, and serve as the key under which the answer is kept.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


class StoredRendition(NamedTuple):
    """One file: its ratio ("full" is uncropped), its size in pixels, its name, its media type, its length."""

    ratio: str
    width: int
    height: int
    name: str
    type: str
    bytes: int


def write_listing(renditions: Iterable[StoredRendition]) -> str:
    """The text of these renditions; those of one size stand together."""
    lines = []
    for (ratio, width, height, stem), files in groupby(renditions, key=_size):
        lengths = " ".join(f"{file.name.rpartition('.')[2]}:{file.bytes}" for file in files)
        lines.append(f"{ratio} {width} {height} {stem} {lengths}")
    return "\n".join(lines)


def read_listing(text: str) -> tuple[StoredRendition, ...]:
    """The renditions that `write_listing` wrote down."""
    found = []
    for line in text.splitlines():
        ratio, width, height, stem, *lengths = line.split(" ")
        for extension, length in (each.split(":") for each in lengths):
            found.append(
                StoredRendition(
                    ratio, int(width), int(height), f"{stem}.{extension}", TYPES[extension], int(length)
                )
            )
    return tuple(found)


def _size(file: StoredRendition) -> tuple[str, int, int, str]:
    return file.ratio, file.width, file.height, file.name.rpartition(".")[0]
