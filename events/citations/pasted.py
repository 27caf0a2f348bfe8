"""Pasted sources: lines of text as editors have them at hand, turned into labels and addresses."""

import re
from dataclasses import dataclass

from events.citations.urls import canonical_url, is_web_url
from events.text.cleaning import clean_wiki

_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
# A Markdown link; its address may hold one level of brackets, as Wikipedia's do.
_MARKDOWN = re.compile(
    r"\[(?P<label>[^\]]*)\]\(\s*<?(?P<url>https?://(?:[^\s()<>]|\([^\s()<>]*\))+)>?[^)]*\)"
)
_WIKI = re.compile(r"\[(?P<url>https?://[^\s\]]+)\s+(?P<label>[^\]]+)\]")
# Marks of Chinese sentences stand in no address as it is, and one of a list ends where the next begins.
_URL = re.compile(
    r"https?://(?:(?![,;|]https?://)[^\s<>\"“”，。；：！？、（）「」『』《》【】])+", re.IGNORECASE
)
_LABEL_EDGES = ' \t:：–—-|,;.()[]<>"“”，。；、（）《》【】'
# After a name the address follows; in a sentence it only stands there.
_LEADS_ON = re.compile(r"[:：–—|-][\s<(\[\"“]*$")
_LED_ON = re.compile(r"\s*[:：–—|-]\s")
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


def _begins_a_name(text: str) -> bool:
    """Whether the first letter or digit is anything but a small letter; not all scripts have capitals."""
    first = next((letter for letter in text if letter.isalnum()), "")
    return bool(first) and not first.islower()


def _names_address(before: str, after: str) -> bool:
    """Whether words before an address are its label, and not a sentence that it stands in."""
    goes_on = bool(_label(after)) and not _begins_a_name(after)
    return bool(_LEADS_ON.search(before)) or (_begins_a_name(before) and not goes_on)


def _from_links(line: str, pattern: re.Pattern[str]) -> list[Pasted]:
    """The links of a line, and the bare addresses between them; nothing where it holds no link."""
    found, start = [], 0
    for match in pattern.finditer(line):
        found += _bare(line[start : match.start()])
        label = _label(match["label"])
        found.append(Pasted("" if is_web_url(label) else label, match["url"]))
        start = match.end()
    return found + _bare(line[start:]) if found else []


def _bare(text: str) -> list[Pasted]:
    return [Pasted("", _trim_url(match[0])) for match in _URL.finditer(text)]


def _from_line(line: str, *, is_item: bool) -> list[Pasted]:
    for pattern in (_MARKDOWN, _WIKI):
        if links := _from_links(line, pattern):
            return links
    urls, texts, start = [], [], 0
    for match in _URL.finditer(line):
        urls.append(_trim_url(match[0]))
        texts.append(line[start : match.start()])
        start = match.start() + len(urls[-1])
    texts.append(line[start:])
    if len(urls) == 1:
        before, after = texts
        # "https://… BBC": the address first, its name behind it.
        if not _label(before):
            is_name = is_item or _begins_a_name(after) or _LED_ON.match(after)
            return [Pasted(_label(after) if is_name else "", urls[0])]
        if is_item and not _label(after):
            return [Pasted(_label(before), urls[0])]
    return [
        Pasted(_label(before) if _names_address(before, after) else "", url)
        for before, url, after in zip(texts, urls, texts[1:], strict=False)
    ]


def parse_pasted(text: str) -> list[Pasted]:
    """The sources in pasted text, in their order and each page once.

    Understands `[BBC](https://…)`, `[https://… BBC]`, `BBC: https://…`, `BBC https://…` and bare
    addresses, with or without list marks. Words of a sentence around an address are no label; lines without
    an address give nothing.
    """
    found: dict[str, Pasted] = {}
    for line in text.splitlines():
        bare = _LIST_MARK.sub("", line)
        for pasted in _from_line(bare, is_item=bare != line):
            if is_web_url(pasted.url):
                found.setdefault(canonical_url(pasted.url) or pasted.url, pasted)
    return list(found.values())
