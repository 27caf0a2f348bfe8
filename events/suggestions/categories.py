"""The category that an entry probably has: that of most of the newest entries of its contexts.

Bounded as companions are: the rarest few contexts are asked, and of each the newest events.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from math import log
from typing import NamedTuple

from django.db import connection

from events.suggestions.names import Known
from events.suggestions.together import CARRIERS_SQL, WINDOW, rarest

# A category is proposed that has this share of a context's entries, of at least so many.
LEAST_SHARE, LEAST_EVENTS = 0.5, 3


class Filed(NamedTuple):
    """A category, and the context that speaks for it the most: `number` of its `read` newest entries."""

    category: str
    context: Known
    number: int
    read: int


def category_for(contexts: Collection[Known], *, now: datetime, event: int | None = None) -> Filed | None:
    """The category that these contexts speak for, in one query; None where they do not agree enough.

    Each context votes by the share of its entries, a rare one more than a hub: divided by the logarithm of
    its number of entries. `event`, by primary key, does not count.
    """
    asked = rarest(contexts)
    if not asked:
        return None
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, category, number in filed_events(list(asked), now=now, event=event):
        counts[pk][category] = number
    scores: dict[str, float] = defaultdict(float)
    for pk, found in counts.items():
        read = sum(found.values())
        for category, number in found.items():
            scores[category] += number / read / log(asked[pk].events_count + 2)
    for category in sorted(scores, key=lambda name: (-scores[name], name))[:1]:
        votes = [
            Filed(category, asked[pk], found[category], sum(found.values()))
            for pk, found in counts.items()
            if category in found
        ]
        best = max(votes, key=lambda vote: (vote.number / vote.read, vote.number, vote.context.slug))
        if best.category and best.number / best.read >= LEAST_SHARE and best.read >= LEAST_EVENTS:
            return best
    return None


def filed_events(
    contexts: Collection[int], *, now: datetime, event: int | None
) -> list[tuple[int, str, int]]:
    """(context, category or "", number of its newest public events that are filed so)."""
    moment = connection.ops.adapt_datetimefield_value(now)
    carriers = " UNION ALL ".join(CARRIERS_SQL.format(context=int(pk)) for pk in contexts)
    # CROSS JOIN holds SQLite to the order written: the few carriers first.
    sql = (
        f"WITH carriers AS ({carriers}) SELECT w.asked, e.category, count(*) FROM carriers w"  # noqa: S608
        " CROSS JOIN events_event e WHERE e.id = w.event_id AND w.event_id <> %s GROUP BY w.asked, e.category"
    )
    values = [value for pk in contexts for value in (pk, moment, WINDOW)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, event or 0])
        return cursor.fetchall()
