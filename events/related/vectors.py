"""An event as a vector: its terms, each with a weight that follows from the event alone.

How rare a term is changes with every event that is written, so rarity is no part of what is stored; it comes
in when suggestions are read (`features.rarity`).
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import log
from operator import attrgetter, mul
from typing import NamedTuple
from zlib import crc32

from events.related.terms import (
    CONTEXT,
    SOURCE,
    context_term,
    field_of,
    source_term,
    terms_of_name,
    word_terms,
)

# Weights are kept as hundredths.
UNIT = 100
# A word counts once for each time it stands in the headline; in the summary, which may be about the source as
# much as about the event, less; in a context's name more, since an editor chose it.
IN_SUMMARY = 0.8
IN_CONTEXT = 1.5
IN_ALIAS = 0.5
# A context that one of the event's own lies under, against one of its own.
PARENT = 50
# What a long entry is compared by: its heaviest words, of equal ones the first; of a cloud of tags a part.
MAX_WORDS = 40
MAX_CONTEXTS = 30
MAX_SOURCES = 8

# Scale of `points`, and the exponent by which a text's length lessens them: a little more than the root,
# which would be the cosine's without rarity.
POINTS = 1000
LENGTH_POWER = 0.6
CONTEXT_POINTS = 0.3


@dataclass(frozen=True, slots=True)
class ContextNames:
    """What a context gives to the vectors of events: its name, its aliases, the names it lies under."""

    name: str
    aliases: Collection[str] = ()
    parents: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Vector:
    """The terms of one event with their weights in hundredths, in one order whoever made it.

    `day` is an ordinal, `visible_at` as of `moment_number`, `category` a number for its name, 0 for none.
    `word_points` are those of `points` that its words have, where they were made ahead.
    """

    event_id: int
    day: int
    visible_at: int
    category: int
    terms: tuple[int, ...]
    weights: tuple[int, ...]
    word_points: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def points(self) -> list[tuple[int, int]]:
        """(term, points): what a match of the term says, by this event's own length, for `candidates`.

        Words are divided by a power of their vector's length, contexts of the number of the event's own: so
        one that comes to lie under another leaves the other points as they are. Sources make nobody a
        candidate: the largest agencies tell of everything.
        """
        words, contexts = self.places()
        points = self.word_points or points_of_words(self.weights[:words])
        return [*zip(self.terms, points, strict=False), *self.points_between(words, words + contexts)]

    def points_of_contexts(self) -> Iterable[tuple[int, int]]:
        """Those of the points that contexts have, which follow from contexts alone."""
        words, contexts = self.places()
        return self.points_between(words, words + contexts)

    def points_between(self, first: int, last: int) -> Iterable[tuple[int, int]]:
        weights = self.weights[first:last]
        by = CONTEXT_POINTS * POINTS / UNIT / max(1.0, weights.count(UNIT)) ** LENGTH_POWER
        return zip(self.terms[first:last], [round(weight * by) or 1 for weight in weights], strict=True)

    def places(self) -> tuple[int, int]:
        """How many of the terms are words, which come first, and how many are contexts, which follow."""
        words = bisect_left(self.terms, CONTEXT, key=field_of)
        return words, bisect_left(self.terms, SOURCE, words, key=field_of) - words

    def under(self, contexts: Iterable[ContextNames]) -> "Vector":
        """The vector of the same event with the same contexts, where these came to lie under others."""
        words, places = self.places()
        named, units = weights_of_contexts(compared(contexts))
        rest = words + places
        return replace(
            self,
            terms=(*self.terms[:words], *named, *self.terms[rest:]),
            weights=(*self.weights[:words], *units, *self.weights[rest:]),
        )


def points_of_words(weights: Sequence[int]) -> tuple[int, ...]:
    by = POINTS / UNIT / max(1.0, sum(map(mul, weights, weights)) / UNIT**2) ** LENGTH_POWER
    return tuple([round(weight * by) or 1 for weight in weights])


class Words(NamedTuple):
    """The words of an event with their weights and points; `names` are the contexts whose words are among
    them."""

    names: tuple[str, ...]
    terms: tuple[int, ...]
    weights: tuple[int, ...]
    points: tuple[int, ...]


def vector_of(
    event_id: int,
    *,
    date: date,
    visible_at: datetime,
    category: str,
    headline: str,
    summary: str,
    contexts: Iterable[ContextNames],
    publishers: Iterable[int],
    words: Words | None = None,
) -> Vector:
    """The vector of an event; `headline` and `summary` are tokens as of `index_text`.

    `words` may have been made ahead of it, by names that then were a guess.
    """
    contexts = compared(contexts)
    if words is None or not is_of(words, contexts):
        words = words_of(headline, summary, contexts)
    named, units = weights_of_contexts(contexts)
    sources = heaviest({source_term(publisher): UNIT for publisher in publishers}, MAX_SOURCES)
    return Vector(
        event_id,
        date.toordinal(),
        moment_number(visible_at),
        category_number(category),
        (*words.terms, *named, *(term for term, _weight in sources)),
        (*words.weights, *units, *(weight for _term, weight in sources)),
        words.points,
    )


def compared(contexts: Iterable[ContextNames]) -> list[ContextNames]:
    """Those of an event's contexts that it is compared by, in one order."""
    return sorted(contexts, key=attrgetter("name"))[:MAX_CONTEXTS]


def is_of(words: Words, contexts: Sequence[ContextNames]) -> bool:
    """Whether an event with these contexts has these words."""
    return words.names == tuple([context.name for context in contexts]) and not any(
        context.aliases for context in contexts
    )


def words_of(headline: str, summary: str, contexts: Sequence[ContextNames]) -> Words:
    """The words of an event, those of its `compared` contexts' names among them."""
    counts: dict[int, float] = {}
    count = counts.get
    for term in word_terms(headline):
        counts[term] = count(term, 0) + 1
    for term in word_terms(summary):
        counts[term] = count(term, 0) + IN_SUMMARY
    for context in contexts:
        for term in terms_of_name(context.name):
            counts[term] = count(term, 0) + IN_CONTEXT
        for alias in context.aliases:
            for term in terms_of_name(alias):
                counts[term] = count(term, 0) + IN_ALIAS
    pairs = heaviest({term: word_weight(number) for term, number in counts.items()}, MAX_WORDS)
    weights = tuple([weight for _term, weight in pairs])
    return Words(
        tuple([context.name for context in contexts]),
        tuple([term for term, _weight in pairs]),
        weights,
        points_of_words(weights),
    )


def weights_of_contexts(contexts: Sequence[ContextNames]) -> tuple[list[int], list[int]]:
    """The terms of an event's `compared` contexts and of what they lie under, and their weights."""
    units = {context_term(parent): PARENT for context in contexts for parent in context.parents}
    for context in contexts:
        units[context_term(context.name)] = UNIT
    pairs = heaviest(units, 2 * MAX_CONTEXTS)
    return [term for term, _weight in pairs], [weight for _term, weight in pairs]


# Few different counts come up.
@lru_cache(maxsize=1_000)
def word_weight(count: float) -> int:
    """1 + ln(count) for a word's count in an event, in hundredths: the tenth mention says little more."""
    return round(UNIT * (1 + log(count) if count >= 1 else count))


def heaviest(weights: Mapping[int, int], most: int) -> Sequence[tuple[int, int]]:
    """The heaviest terms, of equal ones those that came first, in the order of their numbers."""
    if len(weights) > most:
        kept = sorted(weights, key=weights.__getitem__, reverse=True)[:most]
        weights = {term: weights[term] for term in kept}
    return sorted(weights.items())


@lru_cache(maxsize=1_000)
def category_number(category: str) -> int:
    """A small number for a category's name: two of a dozen fall together with a chance of 1 in 500."""
    return crc32(category.encode()) % 32_767 + 1 if category else 0


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


# A file has few different moments.
@lru_cache(maxsize=1_000)
def moment_number(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - EPOCH) // timedelta(microseconds=1)
