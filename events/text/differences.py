"""Two texts compared word by word, and two that come from one ancestor joined sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from merge3 import Merge3

# Where no spaces part words (Chinese, Japanese, Thai), each character stands for itself.
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
)
# A word takes the space after it along, so that no space is ever found "again" elsewhere in the text.
_WORD = re.compile(rf"[{_ALONE}]\s*|(?:(?![{_ALONE}])\w)+\s*|\s+|[^\w\s]\s*")
# Where a sentence ends: with its marks and what closes a quotation, or with the line. "3.14" is no end.
_END = re.compile(r"[.!?…]{1,9}[\"'”’»」』)\]]{0,3}(?=\s|$)|[。！？]{1,9}[”’»」』)\]]{0,3}|\n")
# Comparing takes as many steps as the product of both lengths; a longer passage counts as replaced whole.
MOST_STEPS = 4_000_000

SAME, REMOVED, ADDED = "same", "removed", "added"


class Run(NamedTuple):
    """Words in a row of one fate: "same", "removed" (only in the old text) or "added" (only in the new)."""

    fate: str
    text: str


class Matcher(SequenceMatcher):
    """As the standard library's, but nothing is left out for being frequent: "the" is a word too."""

    def __init__(self, isjunk=None, a: Sequence[str] = (), b: Sequence[str] = ()) -> None:
        super().__init__(isjunk, a, b, autojunk=False)


def compare(old: str, new: str) -> list[Run]:
    """Both texts as one list of runs: without the added ones it reads as the old text, without the removed
    ones as the new. Sentences are compared first, then the words of those that differ."""
    runs: list[Run] = []
    left, right = sentences(old), sentences(new)
    for kind, a, b, c, d in opcodes(left, right):
        before, after = "".join(left[a:b]), "".join(right[c:d])
        if kind == "replace":
            runs += compare_words(before, after)
        else:
            runs += [Run(SAME, before)] if kind == "equal" else [Run(REMOVED, before), Run(ADDED, after)]
    return list(joined(runs))


def compare_words(old: str, new: str) -> Iterator[Run]:
    left, right = words(old), words(new)
    for kind, a, b, c, d in opcodes(left, right):
        if kind == "equal":
            yield Run(SAME, "".join(left[a:b]))
        else:
            yield Run(REMOVED, "".join(left[a:b]))
            yield Run(ADDED, "".join(right[c:d]))


def opcodes(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if len(left) * len(right) > MOST_STEPS:
        return [("replace", 0, len(left), 0, len(right))]
    return Matcher(None, left, right).get_opcodes()


def joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Without empty runs, and neighbours of one fate as one."""
    last: Run | None = None
    for run in filter(lambda run: run.text, runs):
        if last and last.fate == run.fate:
            last = Run(run.fate, last.text + run.text)
        else:
            if last:
                yield last
            last = run
    if last:
        yield last


def words(text: str) -> list[str]:
    """The words and marks of a text, which together are the text."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text and the space between them, which together are the text.

    Space stands for itself, so that a sentence is the same whether or not another one follows it.
    """
    parts: list[str] = []
    start = 0
    for end in (*(found.end() for found in _END.finditer(text)), len(text)):
        piece, start = text[start:end], end
        after_space = piece.lstrip()
        sentence = after_space.rstrip()
        parts += [piece[: len(piece) - len(after_space)], sentence, after_space[len(sentence) :]]
    return [part for part in parts if part]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """What both made of `base`, sentence by sentence; None where both changed the same one.

    No two people's words are ever mixed within a sentence: it would be one that nobody wrote.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    parts = [sentences(text) for text in (base, mine, theirs)]
    if len(parts[0]) * max(len(parts[1]), len(parts[2])) > MOST_STEPS:
        return None
    regions = list(Merge3(*parts, sequence_matcher=Matcher).merge_groups())
    if any(region[0] == "conflict" for region in regions):
        return None
    return "".join(text for region in regions for text in region[1])
