"""Pages of Markdown: our own exports, and the pages of the Context, whose shape ours have.

A page with YAML front matter is read as one of ours; one without as one of the older site's.
"""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.importers import context_pages, exported_pages
from events.importers.base import BROKEN
from events.importers.records import InvalidRecord, Record
from events.text.xml_characters import without_forbidden

name = "context"
title = gettext_lazy("Markdown pages")
extensions = (".md", ".markdown")

MAX_PAGE_BYTES = 4_000_000


def read(stream: IO, *, path: str = "") -> Iterator[Record]:
    """The records of one page, given as a stream of bytes or text.

    `path` is the file's place in its site; `__` in it stands for `/`. What cannot be read comes as an
    `InvalidRecord`; the page's other parts are then left out.
    """
    try:
        text = _text(stream)
    except UnicodeDecodeError as error:
        problem = _("The file is not UTF-8 at byte %(position)d.") % {"position": error.start + 1}
        yield InvalidRecord(where=f"{path}:1", problem=problem)
    except BROKEN as error:
        problem = _("The file is damaged (%(error)s).") % {"error": error}
        yield InvalidRecord(where=f"{path}:1", problem=problem)
    except OverflowError:
        problem = _("The page is longer than %(limit)d bytes.") % {"limit": MAX_PAGE_BYTES}
        yield InvalidRecord(where=f"{path}:1", problem=problem)
    else:
        reader = exported_pages if text.startswith("---\n") else context_pages
        yield from reader.read_page(text, path=path)


def _text(stream: IO) -> str:
    """The stream as storable text with plain line ends and without a byte order mark.

    Raises OverflowError where it is longer than a page may be.
    Raises UnicodeDecodeError where it is not UTF-8.
    """
    content = stream.read(MAX_PAGE_BYTES + 1)
    if len(content) > MAX_PAGE_BYTES:
        raise OverflowError(len(content))
    if isinstance(content, bytes):
        content = content.decode("utf-8")
    return without_forbidden(content.removeprefix("\ufeff").replace("\r\n", "\n"))
