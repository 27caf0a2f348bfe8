"""Splitting foreign HTML into tags and text, in time proportional to its length.

The standard library's `html.parser` takes quadratic time for some broken input (CVE-2025-6069);
this tokenizer never searches again for what it has once searched in vain.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_TAG_STOP = re.compile("[>\"']")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']*))?""")
# int() refuses numbers of thousands of digits, and html.unescape does not expect that.
_LONG_REFERENCE = re.compile(r"&#[0-9]{8,};?")

# Elements whose content is no text for readers: it is left out up to the closing tag.
_SKIPPED = frozenset(
    {"script", "style", "iframe", "noembed", "noframes", "noscript", "object", "svg", "math"}
    | {"template", "title", "textarea", "select", "head"}
)
_CLOSING = {name: re.compile(rf"</(?:[a-z]+:)?{name}\b[^>]*>?", re.IGNORECASE) for name in _SKIPPED}
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Token:
    """A run of text with its entities (`name` is empty), or a tag with its source."""

    source: str
    name: str = ""
    is_closing: bool = False

    def attribute(self, name: str) -> str:
        """The value of an attribute, entities resolved; empty if it is missing."""
        for match in _ATTRIBUTE.finditer(self.source, 1):
            if match[1].lower() == name:
                return unescape((match[2] or "").strip("\"'")).strip()
        return ""


def unescape(text: str) -> str:
    """Text with its character references resolved once; senselessly long ones become U+FFFD."""
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))


def html_tokens(source: str) -> Iterator[Token]:
    """Text and tags in their order, without comments, declarations, scripts and embedded objects."""
    position = 0
    has_broken_quotes = False
    unclosed: set[str] = set()
    while (start := source.find("<", position)) >= 0:
        if start > position:
            yield Token(source[position:start])
        if source.startswith(("<!", "<?"), start):
            mark = "-->" if source.startswith("<!--", start) else ">"
            end = source.find(mark, start + 2)
            if end < 0:
                return
            position = end + len(mark)
            continue
        match = _NAME.match(source, start, start + _LONGEST_NAME)
        if match is None:
            yield Token("<")
            position = start + 1
            continue
        end = -1 if has_broken_quotes else _tag_end(source, match.end())
        if end < 0:
            # A quotation mark that nothing closes: from here on the first ">" ends a tag.
            has_broken_quotes = True
            end = source.find(">", match.end())
        if end < 0:
            position = start
            break
        position = end + 1
        # Feeds in XHTML may carry a prefix, as in <xhtml:p>.
        tag = Token(source[start:position], match[1].lower().rpartition(":")[2], source[start + 1] == "/")
        if tag.name not in _SKIPPED:
            yield tag
        elif not tag.is_closing and not tag.source.endswith("/>") and tag.name not in unclosed:
            if close := _CLOSING[tag.name].search(source, position):
                position = close.end()
            elif tag.name in ("script", "style"):
                return
            else:
                unclosed.add(tag.name)
    if position < len(source):
        yield Token(source[position:])


def _tag_end(source: str, position: int) -> int:
    """Index of the ">" that ends a tag, not counting those in quoted values; -1 if there is none."""
    while stop := _TAG_STOP.search(source, position):
        if stop[0] == ">":
            return stop.start()
        position = source.find(stop[0], stop.end()) + 1
        if not position:
            return -1
    return -1
