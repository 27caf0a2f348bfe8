"""The body of an article: Markdown with blocks between fences, cut into the pieces that a page is made of.

    ::: quote Who said it
    The words.
    :::

A fence is a line of three colons with the name of a block and, for some, what follows on the line. What is
no block that we know, or is never closed, stays what it is: text. Footnotes are those of Markdown Extra,
`[^1]` in the text and `[^1]: [Label](https://…)` on a line of its own; they are numbered in the order in
which they are named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString, mark_safe

from events.text.markdown import plain_text, render_inline, render_markdown

# Of lines without white space at their end: looking for both at once would take long for a line of spaces.
_OPEN = re.compile(r":::[ \t]*([a-z]+)(?:[ \t]+(\S.*))?")
_CLOSE = re.compile(r":::[ \t]*")
_CODE = re.compile(r" {0,3}(```+|~~~+)(.*)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:[ \t]+(\S.*)")
# A footnote's mark; a span of code, in which there is none, is passed over.
_MARK = re.compile(r"(`{1,3})[^`\n]+\1|\[\^(?P<name>[^\]\s]{1,40})\]")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)")
_REFERENCE = re.compile(r'<a href="#fn-(\d{1,4})">\1</a>')
# More than any article has; what comes after them stays text.
MOST_BLOCKS = 200
MOST_NOTES = 500
# A picture is named by at least so many digits of its file's hash.
KEY_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs, headings, lists."""

    source: str
    html: SafeString = field(default=SafeString(""), compare=False)
    name: str = "prose"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence pulled out of the text, and who said it."""

    source: str
    attribution: str
    html: SafeString = field(default=SafeString(""), compare=False)
    name: str = "quote"


@dataclass(frozen=True, slots=True)
class Facts:
    """A box of facts beside the text."""

    source: str
    title: str
    html: SafeString = field(default=SafeString(""), compare=False)
    name: str = "facts"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the library, by the first digits of its file's hash; `source` is its caption here."""

    source: str
    key: str
    name: str = "picture"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The course of a story line, by its slug."""

    slug: str
    name: str = "timeline"


@dataclass(frozen=True, slots=True)
class EventCard:
    """One event of the chronicle, by its permanent id."""

    public_id: str
    name: str = "event"


@dataclass(frozen=True, slots=True)
class LinkCard:
    """A page elsewhere as a plain card: nothing of it is fetched or framed."""

    url: str
    title: str
    name: str = "link"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A numbered source of the text; `label` and `url` are those of the first link in it."""

    number: int
    source: str
    label: str
    url: str
    html: SafeString = field(default=SafeString(""), compare=False)


Block = Prose | Quote | Facts | Picture | Timeline | EventCard | LinkCard


@dataclass(frozen=True, slots=True)
class Body:
    """A body as its blocks in order, with its footnotes."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]


def read_body(source: str, *, heading_base: int = 2) -> Body:
    """The blocks of a body with the safe HTML of their texts, and its footnotes."""
    text, notes = take_footnotes(source)
    numbers: dict[str, int] = {}
    blocks = [
        numbered(block, notes, numbers) if isinstance(block, Prose | Quote | Facts) else block
        for block in split(text)
    ]
    first: set[int] = set()
    shown = tuple(
        replace(block, html=with_references(render_markdown(block.source, heading_base=heading_base), first))
        if isinstance(block, Prose | Quote | Facts)
        else block
        for block in blocks
    )
    return Body(shown, tuple(footnote(number, notes[name]) for name, number in numbers.items()))


def plain_body(source: str) -> str:
    """The words of a body without any mark-up, for search, excerpts and the time it takes to read."""
    text, _notes = take_footnotes(source)
    parts = []
    for block in split(text):
        if isinstance(block, Prose | Quote | Facts | Picture):
            parts.append(plain_text(_MARK.sub(lambda mark: "" if mark["name"] else mark[0], block.source)))
        if isinstance(block, Quote):
            parts.append(block.attribution)
        if isinstance(block, Facts | LinkCard):
            parts.append(block.title)
    return "\n\n".join(part for part in parts if part.strip())


def split(source: str) -> Iterator[Block]:
    """The blocks of a text in order, their texts not rendered yet."""
    prose: list[str] = []
    lines = source.split("\n")
    closes = closing_fences(lines)
    place, fence, found = 0, "", 0
    while place < len(lines):
        line = lines[place]
        fence = fence_after(line, fence)
        end = closes.get(place)
        block = None
        if (
            not fence
            and end is not None
            and found < MOST_BLOCKS
            and (opening := _OPEN.fullmatch(line.rstrip()))
        ):
            block = make(opening[1], opening[2] or "", "\n".join(lines[place + 1 : end]).strip("\n"))
        if block is None:
            prose.append(line)
            place += 1
            continue
        yield from whole_prose(prose)
        prose, place, found = [], (end or place) + 1, found + 1
        yield block
    yield from whole_prose(prose)


def fence_after(line: str, fence: str) -> str:
    """The fence of the code that is open after this line, where `fence` was before it; "" in no code."""
    found = _CODE.fullmatch(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and not found[2].strip() else fence


def closing_fences(lines: list[str]) -> dict[int, int]:
    """For each line that opens a block the line that closes it: the next fence, if that one closes."""
    closes: dict[int, int] = {}
    opened: int | None = None
    for number, line in enumerate(lines):
        if not line.startswith(":::"):
            continue
        if _CLOSE.fullmatch(line):
            if opened is not None:
                closes[opened] = number
            opened = None
        else:
            opened = number if _OPEN.fullmatch(line.rstrip()) else None
    return closes


def whole_prose(lines: list[str]) -> Iterator[Prose]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield Prose(text)


def is_key(key: str) -> bool:
    """Whether a picture can be named so; a shorter key would name many."""
    return len(key) >= KEY_DIGITS and key.isalnum()


def make(name: str, rest: str, inside: str) -> Block | None:
    """The block of this name; None where there is none, or it says nothing."""
    match name:
        case "quote" if inside:
            return Quote(inside, rest)
        case "facts" if inside:
            return Facts(inside, rest)
        case "picture" if rest:
            return Picture(inside, rest)
        case "timeline" if rest:
            return Timeline(rest)
        case "event" if rest:
            return EventCard(rest)
        case "link" if rest.startswith(("https://", "http://")):
            return LinkCard(rest, plain_text(inside))
    return None


def take_footnotes(source: str) -> tuple[str, dict[str, str]]:
    """The text without the lines that define footnotes, and these by their names."""
    if "[^" not in source:
        return source, {}
    notes: dict[str, str] = {}
    kept = []
    fence = ""
    for line in source.split("\n"):
        fence = fence_after(line, fence)
        note = None if fence else _NOTE.fullmatch(line.rstrip())
        if note and len(notes) < MOST_NOTES:
            notes.setdefault(note[1], note[2])
        else:
            kept.append(line)
    return "\n".join(kept), notes


def numbered(block: Block, notes: dict[str, str], numbers: dict[str, int]) -> Block:
    """The block with each mark of a footnote as a link to it; `numbers` are those given so far."""

    def mark(found: re.Match[str]) -> str:
        if found["name"] not in notes:
            return found[0]
        number = numbers.setdefault(found["name"], len(numbers) + 1)
        return f"[{number}](#fn-{number})"

    if not notes:
        return block
    lines, fence = [], ""
    for line in block.source.split("\n"):
        fence = fence_after(line, fence)
        lines.append(line if fence else _MARK.sub(mark, line))
    return replace(block, source="\n".join(lines))


def with_references(html: SafeString, first: set[int]) -> SafeString:
    """The links to footnotes raised; the first one to each gets an id, to which the footnote leads back."""

    def raised(found: re.Match[str]) -> str:
        number = int(found[1])
        place = "" if number in first else f' id="fnref-{number}"'
        first.add(number)
        return f'<sup class="footnote-mark"><a{place} href="#fn-{number}">{number}</a></sup>'

    return mark_safe(_REFERENCE.sub(raised, html)) if "#fn-" in html else html  # noqa: S308 (numbers alone)


def footnote(number: int, source: str) -> Footnote:
    link = _LINK.search(source)
    return Footnote(
        number,
        source,
        plain_text(link[1]) if link else plain_text(source),
        link[2] if link else "",
        render_inline(source),
    )
