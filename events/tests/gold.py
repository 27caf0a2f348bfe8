"""Comparing machine-read output with the files in `gold/`.

After a change that is meant, `GOLD_WRITE=1 bin/test events/tests/formats events/tests/feeds` (or pytest
with the same arguments) writes the files anew; read the difference before you commit it.
"""

import os
from pathlib import Path
from unittest import TestCase

FOLDER = Path(__file__).parent / "gold"


def assert_gold(test: TestCase, name: str, text: str) -> None:
    """Fail unless the gold file `name` holds exactly `text`."""
    path = FOLDER / name
    if os.environ.get("GOLD_WRITE"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    test.assertTrue(path.exists(), f"There is no gold file {name}; write it with GOLD_WRITE=1.")
    test.maxDiff = None
    test.assertEqual(path.read_bytes().decode(), text)
