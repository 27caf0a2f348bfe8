"""Reading large XML piece by piece: no entities, no outside references, bounded memory."""

from collections.abc import Iterator
from html import escape
from typing import BinaryIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _

from events.importers.base import BROKEN, SourceProblem

# Bounds of one child of a container, such as an item of a feed.
MAX_PIECE_BYTES = 16 * 1024 * 1024
MAX_PIECE_ELEMENTS = 50_000
MAX_DEPTH = 200


class _Bounded:
    """A stream that refuses to go on when one piece is too long."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.piece_bytes = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.piece_bytes += len(data)
        if self.piece_bytes > MAX_PIECE_BYTES:
            raise SourceProblem(
                _("A single entry is longer than %(limit)d bytes.") % {"limit": MAX_PIECE_BYTES}
            )
        return data


def local_name(element: Element) -> str:
    """The name without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def pieces(stream: BinaryIO, containers: frozenset[str]) -> Iterator[tuple[Element, Element]]:
    """The children of the elements called `containers`, each with its parent, as they are completed.

    A child is forgotten when the next one is asked for. Raises SourceProblem.
    """
    bounded = _Bounded(stream)
    stack: list[Element] = []
    count = 0
    try:
        for event, element in iterparse(bounded, ("start", "end")):
            if event == "start":
                stack.append(element)
                count += 1
                if len(stack) > MAX_DEPTH or count > MAX_PIECE_ELEMENTS:
                    raise SourceProblem(_("A single entry has too many elements."))
                continue
            stack.pop()
            if not stack or local_name(stack[-1]) not in containers or local_name(element) in containers:
                continue
            yield stack[-1], element
            stack[-1].remove(element)
            bounded.piece_bytes = count = 0
    except SourceProblem:
        raise
    except BROKEN as error:
        raise SourceProblem(_("The file is damaged (%(error)s).") % {"error": error}) from None
    # ValueError: forbidden entities and encodings that the parser cannot read; LookupError: unknown ones.
    except (ParseError, ValueError, LookupError) as error:
        raise SourceProblem(_("This is not well-formed, plain XML (%(error)s).") % {"error": error}) from None


def child(element: Element, *names: str) -> Element | None:
    """The first child with one of the names, names given earlier first.

    A name is local, which stands for any namespace, or in full: `{namespace}local`.
    """
    for name in names:
        for each in element:
            if isinstance(each.tag, str) and name == (each.tag if name[0] == "{" else local_name(each)):
                return each
    return None


def child_text(element: Element, *names: str) -> str:
    """The text of `child`, stripped; empty if there is none."""
    found = child(element, *names)
    return (found.text or "").strip() if found is not None else ""


def inner_html(element: Element) -> str:
    """The content of an element as HTML source; without recursion, for content nests as it likes."""
    parts = [escape(element.text or "")]
    todo: list[Element | str] = list(reversed(element))
    while todo:
        each = todo.pop()
        if isinstance(each, str):
            parts.append(each)
            continue
        name = local_name(each)
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in each.items() if key.isalpha())
        parts.append(f"<{name}{attributes}>{escape(each.text or '')}")
        todo.append(f"</{name}>{escape(each.tail or '')}")
        todo.extend(reversed(each))
    return "".join(parts)
