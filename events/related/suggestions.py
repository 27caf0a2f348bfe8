"""Related stories: what the ranker finds that `EVENTS_RELATED_RANKER` names, as editors steer it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from events.conf import conf
from events.models import Event
from events.related import dayline, shared
from events.related.carried import Carried, carried_by
from events.related.steering import UNSTEERED, Steering
from events.related.suggestion import Ranked, Suggestion

RANKERS = {"dayline": dayline.suggest, "shared_newest": shared.newest, "shared_count": shared.most}


def related_to(
    event: Event, *, limit: int, now: datetime, contexts: Sequence[Carried] | None = None
) -> list[Suggestion]:
    """At most `limit` public events that have to do with `event`, best first, as editors steer them.

    At most three queries; whoever has read the event's `contexts` already passes them on.
    """
    given = None if contexts is None else {event.pk: contexts}
    return related_to_many([event], limit=limit, now=now, contexts=given)[event.pk]


def related_to_many(
    events: Sequence[Event],
    *,
    limit: int,
    now: datetime,
    contexts: Mapping[int, Sequence[Carried]] | None = None,
) -> dict[int, list[Suggestion]]:
    """`related_to` for each of `events` by primary key, in as many queries for all of them as for one.

    Of several events fewer candidates are looked at, because a list shows only the first few.
    """
    return related_and_steering(events, limit=limit, now=now, contexts=contexts)[0]


def related_and_steering(
    events: Sequence[Event],
    *,
    limit: int,
    now: datetime,
    contexts: Mapping[int, Sequence[Carried]] | None = None,
) -> Ranked:
    """The same with the decisions that steer them, of those events that have any."""
    if not events:
        return {}, {}
    ranked, steering = RANKERS[conf.RELATED_RANKER](events, limit=limit, now=now, contexts=contexts)
    return steered(ranked, steering, contexts, limit), steering


def steered(
    ranked: Mapping[int, list[Suggestion]],
    steering: Mapping[int, Steering],
    contexts: Mapping[int, Sequence[Carried]] | None,
    limit: int,
) -> dict[int, list[Suggestion]]:
    """The ranked suggestions of each event as its editors steer them.

    One query more where they chose what the ranking has not found: for the contexts that it shares.
    """
    known = {pk: {found.pk: found for found in suggestions} for pk, suggestions in ranked.items()}
    chosen = {other for pk in ranked for other in steering.get(pk, UNSTEERED).first if other not in known[pk]}
    carried = carried_by(chosen if contexts is not None else {*chosen, *ranked}) if chosen else {}
    contexts = carried if contexts is None else contexts
    answer = {}
    for pk, suggestions in ranked.items():
        decisions = steering.get(pk, UNSTEERED)
        for other in decisions.first:
            if other not in known[pk]:
                theirs = {context.pk for context in carried.get(other, ())}
                shared = tuple(own.pk for own in contexts.get(pk, ()) if own.pk in theirs)
                known[pk][other] = Suggestion(other, decisions.dates[other], shared)
        order = decisions.order((found.pk for found in suggestions), limit=limit)
        answer[pk] = [marked(known[pk][other], decisions) for other in order]
    return answer


def marked(suggestion: Suggestion, steering: Steering) -> Suggestion:
    """The suggestion with what editors said of it."""
    pk = suggestion.pk
    if pk not in steering.dates:
        return suggestion
    return replace(suggestion, is_pinned=pk in steering.pins, relation=steering.links.get(pk, ""))
