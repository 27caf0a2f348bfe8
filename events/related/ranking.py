"""How the signals of `features` make one order. THE place of the weights.

    score = (TEXT text + CONTEXTS contexts + SOURCES sources + COMPANY company + COVERED covered)
            × nearness × (1 + CATEGORY same category)

Chosen by `bench/related_quality.py` on both halves of one corpus, so other years will score a little less;
most weights may be half or double without much change, so round numbers stand here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from events.related import features
from events.related.candidates import Candidate, Found
from events.related.features import Weights
from events.related.terms import CONTEXT, SOURCE, WORD
from events.related.vectors import Vector

# Words of headline, summary and contexts say most; contexts as units tell "Homs" from whatever else is named
# there. The two add up to 1.
TEXT = 0.8
CONTEXTS = 0.2
# A weak hint: a paper that few cite writes of its own city.
SOURCES = 0.15
# As much as all likeness to the event itself: what the best suggestions agree on is the event's story.
COMPANY = 1.0
BEST = 5
# An article that tells of both says that they belong together: as much as a good likeness of the texts.
COVERED = 0.3
# The same heading more than doubles a score; after the words it says most.
CATEGORY = 1.25

# Of TEXT text + CONTEXTS contexts. Below it two events share a common word or a wide context and no more.
LEAST_LIKENESS = 0.04
# A suggestion that shares words alone, and no name of a rare context, needs a score of so much: of those with
# less, one in fifty belonged to the event's story.
LEAST_ALONE = 0.15
# Scores are rounded before they are compared, so that no last digit decides.
DIGITS = 9


class Signals(NamedTuple):
    """What each signal says of a suggestion, from 0 to 1."""

    text: float
    contexts: float
    sources: float
    company: float
    nearness: float
    same_category: float
    covered: float


class Scored(NamedTuple):
    """A candidate with its score. `days` is its distance, later if positive; `words` its vector of words."""

    candidate: Candidate
    score: float
    days: int
    signals: Signals
    words: Weights


def score(signals: Signals) -> float:
    """The one number that suggestions are ordered by."""
    likeness = (
        TEXT * signals.text
        + CONTEXTS * signals.contexts
        + SOURCES * signals.sources
        + COMPANY * signals.company
        + COVERED * signals.covered
    )
    return round(likeness * signals.nearness * (1 + CATEGORY * signals.same_category), DIGITS)


def ranked(own: Vector, candidates: Sequence[Candidate], found: Found) -> list[Scored]:
    """The candidates of an event that are above the least likeness or in an article with it, best first.

    Two rounds: the first knows no company, the second has the best of the first for it. Ties go to the
    nearer day, then to the order of entry.
    """
    rarities = found.counts.rarities
    mine = features.weigh(own.terms, own.weights, rarities)
    together = found.covered.get(own.event_id, ())
    rows = []
    for candidate in candidates:
        theirs = features.weigh(candidate.terms, candidate.weights, rarities)
        signals = Signals(
            text=features.cosine(mine[WORD], theirs[WORD]),
            contexts=features.cosine(mine[CONTEXT], theirs[CONTEXT]),
            sources=features.cosine(mine[SOURCE], theirs[SOURCE]),
            company=0.0,
            nearness=features.nearness(candidate.day - own.day),
            same_category=features.same_category(own.category, candidate.category),
            covered=features.covered(candidate.pk, together),
        )
        if signals.covered or TEXT * signals.text + CONTEXTS * signals.contexts >= LEAST_LIKENESS:
            rows.append((score(signals), candidate, signals, theirs))
    rows.sort(key=lambda row: (-row[0], abs(row[1].day - own.day), row[1].pk))
    best = rows[:BEST]
    crowd: dict[int, float] = {}
    for points, _candidate, _signals, theirs in best:
        for field, share in ((WORD, TEXT), (CONTEXT, CONTEXTS)):
            for term, value in theirs[field].items():
                crowd[term] = crowd.get(term, 0.0) + share * points * value
    whole = sum(points for points, *_rest in best)
    scored = []
    for place, (points, candidate, signals, theirs) in enumerate(rows):
        company = features.company(
            theirs[WORD] | theirs[CONTEXT],
            crowd,
            whole=whole,
            own=points if place < BEST else 0.0,
            itself=TEXT * bool(theirs[WORD]) + CONTEXTS * bool(theirs[CONTEXT]),
        )
        signals = signals._replace(company=company)
        scored.append(Scored(candidate, score(signals), candidate.day - own.day, signals, theirs[WORD]))
    scored.sort(key=lambda each: (-each.score, abs(each.days), each.candidate.pk))
    return scored
