"""Signals of how close two events are: one pure function each, from 0 (nothing) to 1. No database.

A vector here is a mapping of terms to weights. `ranking` says what each signal counts for.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log, sqrt

from events.related.terms import CONTEXT, FIELD_MASK, SOURCE, WORD

Weights = Mapping[int, float]

# A little more than the plain logarithm: words of half the archive fall further behind.
RARITY_POWER = 1.15
# Days after which nearness is half-way to its floor, and the floor: an event a year ago still counts.
HALF_DAYS = 14
FLOOR = 0.4


@lru_cache(maxsize=4096)
def rarity(count: int, total: int) -> float:
    """Inverse document frequency: how telling a term is that `count` of `total` events have. May be over 1.

    ln((2 + total) / (1 + count)) to the power of `RARITY_POWER`: Spärck Jones 1972, with what is added so
    that a term of every event still weighs a little, as it should where there are three.
    """
    return max(0.0, log((2 + total) / (1 + count))) ** RARITY_POWER


def weigh(terms: Iterable[int], weights: Iterable[int], rarities: Weights) -> dict[int, dict[int, float]]:
    """An event's stored vector with rarities, cut into its fields and each brought to length 1.

    What is left of a field without any telling term is empty.
    """
    fields: tuple[dict[int, float], ...] = ({}, {}, {})
    for term, weight in zip(terms, weights, strict=True):
        if value := weight * rarities.get(term, 0.0):
            fields[term & FIELD_MASK][term] = value
    return {field: normalised(fields[field]) for field in (WORD, CONTEXT, SOURCE)}


def normalised(vector: Weights) -> dict[int, float]:
    """The vector brought to length 1."""
    length = sqrt(sum([value * value for value in vector.values()]))
    return {term: value / length for term, value in vector.items()} if length else {}


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
