"""Links at the ends of lines of the Context's pages, found in a time that grows with the line alone.

Headlines hold brackets and addresses hold parentheses, so that a link may begin at many places. A pattern
would try each of them with every end; here a line is gone through once.
"""

import re
from typing import NamedTuple

from events.text.page_markup import CONTEXT_LABELS

_BLANK = re.compile(r"\s")
_OPENING = "]("
_IMAGE = "[IMG]("
# What matters in a line with shared contexts: where an address may begin, where it cannot go on, and where it
# ends with the label behind it.
_MARK = re.compile(rf"\]\(|\)(?P<gap>\s*)_(?:{'|'.join(CONTEXT_LABELS)}): ?|\s")


class Link(NamedTuple):
    """The words of a link, its address, and what the line says behind it."""

    text: str
    address: str
    behind: str = ""


def last_link(line: str, start: int) -> Link | None:
    """The link whose words begin at `start` and whose address ends the line, with as many words as can be."""
    opening = line.rfind(_OPENING, start, -2)
    if opening < 0 or not line.endswith(")"):
        return None
    address = line[opening + 2 : -1]
    return None if _BLANK.search(address) else Link(line[start:opening], address)


def first_link(line: str, start: int) -> Link | None:
    """As `last_link`, but with as few words as can be, and with `[IMG](…)` perhaps behind it.

    What stands behind is the address of the picture.
    """
    if not line.endswith(")"):
        return None
    last = last_word(line)
    before = line[:last].rstrip()
    if line.startswith(_IMAGE, last) and last + len(_IMAGE) < len(line) - 1 and before.endswith(")"):
        opening = before.find(_OPENING, max(start, last_word(before)), -2)
        if opening >= 0:
            return Link(line[start:opening], before[opening + 2 : -1], line[last + len(_IMAGE) : -1])
    opening = line.find(_OPENING, max(start, last), -2)
    return None if opening < 0 else Link(line[start:opening], line[opening + 2 : -1])


def last_word(line: str) -> int:
    """Where the last word of a line begins that ends with one."""
    return len(line) - len(line.rsplit(maxsplit=1)[-1])


def link_with_contexts(line: str, start: int) -> Link | None:
    """The link that is followed by `_Context: A, B_` at the end of the line; those names stand behind.

    With as many words as can be, and of those with the longest address.
    """
    found = None
    openings: list[int] = []
    for mark in _MARK.finditer(line, start, len(line) - 1) if line.endswith("_") else ():
        if mark[0] == _OPENING:
            openings.append(mark.start())
        elif mark["gap"] is None:
            openings.clear()
        else:
            # An address has at least one character.
            before = [opening for opening in openings[-2:] if opening + 2 < mark.start()]
            if before:
                text, address = line[start : before[-1]], line[before[-1] + 2 : mark.start()]
                found = Link(text, address, line[mark.end() : -1])
            if mark["gap"] or mark[0].endswith(" "):
                openings.clear()
    return found
