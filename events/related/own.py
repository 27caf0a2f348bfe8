"""What an event brings to the search for related ones: its vector, the rarity of its terms, its contexts, and
what editors decided about them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from django.db import connection

from events.models import Citation, Event
from events.querysets import PUBLISHED
from events.related.counts import TermCounts, known_at
from events.related.family import family_of
from events.related.steering import Steering, decisions_sql, steering_from
from events.related.tables import ask, numbers
from events.related.terms import EVERY
from events.related.vectors import Vector, vector_of
from events.sql import any_of
from events.text.folding import index_text


@dataclass(slots=True)
class Own:
    """Of some events by primary key: vectors, the names of contexts, and pairs of a context of theirs and the
    name of one that it lies under.

    `counts` holds at least their terms. `unpublished` events are not counted there. Who has no `steering` is
    unsteered. `covered` are the events that a public article tells of beside the event.
    """

    vectors: dict[int, Vector] = field(default_factory=dict)
    contexts: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    parents: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    counts: TermCounts = field(default_factory=TermCounts)
    steering: dict[int, Steering] = field(default_factory=dict)
    unpublished: set[int] = field(default_factory=set)
    covered: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


class Kind(IntEnum):
    """What a row of `SQL` tells."""

    VECTOR = 0
    COUNT = 1
    CONTEXT = 2
    PARENT = 3
    DECISION = 4
    STAMP = 5
    COVERED = 6


SQL = """
WITH own AS MATERIALIZED (
    SELECT event_id, day, visible_at, category, terms, weights FROM events_relatedvector
    WHERE event_id IN {pks}
)
SELECT {vector}, event_id, 0, '' AS name, day, visible_at, category, terms, weights FROM own
UNION ALL
SELECT {count}, term, events_count, '', 0, 0, 0, {nothing}, {nothing} FROM events_relatedterm
WHERE term IN ({terms} UNION ALL SELECT {every})
UNION ALL
SELECT {context}, t.event_id, c.id, c.name, 0, 0, 0, {nothing}, {nothing}
FROM events_tagging t JOIN events_context c ON c.id = t.context_id
WHERE t.event_id IN {pks} AND c.is_for_related
UNION ALL
SELECT {parent}, t.event_id, c.id, p.name, 0, 0, 0, {nothing}, {nothing}
FROM events_tagging t JOIN events_context c ON c.id = t.context_id
JOIN events_context_parents l ON l.from_context_id = c.id JOIN events_context p ON p.id = l.to_context_id
WHERE t.event_id IN {pks} AND c.is_for_related AND p.is_for_related
UNION ALL
SELECT {decision}, d.event_id, d.other_id, d.kind, d.day, 0, d.position, {nothing}, {nothing}
FROM ({decisions}) AS d
UNION ALL
SELECT {covered}, c.event_id, o.event_id, '', 0, 0, 0, {nothing}, {nothing}
FROM events_coverage c CROSS JOIN events_article a CROSS JOIN events_coverage o
WHERE c.event_id IN {pks} AND a.id = c.article_id AND a.state = %s AND a.visible_at <= %s
AND o.article_id = a.id AND o.event_id <> c.event_id
UNION ALL
SELECT {stamp}, 0, serial, CAST(changed_at AS text), 0, 0, 0, {nothing}, {nothing} FROM events_sitestamp
"""
TERMS_SQL = {
    "postgresql": "SELECT unnest(terms) FROM own",
    "sqlite": "SELECT value FROM own, json_each(own.terms)",
}


def own_of(events: Sequence[Event], *, now: datetime) -> Own:
    """What these events bring, in one query, and in a few more for those that are not published."""
    own = Own()
    marks, values = any_of([event.pk for event in events])
    decisions, decided = decisions_sql(marks, values, now=now)
    public = [PUBLISHED, connection.ops.adapt_datetimefield_value(now)]
    counts: dict[int, int] = {}
    rows: dict[int, list[tuple]] = defaultdict(list)
    sql = SQL.format(
        pks=marks,
        terms=TERMS_SQL[connection.vendor],
        nothing="NULL::bigint[]" if connection.vendor == "postgresql" else "NULL",
        every=EVERY,
        decisions=decisions,
        **{kind.name.lower(): kind.value for kind in Kind},
    )
    for kind, key, number, name, day, visible_at, category, terms, weights in ask(
        sql, [*values * 3, *decided, *values, *public]
    ):
        match kind:
            case Kind.VECTOR:
                own.vectors[key] = Vector(key, day, visible_at, category, numbers(terms), numbers(weights))
            case Kind.COUNT:
                counts[key] = number
            case Kind.CONTEXT:
                own.contexts[key][number] = name
            case Kind.PARENT:
                own.parents[key].append((number, name))
            case Kind.DECISION:
                rows[key].append((name, number, day, category))
            case Kind.COVERED:
                own.covered[key].add(number)
            case Kind.STAMP:
                own.counts = known_at((number, name))
    own.counts.add(counts)
    own.steering = steering_from(rows)
    if drafts := [event for event in events if event.pk not in own.vectors]:
        add_unpublished(own, drafts)
    return own


def add_unpublished(own: Own, events: Sequence[Event]) -> None:
    """What entries bring that no table knows, for the editors: their vectors are made from their rows.

    Without the aliases of their contexts, which count for little.
    """
    pks = [event.pk for event in events]
    publishers: dict[int, set[int]] = defaultdict(set)
    cited = Citation.objects.filter(event__in=pks, publisher__isnull=False).order_by()
    for pk, publisher in cited.values_list("event_id", "publisher_id"):
        publishers[pk].add(publisher)
    family = family_of({context for pk in pks for context in own.contexts[pk]})
    for event in events:
        own.unpublished.add(event.pk)
        own.vectors[event.pk] = vector_of(
            event.pk,
            date=event.date,
            visible_at=event.edited_at,
            category=event.category,
            headline=index_text(event.headline),
            summary=index_text(event.summary),
            contexts=family.names_of({pk: (name,) for pk, name in own.contexts[event.pk].items()}),
            publishers=publishers[event.pk],
        )
    own.counts = own.counts.need({term for event in events for term in own.vectors[event.pk].terms})
