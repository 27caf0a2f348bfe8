"""A line of progress on a terminal, and silence in a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TextIO


@contextmanager
def progress(stream: TextIO, what: str, *, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Yields a function to call with the number done so far."""
    if not stream.isatty():
        yield lambda done: None
        return
    # Loading what draws the line takes a tenth of a second, which a pipe need not wait for.
    with import_module("events.management.bar").bar(stream, what, total=total) as advance:
        yield advance
