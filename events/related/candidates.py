"""The shared-context list: more shared contexts first, then newest.

The work is bounded at any size: of each context at most `WINDOW` listings are read, the newest ones, by
one range of an index; the rarest contexts come first and at most `MAX_CONTEXTS` of an event are asked. What
the windows miss shares no context but those with more than `WINDOW` newer events.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from events.models import Event
from events.related.carried import Carried, carried_by

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
    """A suggested event by primary key, with the primary keys of the contexts shared."""

    pk: int
    date: date
    shared: tuple[int, ...]


def related_to(
    event: Event, *, limit: int, now: datetime, contexts: Sequence[Carried] | None = None
) -> list[Suggestion]:
    """At most `limit` public events that share contexts with `event`, in one query.

    Ordered by the number of shared contexts, then the newer day, then the order of entry. Whoever has
    read the event's `contexts` already passes them on.
    """
    own = rarest(carried_by([event.pk])[event.pk] if contexts is None else contexts, MAX_CONTEXTS)
    found = sharing(own, window=WINDOW, now=now, limit=limit + 1)
    return [suggestion for suggestion in found if suggestion.pk != event.pk][:limit]


def related_to_many(
    events: Sequence[Event],
    *,
    limit: int,
    now: datetime,
    contexts: Mapping[int, Sequence[Carried]] | None = None,
) -> dict[int, list[Suggestion]]:
    """`related_to` for each of `events` by primary key, in one query for all of them.

    Reads narrower windows of fewer contexts an event, because a list shows only the first few.
    """
    if contexts is None:
        contexts = carried_by([event.pk for event in events])
    own = {event.pk: rarest(contexts.get(event.pk, ()), MAX_CONTEXTS_MANY) for event in events}
    asked = list(dict.fromkeys(pk for contexts in own.values() for pk in contexts))
    carriers: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion in sharing(asked, window=WINDOW_MANY, now=now):
        for context in suggestion.shared:
            carriers[context].append(suggestion)
    return {pk: rank(pk, contexts, carriers, limit) for pk, contexts in own.items()}


def rank(pk: int, contexts: list[int], carriers: dict[int, list[Suggestion]], limit: int) -> list[Suggestion]:
    """The first `limit` of those that carry `contexts`, by the rule of `related_to`."""
    counts = Counter(found for context in contexts for found in carriers.get(context, ()))
    ranked = sorted(counts, key=lambda found: (-counts[found], -found.date.toordinal(), found.pk))
    return [
        Suggestion(found.pk, found.date, tuple(c for c in contexts if c in found.shared))
        for found in ranked[: limit + 1]
        if found.pk != pk
    ][:limit]


def rarest(contexts: Sequence[Carried], most: int) -> list[int]:
    """Primary keys of the rarest of these contexts, the rarest first."""
    ranked = sorted(contexts, key=lambda found: (found.events_count, found.slug))
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
