"""Contexts that are usually used together with others: what the newest public events of those carry besides.

Bounded at any size: the rarest few contexts are asked, and of each the newest events, a range of one index.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import fsum

from django.db import connection

from events.suggestions.names import Known

# Contexts asked, the newest events read of each, and how many of those a companion must be on.
MOST_ASKED = 6
WINDOW = 100
LEAST_SHARED = 2
# Of the events of a context, the share that a companion must be on to be called usual.
LEAST_SHARE = 0.2

CARRIERS_SQL = (
    "SELECT {context} AS asked, event_id FROM (SELECT event_id FROM events_contextlisting"
    " WHERE context_id = %s AND visible_at <= %s ORDER BY date DESC, event_id LIMIT %s) AS w{context}"
)


@dataclass(frozen=True, slots=True)
class Companion:
    """A context that often goes with others (`beside`, the closest first); `score` is above 0."""

    context: Known
    beside: tuple[Known, ...]
    score: float


def companions(
    contexts: Collection[Known], *, limit: int, now: datetime, event: int | None = None
) -> list[Companion]:
    """At most `limit` contexts usually used together with these, the closest first, in one query.

    `event`, by primary key, does not count: it is the one that contexts are sought for. Nor do drafts.
    """
    asked = rarest(contexts)
    if not asked:
        return []
    own = {found.pk for found in contexts}
    scores: dict[Known, dict[Known, float]] = defaultdict(dict)
    for pk, found, shared, read in shared_events(asked, now=now, event=event):
        if found.pk not in own and shared / read >= LEAST_SHARE:
            near = closeness(shared, read, asked[pk].events_count, found.events_count)
            scores[found][asked[pk]] = near
    ranked = [
        Companion(found, tuple(sorted(near, key=lambda one: (-near[one], one.slug))), fsum(near.values()))
        for found, near in scores.items()
    ]
    return sorted(ranked, key=lambda row: (-row.score, row.context.slug))[:limit]


def rarest(contexts: Iterable[Known]) -> dict[int, Known]:
    """The `MOST_ASKED` rarest of these by primary key, of those that any event carries."""
    used = {found for found in contexts if found.events_count}
    used = sorted(used, key=lambda found: (found.events_count, found.slug))
    return {found.pk: found for found in used[:MOST_ASKED]}


def closeness(shared: int, read: int, own: int, other: int) -> float:
    """How close the other context is to this one, from 0 to 1.

    The share of this one's `read` events that carry the other one too, `shared` of them, made smaller by the
    fourth root of own / other where the other one is on more events: a hub is never close to a rare context.
    Few shared events are weak evidence: two count by a half, ten by five sixths.
    """
    return shared / read * min(1.0, (own / other) ** 0.25) * shared / (shared + 2)


def shared_events(
    contexts: Iterable[int], *, now: datetime, event: int | None = None
) -> list[tuple[int, Known, int, int]]:
    """(context, other context, events that carry both, events read), others on `LEAST_SHARED` events only."""
    contexts = list(contexts)
    moment = connection.ops.adapt_datetimefield_value(now)
    carriers = " UNION ALL ".join(CARRIERS_SQL.format(context=int(pk)) for pk in contexts)
    # CROSS JOIN holds SQLite to the order written: the few carriers first.
    sql = (
        f"WITH carriers AS ({carriers}), reads AS (SELECT asked, count(*) AS number FROM carriers"  # noqa: S608
        " WHERE event_id <> %s GROUP BY asked),"
        " pairs AS (SELECT w.asked, l.context_id, count(*) AS shared FROM carriers w"
        " CROSS JOIN events_contextlisting l WHERE l.event_id = w.event_id AND w.event_id <> %s"
        " AND l.context_id <> w.asked GROUP BY w.asked, l.context_id HAVING count(*) >= %s)"
        " SELECT p.asked, p.shared, r.number, c.id, c.name, c.slug, c.kind, c.events_count FROM pairs p"
        " JOIN reads r ON r.asked = p.asked JOIN events_context c ON c.id = p.context_id"
    )
    values = [value for pk in contexts for value in (pk, moment, WINDOW)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, event or 0, event or 0, LEAST_SHARED])
        return [(asked, Known(*facts), shared, read) for asked, shared, read, *facts in cursor.fetchall()]
