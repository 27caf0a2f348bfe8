"""Pasted sources: lines of text as editors have them at hand, turned into labels and addresses."""

import re
from dataclasses import dataclass

from events.citations.urls import is_web_url
from events.text.cleaning import clean_wiki

_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
# A Markdown link; its address may hold one level of brackets, as Wikipedia's do.
_MARKDOWN = re.compile(
    r"\[(?P<label>[^\]]*)\]\(\s*<?(?P<url>https?://(?:[^\s()<>]|\([^\s()<>]*\))+)>?[^)]*\)"
)
_WIKI = re.compile(r"\[(?P<url>https?://[^\s\]]+)\s+(?P<label>[^\]]+)\]")
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LABEL_EDGES = ' \t:–—-|,;.()[]<>"“”'
_URL_TAIL = ".,;:!?'\"”’>"


@dataclass(frozen=True, slots=True)
class Pasted:
    """One source found in pasted text; the label is empty where only an address was given."""

    label: str
    url: str


def _trim_url(url: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while url:
        if url[-1] in _URL_TAIL or (url[-1] == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        else:
            break
    return url


def _label(text: str) -> str:
    return clean_wiki(text.strip(_LABEL_EDGES)).strip(" :")


def _from_line(line: str) -> list[Pasted]:
    for pattern in (_MARKDOWN, _WIKI):
        links = [Pasted(_label(match["label"]), match["url"]) for match in pattern.finditer(line)]
        if links:
            return links
    found = []
    start = 0
    for match in _URL.finditer(line):
        url = _trim_url(match[0])
        found.append(Pasted(_label(line[start : match.start()]), url))
        start = match.start() + len(url)
    after = _label(line[start:])
    # "https://… BBC": one address first, its name behind it.
    if len(found) == 1 and not found[0].label and after:
        return [Pasted(after, found[0].url)]
    return found


def parse_pasted(text: str) -> list[Pasted]:
    """The sources in pasted text, in their order and each address once.

    Understands `[BBC](https://…)`, `[https://… BBC]`, `BBC: https://…`, `BBC https://…` and bare
    addresses, with or without list marks. Lines without an address give nothing.
    """
    found: dict[str, Pasted] = {}
    for line in text.splitlines():
        for pasted in _from_line(_LIST_MARK.sub("", line)):
            if is_web_url(pasted.url):
                found.setdefault(pasted.url, pasted)
    return list(found.values())
