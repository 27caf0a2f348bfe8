"""What vectors need to know of contexts beside their names: parents, and which ones tie no stories."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from events.related.vectors import ContextNames
from events.sql import any_of

SQL = """
SELECT p.from_context_id, c.name FROM events_context_parents p JOIN events_context c ON c.id = p.to_context_id
 WHERE p.from_context_id IN {pks} AND c.is_for_related
UNION ALL
SELECT id, NULL FROM events_context WHERE id IN {pks} AND NOT is_for_related
"""


@dataclass(frozen=True, slots=True)
class Family:
    """Names of parents by the context's primary key, and the keys of those not used for suggestions."""

    parents: Mapping[int, Sequence[str]]
    unused: Collection[int]
    # Many events have the same contexts.
    known: dict[int, ContextNames] = field(default_factory=dict)

    def names_of(self, contexts: Mapping[int, Collection[str]]) -> list[ContextNames]:
        """What these contexts, with all their names by key, the own one first, give to a vector."""
        return [
            self.known.get(pk) or self.named(pk, *names)
            for pk, names in contexts.items()
            if pk not in self.unused
        ]

    def named(self, pk: int, own: str, *aliases: str) -> ContextNames:
        # In one order whoever has read them: of a long entry the first words are kept.
        found = ContextNames(own, sorted(aliases), sorted(self.parents.get(pk, ())))
        self.known[pk] = found
        return found


def family_of(pks: Collection[int]) -> Family:
    """The family of these contexts, in one query."""
    marks, values = any_of(pks)
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(pks=marks), [*values, *values])
        rows = cursor.fetchall()
    parents: dict[int, list[str]] = defaultdict(list)
    for pk, name in rows:
        if name is not None:
            parents[pk].append(name)
    return Family(parents, {pk for pk, name in rows if name is None})
