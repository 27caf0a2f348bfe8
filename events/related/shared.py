"""The two plain rankers, for comparison: by the number of contexts shared, ties to the newest or the first.

`newest` is the rule of the older system that the project re-creates; `most` is what a count over the table
of tags gives, as taggit's `similar_objects`.

The work is bounded at any size: of each context at most `WINDOW` listings are read, the newest ones, by
one range of an index; the rarest contexts come first and at most `MAX_CONTEXTS` of an event are asked. What
the windows miss shares no context but those with more than `WINDOW` newer events.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection

from events.models import Event
from events.related.carried import Carried, carried_by
from events.related.steering import most_hidden, steering_of
from events.related.suggestion import Ranked, Suggestion

WINDOW = 200
WINDOW_MANY = 30
MAX_CONTEXTS = 12
MAX_CONTEXTS_MANY = 4


WINDOW_SQL = (
    "SELECT event_id FROM (SELECT event_id FROM events_contextlisting WHERE context_id = %s"
    " AND visible_at <= %s ORDER BY date DESC, event_id LIMIT %s)"
)


def newest(
    events: Sequence[Event], *, limit: int, now: datetime, contexts: Mapping[int, Sequence[Carried]] | None
) -> Ranked:
    """More shared contexts first, then the newer day, then the order of entry; two queries for all events."""
    return by_count(events, limit, now, contexts, lambda found: (-found.date.toordinal(), found.pk))


def most(
    events: Sequence[Event], *, limit: int, now: datetime, contexts: Mapping[int, Sequence[Carried]] | None
) -> Ranked:
    """More shared contexts first, then the order of entry; two queries for all events."""
    return by_count(events, limit, now, contexts, lambda found: (found.pk,))


def by_count(
    events: Sequence[Event],
    limit: int,
    now: datetime,
    contexts: Mapping[int, Sequence[Carried]] | None,
    tie: Callable[[Suggestion], tuple[int, ...]],
) -> Ranked:
    """Of several events narrower windows of fewer contexts are read: a list shows only the first few."""
    pks = [event.pk for event in events]
    steering = steering_of(pks, now=now)
    limit += most_hidden(pks, steering)
    if contexts is None:
        contexts = carried_by(pks)
    asked, window = (MAX_CONTEXTS, WINDOW) if len(events) == 1 else (MAX_CONTEXTS_MANY, WINDOW_MANY)
    own = {pk: rarest(contexts.get(pk, ()), asked) for pk in pks}
    carriers: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion in sharing({pk for contexts in own.values() for pk in contexts}, window=window, now=now):
        for context in suggestion.shared:
            carriers[context].append(suggestion)
    return {pk: rank(pk, contexts, carriers, limit, tie) for pk, contexts in own.items()}, steering


def rank(
    pk: int,
    contexts: list[int],
    carriers: Mapping[int, list[Suggestion]],
    limit: int,
    tie: Callable[[Suggestion], tuple[int, ...]],
) -> list[Suggestion]:
    """The first `limit` of those that carry `contexts`."""
    counts = Counter(found for context in contexts for found in carriers.get(context, ()))
    ranked = sorted(counts, key=lambda found: (-counts[found], *tie(found)))
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


def sharing(contexts: Collection[int], *, window: int, now: datetime) -> list[Suggestion]:
    """The public events in the windows of `contexts`, each with all of these that it carries.

    One query: the windows give the candidates, the primary key (event, context) what each shares.
    """
    if not contexts:
        return []
    contexts = sorted(contexts)
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
        " GROUP BY l.event_id, l.date"
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    values = [value for pk in contexts for value in (pk, moment, window)] + contexts
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [
            Suggestion(event, day, tuple(map(int, shared.split(","))))
            for event, day, shared in cursor.fetchall()
        ]
