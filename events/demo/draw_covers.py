"""Draw the cover pictures of the demo newsroom: `python events/demo/draw_covers.py` writes `covers/*.jpg`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

from covers_of_the_earth import (
    ballot,
    bridge,
    canal,
    contagion,
    high_seas,
    iceberg,
    rose_window,
    spire,
    vials,
)
from covers_of_the_sky import (
    black_hole,
    comet,
    deep_field,
    eclipse,
    particle_tracks,
    spacetime_waves,
    webb_mirror,
)
from press import Print

FOLDER = Path(__file__).parent / "covers"
MAX_BYTES = 160_000

# File names without their ending; a new cover is a function and a line here.
PICTURES: dict[str, Callable[[Print], None]] = {
    "black-hole": black_hole,
    "webb-mirror": webb_mirror,
    "deep-field": deep_field,
    "spire": spire,
    "rose-window": rose_window,
    "vials": vials,
    "contagion": contagion,
    "comet": comet,
    "particle-tracks": particle_tracks,
    "spacetime-waves": spacetime_waves,
    "iceberg": iceberg,
    "ballot": ballot,
    "bridge": bridge,
    "high-seas": high_seas,
    "eclipse": eclipse,
    "canal": canal,
}


def drawn(name: str) -> bytes:
    """The named picture as a progressive JPEG of at most `MAX_BYTES`, at the best quality that fits.

    Raises ValueError when even a poor quality does not fit: the picture has too many small dots then.
    """
    sheet = Print(name)
    PICTURES[name](sheet)
    image = sheet.pulled()
    for quality in range(84, 40, -2):
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, progressive=True, optimize=True)
        if buffer.tell() <= MAX_BYTES:
            return buffer.getvalue()
    raise ValueError(f"{name} does not fit into {MAX_BYTES} bytes")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in PICTURES:
        picture = drawn(name)
        (FOLDER / f"{name}.jpg").write_bytes(picture)
        sys.stdout.write(f"{name}.jpg  {len(picture) / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
