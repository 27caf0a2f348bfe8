"""An event as a vector: its terms, each with a weight that follows from the event alone.

How rare a term is changes with every event that is written, so rarity is no part of what is stored; it comes
in when suggestions are read (`features.rarity`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import log
from zlib import crc32

from events.related.terms import (
    CONTEXT,
    WORD,
    context_term,
    field_of,
    source_term,
    word_term,
    words_in,
    words_of_name,
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
    """

    event_id: int
    day: int
    visible_at: int
    category: int
    terms: tuple[int, ...]
    weights: tuple[int, ...]

    def points(self) -> list[tuple[int, int]]:
        """(term, points): what a match of the term says, by this event's own length, for `candidates`.

        Words are divided by a power of their vector's length, contexts of their number. Sources make nobody
        a candidate: the largest agencies tell of everything.
        """
        pairs = list(zip(self.terms, self.weights, strict=True))
        squares = sum(weight * weight for term, weight in pairs if field_of(term) == WORD) / UNIT**2
        contexts = sum(weight for term, weight in pairs if field_of(term) == CONTEXT) / UNIT
        scale = {
            WORD: POINTS / UNIT / max(1.0, squares) ** LENGTH_POWER,
            CONTEXT: CONTEXT_POINTS * POINTS / UNIT / max(1.0, contexts) ** LENGTH_POWER,
        }
        return [
            (term, max(1, round(weight * scale[field])))
            for term, weight in pairs
            if (field := field_of(term)) in scale
        ]


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
) -> Vector:
    """The vector of an event; `headline` and `summary` are tokens as of `index_text`."""
    contexts = sorted(contexts, key=lambda context: context.name)[:MAX_CONTEXTS]
    counts: Counter[str] = Counter(words_in(headline))
    for word in words_in(summary):
        counts[word] += IN_SUMMARY
    for context in contexts:
        for word in words_of_name(context.name):
            counts[word] += IN_CONTEXT
        for alias in context.aliases:
            for word in words_of_name(alias):
                counts[word] += IN_ALIAS
    words = {word_term(word): word_weight(count) for word, count in counts.items()}
    units = {context_term(parent): PARENT for context in contexts for parent in context.parents}
    units |= {context_term(context.name): UNIT for context in contexts}
    sources = {source_term(publisher): UNIT for publisher in publishers}
    pairs = [*heaviest(words, MAX_WORDS), *heaviest(units, 2 * MAX_CONTEXTS), *heaviest(sources, MAX_SOURCES)]
    return Vector(
        event_id,
        date.toordinal(),
        moment_number(visible_at),
        category_number(category),
        tuple(term for term, _weight in pairs),
        tuple(weight for _term, weight in pairs),
    )


def word_weight(count: float) -> int:
    """1 + ln(count) for a word's count in an event, in hundredths: the tenth mention says little more."""
    return round(UNIT * (1 + log(count) if count >= 1 else count))


def heaviest(weights: Mapping[int, int], most: int) -> Sequence[tuple[int, int]]:
    """The heaviest terms, of equal ones those that came first, in the order of their numbers."""
    if len(weights) > most:
        kept = sorted(weights, key=lambda term: -weights[term])[:most]
        weights = {term: weights[term] for term in kept}
    return sorted(weights.items())


@lru_cache(maxsize=1_000)
def category_number(category: str) -> int:
    """A small number for a category's name: two of a dozen fall together with a chance of 1 in 500."""
    return crc32(category.encode()) % 32_767 + 1 if category else 0


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_number(moment: datetime) -> int:
    """Microseconds since 1970."""
    return (moment - EPOCH) // timedelta(microseconds=1)
