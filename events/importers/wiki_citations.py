"""What wiki citations left behind in the headlines of the Context.

Its addresses had their slashes turned to hyphens (`[https:--example.org-a.html AFP]`), so they are lost;
the label is not.
"""

import re

from events.text.cleaning import clean_wiki

_HYPHENED = r"(?:url ?= ?)?(?:https?|ftp)?:--\S*"
_BRACKETED = re.compile(rf"\[\s*{_HYPHENED}(?P<label>[^\[\]]*)\]")
_BARE = re.compile(rf"(?:(?<=\s)|^|(?<=[^\w\s])){_HYPHENED}")
_ACCESS_DATE = re.compile(r"\b(?:accessdate|access-date|date|archivedate|archive-date)=\S+(?: \d{4})?")
_NESTED_ADDRESS = re.compile(rf"\(\s*{_HYPHENED}\s*\)")
_EMPTY_BRACKETS = re.compile(r"\[\s*\]|\(\s*\)|（\s*）")


def split_headline(text: str) -> tuple[str, list[str]]:
    """A headline as it should read, and the labels of the citations it held, in order, each once."""
    labels: dict[str, None] = {}

    def take(match: re.Match[str]) -> str:
        label = clean_wiki(_NESTED_ADDRESS.sub("", match["label"]))
        if label:
            labels[label] = None
        return ""

    text = _BRACKETED.sub(take, text)
    text = _ACCESS_DATE.sub("", _BARE.sub("", text))
    return clean_wiki(_EMPTY_BRACKETS.sub("", text)), list(labels)
