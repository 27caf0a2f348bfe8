"""What wiki citations left behind in the headlines and labels of the Context.

In headlines addresses had their slashes turned to hyphens (`[https:--example.org-a.html AFP]`), so they are
lost; the label is not.
"""

import re

from events.text.cleaning import clean_wiki

_HYPHENED = r"(?:url ?= ?)?(?:https?|ftp)?:--"
# No address is longer; a word full of beginnings must not be read to its end from each of them.
_REST = r"\S{0,2000}"
# The address ends with its word, and the label follows; or with the last bracket in its word.
_BRACKETED = re.compile(rf"\[\s*{_HYPHENED}(?:{_REST}+(?P<label>[^\[\]]*+)\]|{_REST}\])")
_BARE = re.compile(rf"(?:(?<=\s)|^|(?<=[^\w\s])){_HYPHENED}\S*")
_ACCESS_DATE = re.compile(r"\b(?:accessdate|access-date|date|archivedate|archive-date)=\S+(?: \d{4})?")
_NESTED_ADDRESS = re.compile(rf"\(\s*{_HYPHENED}{_REST}\s*\)")
# The end of `{{wayback|url=…|date=…}}` or `{{dead link|date=…|bot=…}}`, whose beginning was cut off.
_TEMPLATE = re.compile(r"(?:url ?=|link ?\|[a-z-]+=).*?(?:\}\}|$)")
_EMPTY_BRACKETS = re.compile(r"\[\s*\]|\(\s*\)|（\s*）")


def split_headline(text: str) -> tuple[str, list[str]]:
    """A headline as it should read, and the labels of the citations it held, in order, each once."""
    labels: dict[str, None] = {}

    def take(match: re.Match[str]) -> str:
        label = clean_wiki(_NESTED_ADDRESS.sub("", match["label"] or ""))
        if label:
            labels[label] = None
        return ""

    text = _BRACKETED.sub(take, text)
    text = _ACCESS_DATE.sub("", _BARE.sub("", text))
    return clean_wiki(_EMPTY_BRACKETS.sub("", text)), list(labels)


def without_template(label: str) -> str:
    """A citation's label without the remains of a template that it begins with; often nothing is left."""
    label = label.lstrip()
    match = _TEMPLATE.match(label)
    return label[match.end() :] if match else label
