"""Dayline's own ranker: candidates by the rarest terms, ranked by all signals, varied."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache

from events.models import Event
from events.related.candidates import MANY, ONE, Candidate, Found, candidates_of
from events.related.carried import Carried
from events.related.own import Own, own_of
from events.related.ranking import Scored, ranked
from events.related.suggestion import Suggestion
from events.related.terms import WORD, context_term, contexts_named, field_of, word_term, words_of_name
from events.related.variety import NAMED_PLACE, RARE, RARE_LEAST, TIED_PLACE, WIDE, varied
from events.related.vectors import UNIT, Vector

# Shared words that a reason may name.
WORDS = 6


def suggest(
    events: Sequence[Event],
    *,
    limit: int,
    now: datetime,
    contexts: Mapping[int, Sequence[Carried]] | None,
) -> dict[int, list[Suggestion]]:
    """The best suggestions for each event by primary key, in two queries for all that are published.

    Several events are searched less deeply, because a list shows only the first few.
    """
    own = own_of(events)
    found = candidates_of(own, reach=ONE if len(events) == 1 else MANY, now=now)
    return {event.pk: best(event, own, found, limit) for event in events}


def best(event: Event, own: Own, found: Found, limit: int) -> list[Suggestion]:
    """The first `limit` of an event's candidates with what they share."""
    pk = event.pk
    vector = own.vectors[pk]
    names = {context_term(name): context for context, name in own.contexts[pk].items()}
    scored = ranked(vector, found.candidates.get(pk, ()), found)
    shared = {each.candidate.pk: exact(each.candidate, names) for each in scored}
    mine = {term for term in vector.terms if field_of(term) == WORD}
    scored = [
        each
        for each in scored
        if under(each.candidate, pk, own)
        or any(is_rare(term, found) for term in shared[each.candidate.pk])
        or not is_bare(each, vector, mine, shared[each.candidate.pk], own_names(pk, own))
    ]
    resting_on = {other: wide_base(terms, found) for other, terms in shared.items()}
    rare = [name for term, name in own_names(pk, own).items() if is_rare(term, found)]
    told = cache(lambda: contexts_named(f"{event.headline}\n{event.summary}"))

    def place_of(each: Scored) -> int | None:
        if under(each.candidate, pk, own):
            return TIED_PLACE
        is_named = any(names_it(each, name) for name in rare) or any(
            term in told() and is_rare(term, found) for term in each.candidate.terms
        )
        return NAMED_PLACE if is_named else None

    return [
        Suggestion(
            pk=each.candidate.pk,
            date=date.fromordinal(each.candidate.day),
            shared=tuple(names[term] for term in shared[each.candidate.pk]),
            under=under(each.candidate, pk, own),
            words=rarest_words(each, mine, found),
            score=each.score,
            signals=each.signals,
        )
        for each in varied(scored, limit=limit, resting_on=resting_on, place_of=place_of)
    ]


def wide_base(terms: Sequence[int], found: Found) -> int | None:
    """The rarest of these contexts if even that one is wide."""
    rarest = min(terms, key=lambda term: (found.counts[term], term), default=None)
    return rarest if rarest is not None and found.counts[rarest] > WIDE * found.total else None


def is_rare(term: int, found: Found) -> bool:
    """Whether a context is on so few events that a text which names it is near it in subject."""
    return 0 < found.counts.get(term, 0) <= max(RARE * found.total, RARE_LEAST)


def own_names(pk: int, own: Own) -> dict[int, str]:
    """The names of an event's contexts by their terms."""
    return {context_term(name): name for name in own.contexts[pk].values()}


def names_it(each: Scored, name: str) -> bool:
    """Whether all words of a context's name are among a candidate's."""
    words = words_of_name(name)
    return bool(words) and all(word_term(word) in each.words for word in words)


def is_bare(
    each: Scored, own: Vector, mine: set[int], shared: Sequence[int], names: Mapping[int, str]
) -> bool:
    """Whether all that ties a suggestion of another category is one context, by its name alone.

    An earthquake and a football match of one country are no story. Where either has no category, nothing is
    known of that.
    """
    if 0 in (own.category, each.candidate.category) or own.category == each.candidate.category:
        return False
    told = {word_term(word) for term in shared for word in words_of_name(names[term])}
    return len(shared) == 1 and not any(term in mine and term not in told for term in each.words)


def exact(candidate: Candidate, names: Mapping[int, int]) -> list[int]:
    """The terms of the event's own contexts that the candidate carries itself."""
    return [
        term
        for term, weight in zip(candidate.terms, candidate.weights, strict=True)
        if term in names and weight == UNIT
    ]


def under(candidate: Candidate, pk: int, own: Own) -> tuple[str, ...]:
    """The names of contexts that both lie under, or that one carries while the other lies under it."""
    has = dict(zip(candidate.terms, candidate.weights, strict=True))
    mine = own_names(pk, own)
    above = {context_term(name): name for name in own.parents[pk].values()}
    found = {above[term] for term in above if term in has and not (term in mine and has[term] == UNIT)}
    found |= {mine[term] for term in mine if term in has and has[term] != UNIT}
    return tuple(sorted(found))


def rarest_words(each: Scored, mine: set[int], found: Found) -> tuple[int, ...]:
    """The terms of the rarest words that the event and its candidate share."""
    both = [term for term in each.words if term in mine]
    return tuple(sorted(both, key=lambda term: (found.counts[term], term))[:WORDS])
