"""Foreign HTML, as feeds and blogs carry it, to Markdown source or to plain text.

The input is hostile until shown otherwise: the work grows in proportion to its length, none of its
mark-up survives, and text that looks like Markdown is escaped. Rules of the target:
https://spec.commonmark.org/0.31.2/
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from urllib.parse import urljoin, urlsplit

from events.text.cleaning import clean_block, clean_line
from events.text.html_tokens import Token, html_tokens, unescape

MAX_URL_LENGTH = 2_000
# Deeper lists and quotations are flattened, or the prefix of every line would grow without bound.
MAX_DEPTH = 8

_BLOCKS = frozenset(
    {"address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html"}
    | {"legend", "main", "menu", "nav", "p", "section", "summary", "table", "tbody", "tfoot", "thead", "tr"}
)
_CONTAINERS = frozenset(["ul", "ol", "li", "blockquote"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STYLES = {
    **dict.fromkeys(["em", "i", "cite", "dfn"], "em"),
    **dict.fromkeys(["strong", "b"], "strong"),
    **dict.fromkeys(["code", "tt", "kbd", "samp"], "code"),
}

_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|&(?=#?\w+;)")
_LINE_START = re.compile(
    r"^(?:(#(?=[#\s]|$)|[+\-](?=[+\-\s]|$)|=(?==*\s*$)|[>|]|:(?=-))|([0-9]{1,9})([.)])(?=\s|$))", re.MULTILINE
)
_BACKTICKS = re.compile("`+")
_URL_UNSAFE = {ord(char): f"%{ord(char):02X}" for char in " <>()\\\"'`|^{}[]*"}


@dataclass(frozen=True, slots=True)
class HtmlLink:
    """A link in a text: its words (perhaps none) and its absolute address."""

    text: str
    url: str


def safe_url(url: str, base: str = "") -> str:
    """The absolute `http(s)` address, percent-encoded where Markdown needs it; empty for any other."""
    url = clean_line(url)
    try:
        url = urljoin(base, url) if base and url else url
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or len(url) > MAX_URL_LENGTH:
        return ""
    return url.translate(_URL_UNSAFE)


def escape_markdown(text: str) -> str:
    """Plain text in which no character acts as Markdown any more."""
    return _escape_line_starts(_SPECIAL.sub(r"\\\g<0>", text))


def _escape_line_starts(text: str) -> str:
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)


def text_from_html(source: str) -> str:
    """The words alone, on one line."""
    parts = []
    for token in html_tokens(source):
        if not token.name:
            parts.append(unescape(token.source))
        elif token.name not in _STYLES and token.name not in ("a", "span", "font"):
            parts.append(" ")
    return clean_line("".join(parts))


def links_in_html(source: str, *, base: str = "") -> Iterator[HtmlLink]:
    """The links of a text in their order; relative addresses are resolved against `base`."""
    url, words = "", []
    for token in html_tokens(source):
        if token.name == "a":
            if url:
                yield HtmlLink(clean_line("".join(words)), url)
            url, words = "" if token.is_closing else safe_url(token.attribute("href"), base), []
        elif url and not token.name:
            words.append(unescape(token.source))
    if url:
        yield HtmlLink(clean_line("".join(words)), url)


def markdown_from_html(source: str, *, base: str = "") -> str:
    """Markdown of paragraphs, headings, lists, quotations, code, links and emphasis.

    Everything else becomes its text. Links that are not `http(s)` keep their words only.
    """
    writer = _Writer(base)
    for token in html_tokens(source):
        writer.take(token)
    return writer.finish()


# Inline text


@dataclass(slots=True)
class _Run:
    """A stretch of text in one style; a line feed in it is a hard break."""

    text: str
    url: str
    is_strong: bool
    is_em: bool
    is_code: bool

    @property
    def first(self) -> str:
        """The first character that its Markdown will show to a delimiter before it."""
        return "[" if self.url else "`" if self.is_code else self.text[:1]

    def markdown(self) -> str:
        if self.is_code:
            return _code_span(self.text)
        return _SPECIAL.sub(r"\\\g<0>", self.text).replace("\n", "\\\n")


_LEVELS = ("url", "is_strong", "is_em")
_SIGNS = {"is_strong": "**", "is_em": "*"}


def _inline(runs: list[_Run], level: int = 0, before: str = " ", after: str = " ") -> str:
    """Markdown of runs between two characters. Links hold emphasis, strong holds light emphasis."""
    if level == len(_LEVELS):
        return "".join(run.markdown() for run in runs)
    name = _LEVELS[level]
    groups = [(value, list(group)) for value, group in groupby(runs, key=attrgetter(name))]
    parts: list[str] = []
    for index, (value, group) in enumerate(groups):
        left = parts[-1][-1] if parts else before
        right = groups[index + 1][1][0].first if index + 1 < len(groups) else after
        if name == "url" and value:
            if left == "!":
                # Before a link it would make an image.
                parts[-1] = parts[-1][:-1] + "\\!"
            part = _link(_inline(group, level + 1, "[", "]"), str(value))
        elif value:
            part = _emphasised(_inline(group, level + 1, left, right), _SIGNS[name], left, right)
        else:
            part = _inline(group, level + 1, left, right)
        if part:
            parts.append(part)
    return "".join(parts)


def _trim(text: str) -> tuple[str, str, str]:
    """White space before, the words, and white space after them."""
    words = text.strip()
    start = text.find(words) if words else len(text)
    return text[:start], words, text[start + len(words) :]


def _link(words: str, url: str) -> str:
    lead, words, trail = _trim(words.replace("\\\n", " "))
    return f"{lead}[{words}]({url.replace('&', '&amp;')}){trail}" if words else lead


def _emphasised(text: str, sign: str, before: str, after: str) -> str:
    """The text between delimiters, or bare where CommonMark would not read them as such."""
    if text.endswith("\\\n"):
        return _emphasised(text[:-2], sign, before, "\n") + "\\\n"
    if text.startswith("\\\n"):
        return "\\\n" + _emphasised(text[2:], sign, "\n", after)
    lead, words, trail = _trim(text)
    bare = words.strip("*")
    left, right = lead[-1:] or before, trail[:1] or after
    if not bare or left == "*" or not _flanks(bare[0], left) or not _flanks(bare[-1], right):
        return text
    return f"{lead}{sign}{words}{sign}{trail}"


def _flanks(inner: str, outer: str) -> bool:
    """Whether a delimiter between the two opens or closes: section 6.2, on the safe side."""
    if unicodedata.category(inner)[0] not in "PSZC":
        return True
    return outer.isspace() or unicodedata.category(outer)[0] == "P"


def _fence(text: str, least: int) -> str:
    return "`" * max([least, *(len(run) + 1 for run in _BACKTICKS.findall(text))])


def _code_span(text: str) -> str:
    lead, words, trail = _trim(text.replace("\n", " "))
    if not words:
        return lead
    fence = _fence(words, 1)
    pad = " " if "`" in (words[0], words[-1]) else ""
    return f"{lead}{fence}{pad}{words}{pad}{fence}{trail}"


# Blocks


@dataclass(slots=True, eq=False)
class _Container:
    """An open list, item or quotation, with what stands before its first line and before the others."""

    name: str
    first: str = ""
    rest: str = ""
    number: int = 1
    is_begun: bool = False


class _Writer:
    """Builds Markdown block by block from tokens."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.lines: list[str] = []
        self.runs: list[_Run] = []
        self.url = ""
        self.depths = {"strong": 0, "em": 0, "code": 0}
        self.heading = 0
        self.preformatted: list[str] | None = None
        self.containers: list[_Container] = []
        self.last_containers: list[_Container] = []
        self.too_deep = 0

    def finish(self) -> str:
        self.end_block()
        return clean_block("\n".join(self.lines))

    def take(self, token: Token) -> None:
        name = token.name
        if not name:
            self.add_text(unescape(token.source))
        elif name == "br":
            self.add_break()
        elif name == "a":
            self.url = "" if token.is_closing else safe_url(token.attribute("href"), self.base)
        elif name in _STYLES:
            style = _STYLES[name]
            self.depths[style] = max(0, self.depths[style] + (-1 if token.is_closing else 1))
        elif name in _CONTAINERS:
            self.end_block()
            if token.is_closing:
                self.close_container(name)
            else:
                self.open_container(token)
        elif name == "pre":
            self.end_block()
            self.preformatted = None if token.is_closing else []
        elif name in _HEADINGS or name in _BLOCKS:
            self.end_block()
            self.heading = 0 if token.is_closing else _HEADINGS.get(name, 0)
        elif name in ("td", "th"):
            self.add_text(" ")

    # Inline

    def add_text(self, text: str) -> None:
        if self.preformatted is not None:
            self.preformatted.append(text)
            return
        text = _SPACE.sub(" ", text)
        if text.startswith(" ") and (not self.runs or self.runs[-1].text[-1] in " \n"):
            text = text[1:]
        if text:
            self.add_run(text)

    def add_break(self) -> None:
        if self.preformatted is not None:
            self.preformatted.append("\n")
        elif self.runs:
            self.runs[-1].text = self.runs[-1].text.rstrip(" ") or "\n"
            if not self.runs[-1].text.endswith("\n"):
                self.add_run("\n")

    def add_run(self, text: str) -> None:
        is_code = self.depths["code"] > 0
        is_strong = self.depths["strong"] > 0 and not is_code
        is_em = self.depths["em"] > 0 and not is_code
        self.runs.append(_Run(text, self.url, is_strong, is_em, is_code))

    # Blocks

    def end_block(self) -> None:
        """Write what has been gathered as one block."""
        if self.preformatted is not None:
            code = "".join(self.preformatted).replace("\r\n", "\n").strip("\n")
            if code.strip():
                fence = _fence(code, 3)
                self.write([fence, *code.split("\n"), fence])
            self.preformatted = None
            return
        runs, self.runs = _merged(self.runs), []
        if not runs:
            return
        if self.heading:
            words = " ".join(_inline(runs).replace("\\\n", " ").split())
            if words:
                # A "#" at the end would be taken for the closing of the heading.
                words = words[:-1] + r"\#" if words.endswith("#") else words
                self.write([f"{'#' * self.heading} {words}"])
        elif text := _inline(runs).strip():
            self.write(_escape_line_starts(text).split("\n"))

    def write(self, block: list[str]) -> None:
        kept = [item for item in self.containers if item.is_begun and item in self.last_containers]
        if self.lines and not self.is_tight():
            self.lines.append("".join(item.rest for item in kept).rstrip())
        rest = "".join(item.rest for item in self.containers)
        first = "".join(item.rest if item.is_begun else item.first for item in self.containers)
        self.lines += [(rest if index else first) + line for index, line in enumerate(block)]
        for item in self.containers:
            item.is_begun = True
        self.last_containers = list(self.containers)

    def is_tight(self) -> bool:
        """Whether the block begins an item right below the item before it or the item that holds it."""
        begins = [
            index for index, item in enumerate(self.containers) if item.name == "li" and not item.is_begun
        ]
        if not begins:
            return False
        above = [item for item in self.containers[: begins[0]] if item.is_begun and item.name != "blockquote"]
        return bool(above) and above[-1] in self.last_containers

    def open_container(self, token: Token) -> None:
        name = token.name
        if name == "li" and not self.too_deep:
            self.close_item()
        if self.too_deep or len(self.containers) >= MAX_DEPTH:
            self.too_deep += 1
        elif name == "blockquote":
            self.containers.append(_Container(name, "> ", "> "))
        elif name == "li":
            within = self.containers[-1] if self.containers else None
            mark = "- "
            if within is not None and within.name == "ol":
                mark = f"{within.number}. "
                within.number += 1
            self.containers.append(_Container(name, mark, " " * len(mark)))
        else:
            start = token.attribute("start")
            number = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
            self.containers.append(_Container(name, number=number))

    def close_item(self) -> None:
        """An item ends where the next one of its list begins, closed or not."""
        for index in range(len(self.containers) - 1, -1, -1):
            if self.containers[index].name in ("ul", "ol", "blockquote"):
                return
            if self.containers[index].name == "li":
                del self.containers[index:]
                return

    def close_container(self, name: str) -> None:
        if self.too_deep:
            self.too_deep -= 1
            return
        for index in range(len(self.containers) - 1, -1, -1):
            if self.containers[index].name == name:
                del self.containers[index:]
                return


def _merged(runs: list[_Run]) -> list[_Run]:
    """Runs of one style joined, so that escaping sees the characters' true neighbours."""
    style = attrgetter("url", "is_strong", "is_em", "is_code")
    merged = [_Run("".join(run.text for run in group), *key) for key, group in groupby(runs, key=style)]
    if merged:
        merged[0].text = merged[0].text.lstrip("\n ")
        merged[-1].text = merged[-1].text.rstrip("\n ")
    return [run for run in merged if run.text]
