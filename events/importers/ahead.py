"""Preparing records in a second process, while this one writes: the way of imports by command.

Reading, cleaning and folding need no database and take about as long as writing does.
"""

import copyreg
import gc
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import datetime
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError

from events.importers.directories import naming_of
from events.importers.entries import new_entry
from events.importers.records import CitationRecord, EventRecord, Record
from events.importers.seen import Repeat
from events.workflow.batches import NewCitation, NewEntry

# As many records as the runner writes at once: while it writes them, the next ones become ready.
CHUNK = 1000
FIRST = 100


Told = Record | Repeat


def by_values(kind: type) -> Callable[[Any], tuple]:
    """How a dataclass is pickled as one tuple, in half the time that the names of its fields take."""
    values = attrgetter(*(each.name for each in fields(kind)))
    return lambda row: (kind, values(row))


for kind in (EventRecord, CitationRecord, NewEntry, NewCitation):
    copyreg.pickle(kind, by_values(kind))


class ReaderStoppedError(Exception):
    """The second process ended before its records did: it was killed, or ran out of memory."""


def prepared(records: Iterable[Told], *, as_draft: bool, now: datetime) -> Iterator[Told]:
    """The records, events with the entry that they would become."""
    for record in records:
        if isinstance(record, EventRecord):
            # Whoever writes the record comes upon the same error and reports it.
            with suppress(ValidationError):
                record.naming = naming_of(record)
                record.entry = new_entry(record, record.naming, as_draft=as_draft, now=now)
        yield record


def prepared_ahead(records: Iterable[Told], *, as_draft: bool, now: datetime) -> Iterator[Told]:
    """The same from a second process, a chunk ahead; the plain records where a process cannot fork.

    An error of the source is raised here. Raises ReaderStoppedError when the process is gone.
    """
    if "fork" not in get_all_start_methods():
        yield from records
        return
    yield from _received(records, as_draft=as_draft, now=now)


@contextmanager
def without_garbage_rounds() -> Iterator[None]:
    """Without Python's search for cycles, of which an import leaves none: it takes a tenth of the time.

    For commands, whose process does nothing else meanwhile.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        # What is left lives until the process ends, which would look through all of it once more.
        gc.freeze()
        if was_enabled:
            gc.enable()


def _received(records: Iterable[Told], *, as_draft: bool, now: datetime) -> Iterator[Told]:
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=_send, args=(prepared(records, as_draft=as_draft, now=now), sender, receiver), daemon=True
    )
    process.start()
    # The last copy in this process: from now on the pipe ends when the other process does.
    sender.close()
    # A thread unpacks the next chunk while this one waits for the database.
    with receiver, ThreadPoolExecutor(max_workers=1) as unpacking:
        coming = unpacking.submit(unpacked, receiver)
        try:
            while chunk := coming.result():
                if isinstance(chunk, Exception):
                    raise chunk
                coming = unpacking.submit(unpacked, receiver)
                # Nothing is kept of what was handed on: the memory is for what comes.
                chunk.reverse()
                while chunk:
                    yield chunk.pop()
        except EOFError as error:
            raise ReaderStoppedError("the process that reads the records was stopped") from error
        finally:
            process.terminate()
            process.join()


def _send(records: Iterator[Told], sender: Connection, receiver: Connection) -> None:
    """The second process: sends chunks and, at the end, an empty one. The full pipe makes it wait.

    It ends with the first one, killed or not: nobody is left to read from the pipe then.
    """
    receiver.close()
    # Ctrl-C reaches both; the first process ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):
        for size in rising(CHUNK):
            chunk = _next_chunk(records, size)
            sender.send_bytes(packed(chunk))
            if not chunk or isinstance(chunk, Exception):
                return


def unpacked(receiver: Connection) -> list[Told] | Exception:
    return pickle.loads(receiver.recv_bytes())  # noqa: S301 (from our own process)


def packed(chunk: list[Told] | Exception) -> bytes:
    """Not by the connection's own pickler, which looks for each object's way in Python."""
    return pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL)


def rising(most: int) -> Iterator[int]:
    """Sizes of chunks, and of the batches that are made of them: the first are small, so that neither process
    waits long for the other."""
    size = min(FIRST, most)
    while True:
        yield size
        size = min(2 * size, most)


def _next_chunk(records: Iterator[Told], size: int) -> list[Told] | Exception:
    try:
        return list(islice(records, size))
    except Exception as error:  # noqa: BLE001 (raised again in the first process)
        return error
