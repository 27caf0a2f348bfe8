"""Cleaning: text is put in order once, when it comes in, and escaped once, when it goes out."""

import html
import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, lone surrogates, non-characters, and invisible characters that hide or
# reorder text. ZWNJ, ZWJ, LRM and RLM (U+200C-200F) stay: Persian, emoji and bidi text need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e007f]"
)
# Only with its semicolon: `&copy=1` in an address is no copyright sign.
_ENTITY_BODY = r"(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})"
_ENTITY = re.compile(f"&{_ENTITY_BODY};")
# All levels at once: one a round would take as many rounds as there are levels.
_DOUBLED_ENTITY = re.compile(f"&(?:(?:amp|#38|#[xX]26);)+(?={_ENTITY_BODY};)")
# Looked for where blanks begin, not from each of them again.
_TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_HARD_BREAK = re.compile(r"(?<=\S)[ \t]* {2}(?=\n[ \t]*\S)")

_VARIANT = re.compile(r"-\{((?:(?!-\{|\}-).)*)\}-")
_UNCLOSED_VARIANT = re.compile(r"-\{([^{}]*)$")
_VARIANT_RULE = re.compile(r"^\s*(?:[^;:]*=>)?\s*(zh(?:-[a-z]+)*)\s*:(.*)$", re.IGNORECASE | re.DOTALL)
_VARIANT_FLAGS = re.compile(r"^\s*[A-Za-z;\-]*\s*\|")
_SIMPLIFIED = ("zh-hans", "zh-cn", "zh-sg", "zh-my", "zh")
_WIKI_QUOTES = re.compile("'{2,}")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_WIKI_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
# No note is longer; the end of one that is never closed is not looked for in the whole text.
_WIKI_NOTE = re.compile(r"<ref\b[^<>]*/>|<ref\b[^<>]*>.{0,5000}?</ref>|<!--.{0,5000}?-->", re.IGNORECASE)
_WIKI_LEFTOVER = re.compile(r"-\{|\}-|\[\[|\]\]|\{\{|\}\}")


def _tidy(value: str) -> str:
    return unicodedata.normalize("NFC", _UNWANTED.sub("", value))


def _unescape(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _is_plain(value: str) -> bool:
    """Whether nothing in a line asks for cleaning: a quick look that spares most texts the rest.

    What is printable holds no control or invisible characters and no white space but the space.
    """
    return (
        value.isprintable()
        and "&" not in value
        and value[-1:] != " "
        and (value.isascii() or unicodedata.is_normalized("NFC", value))
    )


def clean_line(value: str) -> str:
    """One line of plain text: NFC, entities resolved however often escaped, white space collapsed.

    Cleaning twice gives the same as cleaning once.
    """
    if _is_plain(value) and "  " not in value and value[:1] != " ":
        return value
    previous = None
    # Removing a character can complete an entity, and an entity can stand for a character to
    # remove. Every round that changes something shortens the text or composes it.
    while value != previous:
        previous = value
        value = _DOUBLED_ENTITY.sub("&", _LINE_ENDS.sub(" ", value))
        value = _tidy(" ".join(_ENTITY.sub(_unescape, value).split()))
    return value


def clean_block(value: str) -> str:
    """Several lines of Markdown: as `clean_line`, but lines, indentation and hard breaks stay.

    A doubly escaped entity loses one level (`&amp;quot;` → `&quot;`); single ones belong to
    Markdown.
    """
    if _is_plain(value):
        return value
    previous = None
    while value != previous:
        previous = value
        value = _DOUBLED_ENTITY.sub("&", _tidy(_LINE_ENDS.sub("\n", value)))
        value = _HARD_BREAK.sub("\0", value)
        value = _TRAILING_SPACE.sub("", value).replace("\0", "  ").strip("\n")
    return value


def _choose_variant(match: re.Match[str]) -> str:
    """Text of a `-{…}-` language variant: the simplified form, else the first one given.

    Syntax: https://www.mediawiki.org/wiki/Writing_systems/Syntax
    """
    body = _VARIANT_FLAGS.sub("", match[1])
    forms: dict[str, str] = {}
    for part in body.split(";"):
        rule = _VARIANT_RULE.match(part)
        if rule:
            forms.setdefault(rule[1].lower(), rule[2].strip())
    for code in _SIMPLIFIED:
        if code in forms:
            return forms[code]
    return next(iter(forms.values()), body)


def clean_wiki(value: str) -> str:
    """`clean_line` for imported text that may still carry wiki mark-up: only its words remain."""
    value = clean_line(value)
    previous = None
    while value != previous:
        previous = value
        value = _WIKI_NOTE.sub("", value)
        value = _VARIANT.sub(_choose_variant, value)
        value = _WIKI_TEMPLATE.sub("", _WIKI_LINK.sub(r"\1", value))
        value = _WIKI_QUOTES.sub("", value)
        if value == previous:
            value = _WIKI_LEFTOVER.sub("", _UNCLOSED_VARIANT.sub(_choose_variant, value))
        value = clean_line(value)
    return value
