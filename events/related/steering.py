"""What editors decide about related stories, and how it changes a ranking, whichever one it is.

A pin stands first, in the editors' order; then what is linked ("update of", "led to", "part of", seen from
either side), which outranks every signal; then the ranking's own order. What is hidden stands nowhere.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from events.models import EventLink, RelatedChoice, Relation
from events.querysets import PUBLISHED
from events.related.tables import ask
from events.sql import any_of

PIN, HIDE = RelatedChoice.Kind.PIN.value, RelatedChoice.Kind.HIDE.value
# The same link told from the other entry's side.
INVERSE = {
    EventLink.Kind.UPDATE_OF.value: Relation.UPDATED_BY.value,
    EventLink.Kind.LED_TO.value: Relation.RESULT_OF.value,
    EventLink.Kind.PART_OF.value: Relation.HAS_PART.value,
}
ORDER = {relation: place for place, relation in enumerate(Relation.values)}

# What was decided (a kind of choice or of link, a link of the other's with `inverse ` before it), about whom,
# of which day (an ordinal; None where that does not matter), in which place.
Decision = tuple[str, int, int | None, int]

ORDINALS = {
    "postgresql": "({0} - DATE '0001-01-01' + 1)",
    "sqlite": "CAST(julianday({0}) - 1721424.5 AS integer)",
}
# An event's own choices and links, then those of which it is the other side. Who has no date is hidden.
# CROSS JOIN holds SQLite to the order written: few decisions first, then a look at the entry of each. It
# would take "public", which nearly all are, for narrower.
SQL = """
SELECT c.event_id AS event_id, c.kind AS kind, c.other_id AS other_id, {day} AS day, c.position AS position
 FROM events_relatedchoice c CROSS JOIN events_event o
 WHERE c.event_id IN {pks} AND o.id = c.other_id
 AND (c.kind = 'hide' OR (o.state = %s AND o.visible_at <= %s))
UNION ALL
SELECT c.other_id, c.kind, c.event_id, NULL, 0 FROM events_relatedchoice c
 WHERE c.other_id IN {pks} AND c.both_sides
UNION ALL
SELECT l.event_id, l.kind, l.other_id, {day}, 0
 FROM events_eventlink l CROSS JOIN events_event o
 WHERE l.event_id IN {pks} AND o.id = l.other_id AND o.state = %s AND o.visible_at <= %s
UNION ALL
SELECT l.other_id, 'inverse ' || l.kind, l.event_id, {day}, 0
 FROM events_eventlink l CROSS JOIN events_event o
 WHERE l.other_id IN {pks} AND o.id = l.event_id AND o.state = %s AND o.visible_at <= %s
"""


@dataclass(frozen=True, slots=True)
class Steering:
    """The decisions about one event's related stories, by the others' primary keys.

    `pins` in the editors' order and `links` (with their `Relation`) in the order in which they are told
    hold public events alone; `dates` has the day of each. `hidden` holds whatever is hidden.
    """

    pins: tuple[int, ...] = ()
    links: Mapping[int, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    dates: Mapping[int, date] = field(default_factory=dict)

    @property
    def first(self) -> list[int]:
        """Those that stand before all that is ranked: pins, then links, without the hidden."""
        return [pk for pk in dict.fromkeys([*self.pins, *self.links]) if pk not in self.hidden]

    def order(self, ranked: Iterable[int], *, limit: int) -> list[int]:
        """The first `limit` keys of a ranking as the editors steer it; `ranked` is read no further."""
        chosen = self.first[:limit]
        known = {*chosen, *self.hidden}
        for pk in ranked:
            if len(chosen) >= limit:
                break
            if pk not in known:
                known.add(pk)
                chosen.append(pk)
        return chosen


UNSTEERED = Steering()


def most_hidden(pks: Iterable[int], steering: Mapping[int, Steering]) -> int:
    """So many more than it shows a ranking has to find for each event."""
    return max((len(steering.get(pk, UNSTEERED).hidden) for pk in pks), default=0)


def steering_of(pks: Collection[int], *, now: datetime) -> dict[int, Steering]:
    """The steering of those of these events that have any, in one query; others are `UNSTEERED`."""
    if not pks:
        return {}
    found: dict[int, list[Decision]] = defaultdict(list)
    for event, *row in ask(*decisions_sql(*any_of(pks), now=now)):
        found[event].append(tuple(row))
    return steering_from(found)


def decisions_sql(marks: str, values: list, *, now: datetime) -> tuple[str, list]:
    """The question for the decisions about events, as a sub-select too, with its parameters.

    `marks` and `values` name the events as `any_of` does. Rows are an event and a `Decision`.
    """
    public = [PUBLISHED, connection.ops.adapt_datetimefield_value(now)]
    sql = SQL.format(pks=marks, day=ORDINALS[connection.vendor].format("o.date"))
    return sql, [*values, *public, *values, *values, *public, *values, *public]


def steering_from(decisions: Mapping[int, Iterable[Decision]]) -> dict[int, Steering]:
    """The steering of each event that has decisions."""
    return {event: _steering(rows) for event, rows in decisions.items()}


def _steering(rows: Iterable[Decision]) -> Steering:
    pins: list[tuple[int, int]] = []
    links: list[tuple[bool, int, int, int, str]] = []
    hidden: set[int] = set()
    dates: dict[int, date] = {}
    for kind, other, day, position in rows:
        if kind == HIDE:
            hidden.add(other)
            continue
        dates[other] = date.fromordinal(day)
        if kind == PIN:
            pins.append((position, other))
        else:
            is_inverse = kind.startswith("inverse ")
            relation = INVERSE[kind.removeprefix("inverse ")] if is_inverse else kind
            links.append((is_inverse, ORDER[relation], day, other, relation))
    told: dict[int, str] = {}
    # An event's own word on another one counts before the other's word on it.
    for *_place, other, relation in sorted(links):
        told.setdefault(other, relation)
    return Steering(tuple(other for _position, other in sorted(pins)), told, frozenset(hidden), dates)
