"""Signals of how close two events are: one pure function each, from 0 (nothing) to 1. No database.

A vector here is a mapping of terms to weights. `ranking` says what each signal counts for.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from math import hypot, log
from operator import mul

from events.related.terms import CONTEXT, SOURCE, WORD, field_of

Weights = Mapping[int, float]

# A little more than the plain logarithm: words of half the archive fall further behind.
RARITY_POWER = 1.15
# Fewer events than these do not tell what is common: a context of all six of them is still a subject.
LEAST_ARCHIVE = 50
# Days after which nearness is half-way to its floor, and the floor: an event a year ago still counts.
HALF_DAYS = 14
FLOOR = 0.4


@lru_cache(maxsize=4096)
def rarity(count: int, total: int) -> float:
    """Inverse document frequency: how telling a term is that `count` of `total` events have. May be over 1.

    ln((2 + total) / (1 + count)) to the power of `RARITY_POWER`: Spärck Jones 1972, with what is added so
    that a term of every event still weighs a little, and `total` no less than `LEAST_ARCHIVE`.
    """
    return max(0.0, log((2 + max(total, LEAST_ARCHIVE)) / (1 + count))) ** RARITY_POWER


def weigh(terms: Sequence[int], weights: Sequence[int], rarities: Weights) -> dict[int, dict[int, float]]:
    """An event's stored vector with rarities, cut into its fields and each brought to length 1.

    `terms` are in the order of their fields. What is left of a field without any telling term is empty.
    """
    # A page weighs thirty candidates of fifty terms each: without a step of Python's for each term.
    values = list(map(mul, weights, map(rarities.get, terms, repeat(0.0))))
    contexts = bisect_left(terms, CONTEXT, key=field_of)
    sources = bisect_left(terms, SOURCE, contexts, key=field_of)
    return {
        WORD: normalised(terms[:contexts], values[:contexts]),
        CONTEXT: normalised(terms[contexts:sources], values[contexts:sources]),
        SOURCE: normalised(terms[sources:], values[sources:]),
    }


def normalised(terms: Iterable[int], values: Sequence[float]) -> dict[int, float]:
    """The vector of these terms and values, brought to length 1."""
    length = hypot(*values)
    return dict(zip(terms, [value / length for value in values], strict=True)) if length else {}


def cosine(one: Weights, other: Weights) -> float:
    """How much two vectors of length 1 point the same way.

    Of contexts: rarity-weighted shared contexts. Of words: similarity by TF-IDF (Salton and Buckley 1988).
    Of sources: shared publishers, of which the agencies that tell of everything weigh next to nothing.
    """
    if len(other) < len(one):
        one, other = other, one
    return min(1.0, sum([value * other[term] for term, value in one.items() if term in other]))


def nearness(days: int) -> float:
    """How near in time: 1 on the same day, half-way to the floor after `HALF_DAYS` days, never below it."""
    return FLOOR + (1 - FLOOR) / (1 + abs(days) / HALF_DAYS)


def same_category(one: int, other: int) -> float:
    """1 when both stand under the same heading; 0 when not, or when either has none."""
    return float(one != 0 and one == other)


def covered(pk: int, together: Collection[int]) -> float:
    """1 when an article tells of both: `together` are the events that stand in an article with the event."""
    return float(pk in together)


def company(vector: Weights, crowd: Weights, *, whole: float, own: float, itself: float = 1.0) -> float:
    """How like the best suggestions a suggestion is: the mean of its cosines with them, by their scores.

    `crowd` is the sum of their vectors, each of length 1 at most and multiplied by its score, `whole` the sum
    of these scores, `own` the suggestion's own score if it is one of them, `itself` its cosine with itself:
    nobody is company of his own. What the best tell of their subject in words that the event itself does not
    use is found by it (pseudo relevance feedback, Rocchio 1971).
    """
    others = whole - own
    if others <= 0:
        return 0.0
    alike = sum([value * crowd[term] for term, value in vector.items() if term in crowd]) - own * itself
    return min(1.0, max(0.0, alike / others))
