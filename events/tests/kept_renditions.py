"""Renditions of one picture are made once in a run: encoding them is most of what loading the demo takes.

The same upload and framing give the same bytes (`images/test_renditions.py`), so what is kept is right.
"""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from events.images.names import digest_of
from events.images.renditions import Framing, RenditionFile, make_renditions


def kept_in(folder: Path) -> Callable[..., tuple[RenditionFile, ...]]:
    """`make_renditions`, keeping in this folder, where other workers find it too, what it has made."""

    def made_once(file: BinaryIO, *, digest: str, framing: Framing) -> tuple[RenditionFile, ...]:
        kept = folder / digest_of(f"{digest} {framing}".encode())
        if not kept.exists():
            made = tuple(make_renditions(file, digest=digest, framing=framing))
            # Another worker finds it whole or not at all.
            partial = kept.with_suffix(f".{os.getpid()}")
            partial.write_bytes(pickle.dumps(made))
            partial.replace(kept)
        return pickle.loads(kept.read_bytes())  # noqa: S301 (written above)

    return made_once
