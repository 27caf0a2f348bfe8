"""YAML front matter: what a Markdown page carries beside what it shows.

Written here and not by PyYAML, whose emitter takes twenty times as long as all the rest of a page. Only
what facts are made of is known: dictionaries, lists, texts, numbers and booleans.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

FENCE = "---\n"

# Texts that every YAML reader takes for exactly themselves; the first letter rules out numbers and days.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.,/()+'’?=&%@~;!-]|:(?=[\w/])| (?=[\w(&+]))*")
_KEYWORDS = {"y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"}
# Line breaks and characters that YAML 1.1 allows in no text or only escaped.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ODD_SPACE = re.compile(r"^\s|[ \t]\n|\s$|\t")


def dump(facts: dict[str, Any]) -> str:
    """The fenced front matter of `facts` in their order, without what is unknown or empty."""
    body = "".join(f"{line}\n" for line in _lines(without_empty(facts), ""))
    return f"{FENCE}{body}{FENCE}"


def without_empty(value: Any) -> Any:
    """`value` without None, False, and empty texts, lists and dictionaries, at any depth.

    Lists keep the texts and numbers that they hold, whatever these are.
    """
    if isinstance(value, dict):
        known = ((name, without_empty(inner)) for name, inner in value.items())
        return {
            name: inner
            for name, inner in known
            if inner is not None and inner is not False and inner not in ("", [], {})
        }
    if isinstance(value, list):
        return [inner for inner in map(without_empty, value) if inner not in ([], {})]
    return value


def _lines(facts: dict[str, Any], margin: str) -> Iterator[str]:
    for name, value in facts.items():
        if isinstance(value, dict):
            yield f"{margin}{name}:"
            yield from _lines(value, f"{margin}  ")
        elif isinstance(value, list):
            yield f"{margin}{name}:"
            for member in value:
                yield from _member(member, margin)
        else:
            yield f"{margin}{name}: {_scalar(value, margin)}"


def _member(member: Any, margin: str) -> Iterator[str]:
    if isinstance(member, dict):
        first, *others = _lines(member, f"{margin}  ")
        yield f"{margin}- {first.removeprefix(f'{margin}  ')}"
        yield from others
    else:
        yield f"{margin}- {_scalar(member, margin)}"


def _scalar(value: Any, margin: str) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _KEYWORDS:
        return value
    if "\n" in value and _is_literal(value):
        # Blank lines stay bare, so that no line ends with a space.
        return "|-\n" + "\n".join(line and f"{margin}  {line}" for line in value.split("\n"))
    # A JSON text is a double-quoted YAML text but for the characters that only YAML minds.
    return _UNPRINTABLE.sub(_escape, json.dumps(value, ensure_ascii=False))


def _is_literal(value: str) -> bool:
    """Whether a literal block can hold the text, which then reads as it was written."""
    return not _UNPRINTABLE.search(value) and not _ODD_SPACE.search(value)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
