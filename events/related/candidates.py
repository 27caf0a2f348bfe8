"""The shared-context list: more shared contexts first, then newest.

The work is bounded at any size: of each context at most `WINDOW` listings are read, the newest ones, by
one range of an index; the rarest contexts come first and at most `MAX_CONTEXTS` of an event are asked. What
the windows miss shares no context but those with more than `WINDOW` newer events.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection

from events.models import Event
from events.related.carried import Carried, carried_by
from events.related.steering import UNSTEERED, Steering, steering_of

WINDOW = 200
WINDOW_MANY = 30
MAX_CONTEXTS = 12
MAX_CONTEXTS_MANY = 4


WINDOW_SQL = (
    "SELECT event_id FROM (SELECT event_id FROM events_contextlisting WHERE context_id = %s"
    " AND visible_at <= %s ORDER BY date DESC, event_id LIMIT %s)"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested event by primary key, with the primary keys of the contexts shared.

    `is_pinned` where an editor chose it; `relation` is how it is linked, a `Relation` or empty.
    """

    pk: int
    date: date
    shared: tuple[int, ...]
    is_pinned: bool = False
    relation: str = ""


def related_to(
    event: Event,
    *,
    limit: int,
    now: datetime,
    contexts: Sequence[Carried] | None = None,
    steering: Steering | None = None,
) -> list[Suggestion]:
    """At most `limit` public events that share contexts with `event`, in one query, as editors steer them.

    Ordered by the number of shared contexts, then the newer day, then the order of entry. Whoever has
    read the event's `contexts` and `steering` already passes them on.
    """
    contexts = carried_by([event.pk])[event.pk] if contexts is None else contexts
    if steering is None:
        steering = steering_of([event.pk], now=now).get(event.pk, UNSTEERED)
    own = rarest(contexts, MAX_CONTEXTS)
    found = sharing(own, window=WINDOW, now=now, limit=limit + len(steering.hidden) + 1)
    ranked = [suggestion for suggestion in found if suggestion.pk != event.pk]
    return steered({event.pk: ranked}, {event.pk: steering}, {event.pk: own}, limit)[event.pk]


def related_to_many(
    events: Sequence[Event],
    *,
    limit: int,
    now: datetime,
    contexts: Mapping[int, Sequence[Carried]] | None = None,
    steering: Mapping[int, Steering] | None = None,
) -> dict[int, list[Suggestion]]:
    """`related_to` for each of `events` by primary key, in one query for all of them.

    Reads narrower windows of fewer contexts an event, because a list shows only the first few.
    """
    if contexts is None:
        contexts = carried_by([event.pk for event in events])
    if steering is None:
        steering = steering_of([event.pk for event in events], now=now)
    own = {event.pk: rarest(contexts.get(event.pk, ()), MAX_CONTEXTS_MANY) for event in events}
    asked = list(dict.fromkeys(pk for contexts in own.values() for pk in contexts))
    carriers: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion in sharing(asked, window=WINDOW_MANY, now=now):
        for context in suggestion.shared:
            carriers[context].append(suggestion)
    ranked = {
        pk: rank(pk, contexts, carriers, limit + len(steering.get(pk, UNSTEERED).hidden))
        for pk, contexts in own.items()
    }
    return steered(ranked, steering, own, limit)


def steered(
    ranked: Mapping[int, list[Suggestion]],
    steering: Mapping[int, Steering],
    own: Mapping[int, Collection[int]],
    limit: int,
) -> dict[int, list[Suggestion]]:
    """The ranked suggestions of each event as its editors steer them.

    One query more where they chose what the ranking has not found: for the contexts that it shares.
    """
    known = {pk: {found.pk: found for found in suggestions} for pk, suggestions in ranked.items()}
    chosen = {other for pk in ranked for other in steering.get(pk, UNSTEERED).first if other not in known[pk]}
    carried = carried_by(chosen) if chosen else {}
    answer = {}
    for pk, suggestions in ranked.items():
        decisions = steering.get(pk, UNSTEERED)
        for other in decisions.first:
            if other not in known[pk]:
                theirs = {context.pk for context in carried.get(other, ())}
                shared = tuple(context for context in own[pk] if context in theirs)
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


def rank(pk: int, contexts: list[int], carriers: dict[int, list[Suggestion]], limit: int) -> list[Suggestion]:
    """The first `limit` of those that carry `contexts`, by the rule of `related_to`."""
    counts = Counter(found for context in contexts for found in carriers.get(context, ()))
    ranked = sorted(counts, key=lambda found: (-counts[found], -found.date.toordinal(), found.pk))
    return [
        Suggestion(found.pk, found.date, tuple(c for c in contexts if c in found.shared))
        for found in ranked[: limit + 1]
        if found.pk != pk
    ][:limit]


def rarest(contexts: Iterable[Carried], most: int) -> list[int]:
    """Primary keys of the rarest of these contexts that tie stories together, the rarest first."""
    ties = (found for found in contexts if found.is_for_related)
    ranked = sorted(ties, key=lambda found: (found.events_count, found.slug))
    return [found.pk for found in ranked[:most]]


def sharing(
    contexts: Collection[int], *, window: int, now: datetime, limit: int | None = None
) -> list[Suggestion]:
    """The public events in the windows of `contexts`, each with all of these that it carries.

    One query: the windows give the candidates, the primary key (event, context) what each shares.
    """
    if not contexts:
        return []
    # A LIMIT inside a UNION needs a sub-select on SQLite.
    windows = " UNION ".join(f"{WINDOW_SQL} AS w{number}" for number in range(len(contexts)))
    marks = ", ".join(["%s"] * len(contexts))
    joined = {"postgresql": "string_agg(l.context_id::text, ',')"}.get(
        connection.vendor, "group_concat(l.context_id)"
    )
    # CROSS JOIN holds SQLite to the order written: few candidates first, then a look-up for each.
    # "+ 0" keeps it from looking up every candidate with every context, a seek each: an event has few.
    sql = (
        f"SELECT l.event_id, l.date, {joined} FROM ({windows}) AS c"  # noqa: S608 (only marks are joined in)
        f" CROSS JOIN events_contextlisting l WHERE l.event_id = c.event_id AND l.context_id + 0 IN ({marks})"
        f" GROUP BY l.event_id, l.date ORDER BY count(*) DESC, l.date DESC, l.event_id"
        + (" LIMIT %s" if limit else "")
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    values = [value for pk in contexts for value in (pk, moment, window)] + [*contexts]
    with connection.cursor() as cursor:
        cursor.execute(sql, values + ([limit] if limit else []))
        return [
            Suggestion(event, day, tuple(map(int, shared.split(","))))
            for event, day, shared in cursor.fetchall()
        ]
