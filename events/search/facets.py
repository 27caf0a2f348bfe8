"""Facets: how the matches that were read divide by context, source, category and year.

The entries of the index carry the keys of what they may be narrowed by, so that counting is adding up in
memory, and only the commonest are looked up by name.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from events.models import Context, Publisher
from events.prepared import Slot, any_of, prepared
from events.search.backends.base import Match
from events.search.keys import CONTEXT, PUBLISHER

FACET_SIZE = 12


@dataclass(frozen=True, slots=True)
class FacetCount:
    """`value` is a slug, a host, a category or a year; `title` its words."""

    value: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetCounts:
    contexts: tuple[FacetCount, ...] = ()
    publishers: tuple[FacetCount, ...] = ()
    categories: tuple[FacetCount, ...] = ()
    years: tuple[FacetCount, ...] = ()


def count_facets(matches: Sequence[Match]) -> FacetCounts:
    """The commonest values among public matches; years latest first. Two queries; none without matches."""
    if not matches:
        return FacetCounts()
    keys = Counter(" ".join([match.keys for match in matches]).split())
    contexts, publishers = _commonest(keys, CONTEXT), _commonest(keys, PUBLISHER)
    context_names = named(Context, "slug", contexts)
    publisher_names = named(Publisher, "host", publishers)
    categories = Counter(match.category for match in matches if match.category)
    # By name among equals: matches come in another order from each database.
    ranked = sorted(categories.items(), key=lambda row: (-row[1], row[0]))[:FACET_SIZE]
    years = Counter(match.date.year for match in matches)
    return FacetCounts(
        contexts=tuple(
            FacetCount(*context_names[pk], count) for pk, count in contexts.items() if pk in context_names
        ),
        publishers=tuple(
            FacetCount(*publisher_names[pk], count)
            for pk, count in publishers.items()
            if pk in publisher_names
        ),
        categories=tuple(FacetCount(name, name, count) for name, count in ranked),
        years=tuple(FacetCount(str(year), str(year), years[year]) for year in sorted(years, reverse=True)),
    )


def named(model: type[Model], key: str, pks: Collection[int]) -> dict[int, tuple[str, str]]:
    """The values of `key` and the names of these subjects, by primary key."""
    rows = names_of(model, key, subjects=list(pks)) if pks else []
    return {pk: (value, name) for pk, value, name in rows}


@prepared
def names_of(model: type[Model], key: str, *, subjects: Slot) -> QuerySet:
    return model.objects.filter(pk__in=any_of(subjects)).order_by().values_list("pk", key, "name")


def _commonest(keys: Counter[str], kind: str) -> dict[int, int]:
    """The counts of the commonest keys of a kind, by primary key, most first."""
    counts = {key: count for key, count in keys.items() if key.startswith(kind)}
    # Of the thousands of keys only those that may be among the commonest are worth a look.
    least = min(sorted(counts.values(), reverse=True)[:FACET_SIZE], default=0)
    ranked = sorted((-count, int(key[len(kind) :])) for key, count in counts.items() if count >= least)
    return {pk: -count for count, pk in ranked[:FACET_SIZE]}
