"""Markdown of editors and importers to HTML that is safe to print, and to plain text."""

import re
from collections.abc import Iterator
from functools import cache

import nh3
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

_TAGS = {
    "a", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "li", "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_INLINE_TAGS = {"a", "br", "code", "em", "s", "strong"}
_ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}, "code": {"class"}}
_SCHEMES = {"http", "https", "mailto"}
_OUTSIDE_REL = "nofollow noopener"
_LAST_HEADING = 6
# More brackets than any written text has: looking for links in them would take seconds.
_MAX_BRACKETS = 5_000
# More bare addresses than anybody writes out: beyond, only links that are marked as such become links.
_MAX_ADDRESSES = 500


# One line that neither Markdown nor HTML would read as anything but words: a parser costs fifty times more.
_PLAIN = re.compile(r"(?![\s#+=:-]|\d{1,9}[.)])[^\\`*_\[\]<>&~|\x00-\x1f\u00a0]+(?<!\s)")


def _outside(address: str) -> bool:
    """Whether a link leaves the site: it names a host or a scheme."""
    return address.startswith("//") or ":" in address.partition("/")[0]


def _link(address: str, text: str) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": address})
    return [opening, Token("text", "", 0, content=text), Token("link_close", "a", -1)]


def _images_to_links(children: list[Token]) -> Iterator[Token]:
    """The tokens with each image as a link to it: a page fetches nothing from other hosts."""
    depth = 0
    for token in children:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "image":
            yield token
            continue
        text = token.content or _("Image")
        address = str(token.attrs["src"])
        # No link inside a link, and none to a picture that is its own address: the words must do.
        if depth or address.lower().startswith("data:"):
            yield Token("text", "", 0, content=text)
        else:
            yield from _link(address, text)


def _rewrite_links(state: StateCore) -> None:
    """Core rule: images become links, and links that leave the site say so."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = list(_images_to_links(token.children or []))
        for child in token.children:
            if child.type == "link_open" and _outside(str(child.attrs.get("href", ""))):
                child.attrSet("rel", _OUTSIDE_REL)


def _shift_headings(state: StateCore) -> None:
    """Core rule: the highest heading gets the level in `env["heading_base"]`, the rest follow."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    base = state.env.get("heading_base")
    if not headings or base is None:
        return
    shift = base - min(int(token.tag[1]) for token in headings)
    for token in headings:
        token.tag = f"h{min(_LAST_HEADING, int(token.tag[1]) + shift)}"


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": False, "linkify": True, "maxNesting": 20})
    parser.use(deflist_plugin)
    # No footnotes: their anchors would clash where a page prints several entries.
    if parser.linkify is not None:
        # Only whole addresses: "News.com.au" in a sentence is a name.
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    parser.core.ruler.push("rewrite_links", _rewrite_links)
    parser.core.ruler.push("shift_headings", _shift_headings)
    return parser


@cache
def _parser_without(*rules: str) -> MarkdownIt:
    return _make_parser().disable(rules)


def _parser_for(source: str) -> MarkdownIt:
    """The parser that reads a text in a time that grows with its length, whatever stands in it."""
    links = ("link", "image") if source.count("[") > _MAX_BRACKETS else ()
    addresses = ("linkify",) if source.count("://") > _MAX_ADDRESSES else ()
    return _parser_without(*links, *addresses)


def _sanitised(markup: str, tags: set[str]) -> SafeString:
    clean = nh3.clean(markup, tags=tags, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
    return SafeString(clean)


def _is_plain(source: str) -> bool:
    """Whether the text is one paragraph without any mark-up, as most summaries are."""
    return _PLAIN.fullmatch(source) is not None and "//" not in source and "mailto:" not in source.lower()


def render_markdown(source: str, *, heading_base: int = 2) -> SafeString:
    """Safe HTML of a Markdown text whose highest heading becomes `<h{heading_base}>`."""
    if _is_plain(source):
        return SafeString(f"<p>{source}</p>\n")
    return _sanitised(_parser_for(source).render(source, {"heading_base": heading_base}), _TAGS)


def render_inline(source: str) -> SafeString:
    """Safe HTML of Markdown in one paragraph, without the paragraph's tags."""
    return _sanitised(_parser_for(source).renderInline(source), _INLINE_TAGS)


def _inline_text(children: list[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(token.type, token.content) for token in children)


def plain_text(source: str) -> str:
    """The words of a Markdown text, for excerpts, search and feeds: blocks parted by a blank line."""
    if _is_plain(source):
        return source
    blocks = []
    for token in _parser_for(source).parse(source):
        if token.type == "inline":
            blocks.append(_inline_text(token.children or []))
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip("\n"))
    return "\n\n".join(block for block in blocks if block.strip())
