"""Dayline's own ranker: candidates by the rarest terms, ranked by all signals, varied."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from events.models import Event
from events.related.candidates import MANY, ONE, Candidate, Found, candidates_of
from events.related.carried import Carried
from events.related.counts import TermCounts
from events.related.own import Own, own_of
from events.related.ranking import LEAST_ALONE, Scored, ranked
from events.related.steering import most_hidden
from events.related.suggestion import Ranked, Suggestion
from events.related.terms import WORD, context_term, contexts_named, field_of, word_term, words_of_name
from events.related.variety import NAMED_PLACE, RARE, RARE_LEAST, TIED_PLACE, WIDE, varied
from events.related.vectors import UNIT

# Shared words that a reason may name. One on more than so many of all events ("Minister") is no reason.
WORDS = 6
COMMON = 0.03


def suggest(
    events: Sequence[Event],
    *,
    limit: int,
    now: datetime,
    contexts: Mapping[int, Sequence[Carried]] | None,
) -> Ranked:
    """The best suggestions for each event by primary key, in at most three queries for published ones.

    Several events are searched less deeply, because a list shows only the first few.
    """
    own = own_of(events, now=now)
    found = candidates_of(own, reach=ONE if len(events) == 1 else MANY, now=now)
    limit += most_hidden(own.vectors, own.steering)
    return {event.pk: best(Asked(event, own), found, limit) for event in events}, own.steering


class Asked:
    """What is compared of one event: the terms of its words, its contexts and those that they lie under."""

    def __init__(self, event: Event, own: Own) -> None:
        self.event = event
        self.vector = own.vectors[event.pk]
        self.words = {term for term in self.vector.terms if field_of(term) == WORD}
        names = own.contexts[event.pk]
        self.contexts = {context_term(name): pk for pk, name in names.items()}
        self.names = {context_term(name): name for name in names.values()}
        self.above = {context_term(parent): parent for _pk, parent in own.parents[event.pk]}
        # The terms of the contexts that each one of the event's lies under.
        self.parents: dict[int, set[int]] = defaultdict(set)
        for pk, parent in own.parents[event.pk]:
            self.parents[context_term(names[pk])].add(context_term(parent))
        # Both kinds of terms, for which each candidate is looked through once.
        self.ties = self.contexts.keys() | self.above.keys()

    @cached_property
    def told(self) -> set[int]:
        """The terms of all contexts that the event's text might name."""
        return contexts_named(f"{self.event.headline}\n{self.event.summary}")


class Tie(NamedTuple):
    """By what contexts a candidate belongs to the event: the terms of those that both carry, the rarest
    first, and names as `under`."""

    shared: list[int]
    under: tuple[str, ...]


def tie_of(candidate: Candidate, asked: Asked, counts: TermCounts) -> Tie:
    """What ties a candidate: the event's own contexts that it carries itself, and those above.

    `under` names the contexts that both lie under, or that one carries while the other lies under it; not
    those above a context that both carry, which say nothing more.
    """
    ties = asked.ties.intersection(candidate.terms)
    if not ties:
        return Tie([], ())
    has = {
        term: weight for term, weight in zip(candidate.terms, candidate.weights, strict=True) if term in ties
    }
    mine, above = asked.names, asked.above
    shared = [term for term, weight in has.items() if term in mine and weight == UNIT]
    shared.sort(key=lambda term: (counts.counts[term], term))
    told = set(shared).union(*(asked.parents[term] for term in shared if term in asked.parents))
    under = {above.get(term) or mine[term] for term in has if term not in told}
    return Tie(shared, tuple(sorted(under)))


def best(asked: Asked, found: Found, limit: int) -> list[Suggestion]:
    """The first `limit` of an event's candidates with what they share."""
    counts = found.counts
    scored = ranked(asked.vector, found.candidates.get(asked.event.pk, ()), found)
    ties = {each.candidate.pk: tie_of(each.candidate, asked, counts) for each in scored}
    resting_on = {pk: wide_base(tie.shared, counts) for pk, tie in ties.items()}
    rare = [name for term, name in asked.names.items() if is_rare(term, counts)]

    def is_named(each: Scored) -> bool:
        """Whether the text of one names a rare context of the other."""
        return any(names_it(each, name) for name in rare) or any(
            term in asked.told and is_rare(term, counts) for term in each.candidate.terms
        )

    def belongs(each: Scored) -> bool:
        tie = ties[each.candidate.pk]
        if tie.shared or tie.under or each.signals.covered:
            return is_tied(each, tie, asked, counts)
        return each.score >= LEAST_ALONE or is_named(each)

    def place_of(each: Scored) -> int | None:
        tie = ties[each.candidate.pk]
        if tie.under and not tie.shared:
            return TIED_PLACE
        return NAMED_PLACE if is_named(each) else None

    return [
        Suggestion(
            pk=each.candidate.pk,
            date=date.fromordinal(each.candidate.day),
            shared=tuple(asked.contexts[term] for term in ties[each.candidate.pk].shared),
            under=ties[each.candidate.pk].under,
            words=rarest_words(each, asked, counts),
            is_covered=bool(each.signals.covered),
            score=each.score,
            signals=each.signals,
        )
        for each in varied(
            list(filter(belongs, scored)), limit=limit, resting_on=resting_on, place_of=place_of
        )
    ]


def is_tied(each: Scored, tie: Tie, asked: Asked, counts: TermCounts) -> bool:
    """Whether more ties a suggestion than one wide context of another category, by its name alone.

    An earthquake and a football match of one country are no story. Where either has no category, nothing is
    known of that.
    """
    categories = (asked.vector.category, each.candidate.category)
    if 0 in categories or categories[0] == categories[1] or tie.under or len(tie.shared) != 1:
        return True
    if each.signals.covered:
        return True
    if is_rare(tie.shared[0], counts):
        return True
    told = {word_term(word) for word in words_of_name(asked.names[tie.shared[0]])}
    return any(term in asked.words and term not in told for term in each.words)


def wide_base(terms: Sequence[int], counts: TermCounts) -> int | None:
    """The first of these contexts, which is the rarest, if even that one is wide."""
    return terms[0] if terms and counts.counts[terms[0]] > WIDE * counts.total else None


def is_rare(term: int, counts: TermCounts) -> bool:
    """Whether a context is on so few events that a text which names it is near it in subject."""
    return 0 < counts.counts.get(term, 0) <= max(RARE * counts.total, RARE_LEAST)


def names_it(each: Scored, name: str) -> bool:
    """Whether all words of a context's name are among a candidate's."""
    words = words_of_name(name)
    return bool(words) and all(word_term(word) in each.words for word in words)


def rarest_words(each: Scored, asked: Asked, counts: TermCounts) -> tuple[int, ...]:
    """The terms of the rarest words that the event and its candidate share, without the common ones."""
    most = max(COMMON * counts.total, RARE_LEAST)
    both = [term for term in each.words if term in asked.words and counts.counts[term] <= most]
    return tuple(sorted(both, key=lambda term: (counts.counts[term], term))[:WORDS])
