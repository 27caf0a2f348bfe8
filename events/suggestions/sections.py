"""The category that the sections of an entry's sources speak for: "Football" of one paper, for "Sports".

Papers call their sections by the same few subjects. Which words name one subject follows the top level of the
IPTC's Media Topics (https://iptc.org/standards/media-topics/), with the short names that papers use.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from events.text.folding import is_unspaced, search_tokens

SUBJECTS = (
    "arts culture entertainment media books film music theatre television",
    "conflict war peace defence military",
    "crime law justice courts police",
    "disaster accident emergency",
    "economy economics business finance markets money",
    "environment climate nature",
    "health medicine",
    "international relations diplomacy",
    "politics government elections parliament",
    "science technology tech",
    "sport football cricket tennis athletics",
)
# Stand in the names of sections and say nothing of the subject: papers file all of abroad under "World".
EMPTY_WORDS = "and of the in news latest top home world international"

_BETWEEN = re.compile(r"\s*[,;/|>]\s*")
_SUBJECTS = tuple(frozenset(search_tokens(names)) for names in SUBJECTS)
_EMPTY = frozenset(search_tokens(EMPTY_WORDS))


@dataclass(frozen=True, slots=True)
class Sections:
    """A category with the (publisher, section) pairs that speak for it, in the order of the sources."""

    category: str
    by: tuple[tuple[str, str], ...]


def category_by_sections(sections: Iterable[tuple[str, str]], categories: Sequence[str]) -> Sections | None:
    """The category that most of these (publisher, section) pairs speak for; None where no one leads.

    A section may be several names ("World, Football"), of which the first that means a category counts.
    """
    votes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for publisher, section in sections:
        for name in _BETWEEN.split(section):
            if category := category_called(name, categories):
                votes[category].append((publisher, name))
                break
    ranked = sorted(votes, key=lambda category: -len(votes[category]))
    if not ranked or (len(ranked) > 1 and len(votes[ranked[0]]) == len(votes[ranked[1]])):
        return None
    return Sections(ranked[0], tuple(votes[ranked[0]]))


def category_called(section: str, categories: Sequence[str]) -> str:
    """The category that has a word of the section's name, else one of the same subject; or nothing."""
    words = frozenset(search_tokens(section))
    if is_unspaced(section):
        # A single character of Chinese says too little; a whole name does.
        return next((name for name in categories if words and words <= set(search_tokens(name))), "")
    words -= _EMPTY
    subjects = [subject for subject in _SUBJECTS if subject & words]
    for wanted in (words, frozenset().union(*subjects) - _EMPTY):
        shared = {name: len(wanted.intersection(search_tokens(name))) for name in categories}
        best = max(shared, key=shared.__getitem__, default="")
        if best and shared[best]:
            return best
    return ""
