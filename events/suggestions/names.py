"""The contexts that texts name: one look-up in the index of names for all passages of all texts together.

Nothing is kept in memory, so every process knows a new alias at once, and a thousand names more cost nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db import connection

from events.sql import any_of
from events.suggestions.passages import Passage, passages
from events.suggestions.rules import stands_for


class Known(NamedTuple):
    """A context that has a name, and how many published events carry it."""

    pk: int
    name: str
    slug: str
    kind: str
    events_count: int


@dataclass(frozen=True, slots=True)
class Mention:
    """That a text names a context: from where to where, and by which of its names."""

    start: int
    end: int
    name: str
    is_alias: bool
    context: Known


NAMES_SQL = (
    "SELECT n.key, n.name, n.is_alias, c.id, c.name, c.slug, c.kind, c.events_count FROM events_contextname n"
    " JOIN events_context c ON c.id = n.context_id WHERE n.key IN"
)

# Texts whose passages are held at once: of a thousand they would take some fifty megabytes.
PART = 250

# A name as it is written, whether it is an alias, and whose it is.
Names = dict[str, tuple[str, bool, Known]]


def mentions_in(texts: Iterable[str]) -> Iterator[list[Mention]]:
    """What each of the texts names, in its order: the longest name at each place, none over another.

    A context comes once a text, where it is named first. One query for `PART` texts.
    """
    texts = iter(texts)
    while part := list(islice(texts, PART)):
        found = [passages(text) for text in part]
        names = names_by_key(passage.key for candidates in found for passage in candidates)
        for text, candidates in zip(part, found, strict=True):
            yield chosen(text, candidates, names)


def names_by_key(keys: Iterable[str]) -> Names:
    """The names that have these keys, in one query; none without keys."""
    asked = set(keys)
    if not asked:
        return {}
    marks, values = any_of(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"{NAMES_SQL} {marks}", values)
        return {
            key: (name, bool(is_alias), Known(*facts)) for key, name, is_alias, *facts in cursor.fetchall()
        }


def chosen(text: str, candidates: Iterable[Passage], names: Names) -> list[Mention]:
    """Of passages in the order of `passages`, those that are names and do not lie over one before."""
    found: dict[int, Mention] = {}
    reached = 0
    for start, end, key in candidates:
        if start < reached or key not in names:
            continue
        name, is_alias, context = names[key]
        if stands_for(text, start, end, name):
            found.setdefault(context.pk, Mention(start, end, name, is_alias, context))
            reached = end
    return list(found.values())
