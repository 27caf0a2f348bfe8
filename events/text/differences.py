"""Two texts compared word by word, and two that come from one ancestor joined sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import accumulate
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
# In all of two texts. Where the same words come again and again, each stretch that is found sets the matcher
# to look at all the others anew: the product of both lengths does not tell how often.
MOST_STEPS_IN_ALL = 8_000_000

SAME, REMOVED, ADDED = "same", "removed", "added"


class Run(NamedTuple):
    """Words in a row of one fate: "same", "removed" (only in the old text) or "added" (only in the new)."""

    fate: str
    text: str


class TooLong(Exception):
    """Comparing takes more steps than are left."""


class Steps:
    """The steps that are left for all comparisons of two texts."""

    def __init__(self) -> None:
        self.left = MOST_STEPS_IN_ALL

    def take(self, number: int) -> None:
        """Raises TooLong, and leaves those that are left, when there are fewer."""
        if number > self.left:
            raise TooLong
        self.left -= number


class Matcher(SequenceMatcher):
    """As the standard library's, but nothing is left out for being frequent: "the" is a word too.

    Raises TooLong before it takes more than `steps`.
    """

    def __init__(
        self, isjunk=None, a: Sequence[str] = (), b: Sequence[str] = (), *, steps: Steps | None = None
    ) -> None:
        super().__init__(isjunk, a, b, autojunk=False)
        self.steps = steps or Steps()
        # Each word is held against every place where the other text has it.
        self.steps_before = list(accumulate((1 + len(self.b2j.get(word, ())) for word in a), initial=0))

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, *args, **kwargs):
        self.steps.take(self.steps_before[-1 if ahi is None else ahi] - self.steps_before[alo])
        return super().find_longest_match(alo, ahi, *args, **kwargs)


def compare(old: str, new: str) -> list[Run]:
    """Both texts as one list of runs: without the added ones it reads as the old text, without the removed
    ones as the new. Sentences are compared first, then the words of those that differ."""
    runs: list[Run] = []
    steps = Steps()
    left, right = sentences(old), sentences(new)
    for kind, a, b, c, d in opcodes(left, right, steps):
        before, after = "".join(left[a:b]), "".join(right[c:d])
        if kind == "replace":
            runs += compare_words(before, after, steps)
        else:
            runs += [Run(SAME, before)] if kind == "equal" else [Run(REMOVED, before), Run(ADDED, after)]
    return list(joined(runs))


def compare_words(old: str, new: str, steps: Steps) -> Iterator[Run]:
    left, right = words(old), words(new)
    for kind, a, b, c, d in opcodes(left, right, steps):
        if kind == "equal":
            yield Run(SAME, "".join(left[a:b]))
        else:
            yield Run(REMOVED, "".join(left[a:b]))
            yield Run(ADDED, "".join(right[c:d]))


def opcodes(left: Sequence[str], right: Sequence[str], steps: Steps) -> list[tuple[str, int, int, int, int]]:
    if len(left) * len(right) <= MOST_STEPS:
        try:
            return Matcher(None, left, right, steps=steps).get_opcodes()
        except TooLong:
            pass
    return [("replace", 0, len(left), 0, len(right))]


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
    try:
        regions = list(Merge3(*parts, sequence_matcher=partial(Matcher, steps=Steps())).merge_groups())
    except TooLong:
        return None
    if any(region[0] == "conflict" for region in regions):
        return None
    return "".join(text for region in regions for text in region[1])
