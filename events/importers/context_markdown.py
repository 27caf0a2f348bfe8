"""Pages of Markdown: our own exports, and the pages of the Context, whose shape ours have.

A page with YAML front matter is read as one of ours; one without as one of the older site's.
"""

from collections.abc import Iterator
from typing import IO

from events.importers import context_pages, exported_pages
from events.importers.records import InvalidRecord, Record

name = "context"


def read(stream: IO, *, path: str = "") -> Iterator[Record]:
    """The records of one page, given as a stream of bytes or text.

    `path` is the file's place in its site; `__` in it stands for `/`. What cannot be read comes as an
    `InvalidRecord`; the page's other parts are then left out.
    """
    try:
        text = _text(stream.read())
    except UnicodeDecodeError as error:
        yield InvalidRecord(where=f"{path}:1", problem=f"The file is not UTF-8: {error.reason}.")
        return
    reader = exported_pages if text.startswith("---\n") else context_pages
    yield from reader.read_page(text, path=path)


def _text(content: str | bytes) -> str:
    """The content as text with plain line ends and without a byte order mark."""
    if isinstance(content, bytes):
        content = content.decode("utf-8")
    return content.removeprefix("\ufeff").replace("\r\n", "\n")
