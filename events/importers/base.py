"""What an importer is, and how its source is opened: plain, gzip'd, or from standard input."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from events.importers.records import Record

STDIN, STDIN_NUMBER = "-", 0

# What reading a damaged source may raise.
BROKEN = (OSError, EOFError, zlib.error)

_GZIP_MAGIC = b"\x1f\x8b"
_BUFFER_SIZE = 256 * 1024
# Deflate reaches about 1030 to 1; real text stays below 50 to 1. A small file may be as dense as it likes.
_MAX_RATIO = 200
_FREE_BYTES = 64 * 1024 * 1024


class SourceProblem(ValueError):
    """What is wrong with a whole source; the message is a translated sentence."""


class Importer(Protocol):
    """One kind of source: a stream in, records out, nothing else touched. Each is a module."""

    name: str
    title: str | Promise
    extensions: tuple[str, ...]

    def read(self, stream: BinaryIO, *, path: str = "") -> Iterator[Record]:
        """The records of a source in its order, read as they are asked for.

        What cannot be read comes as an `InvalidRecord`; only errors of the file itself that occur
        before the first byte (a missing file) are exceptions. `path` names the source in reports.
        """
        ...


def open_source(path: str | Path) -> BinaryIO:
    """The content of a file, unpacked if it is gzip'd whatever its name; "-" is standard input.

    Raises OSError if the file cannot be opened. Damage found later raises OSError, EOFError or
    zlib.error (`BROKEN`) while reading.
    """
    if str(path) == STDIN:
        # By its number: a second process that reads ahead (`ahead`) has another `sys.stdin`, which is empty.
        return unpacked(open(STDIN_NUMBER, "rb", buffering=_BUFFER_SIZE, closefd=False))
    return unpacked(open(path, "rb", buffering=_BUFFER_SIZE))


def unpacked(stream: BinaryIO) -> BinaryIO:
    """The stream, or its content if it is gzip'd. Closing the result closes the stream."""
    if not hasattr(stream, "peek"):
        stream = io.BufferedReader(stream, _BUFFER_SIZE)
    if not stream.peek(2).startswith(_GZIP_MAGIC):
        return stream
    return io.BufferedReader(_GzipStream(stream), _BUFFER_SIZE)


class _Counted:
    """A file that knows how much was read from it, which a pipe cannot tell."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.count += len(data)
        return data

    def seekable(self) -> bool:
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.count = self._file.seek(offset, whence)
        return self.count


class _GzipStream(io.RawIOBase):
    """The content of a gzip'd file, which refuses to unpack a bomb to its end."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._counted = _Counted(packed)
        self._gzip = gzip.GzipFile(fileobj=self._counted, mode="rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._packed.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._gzip.seek(offset, whence)

    def tell(self) -> int:
        return self._gzip.tell()

    def readinto(self, buffer: memoryview) -> int:
        data = self._gzip.read(len(buffer))
        buffer[: len(data)] = data
        size = self._gzip.tell()
        if size > _FREE_BYTES and size > _MAX_RATIO * self._counted.count:
            raise gzip.BadGzipFile(_("it unpacks to more than %d times its size") % _MAX_RATIO)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._gzip.close()
            self._packed.close()
        super().close()
