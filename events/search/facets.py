"""Facets: how the matches that were read divide by context, source, category and year.

The entries of the index carry the keys of what they may be narrowed by, so that counting is adding up in
memory, and only the commonest are looked up by name.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from events.models import Context, Publisher
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
    keys = Counter(key for match in matches for key in match.keys.split())
    contexts, publishers = _commonest(keys, CONTEXT), _commonest(keys, PUBLISHER)
    context_names = Context.objects.only("slug", "name").in_bulk(contexts) if contexts else {}
    publisher_names = Publisher.objects.only("host", "name").in_bulk(publishers) if publishers else {}
    categories = Counter(match.category for match in matches if match.category)
    years = Counter(match.date.year for match in matches)
    return FacetCounts(
        contexts=tuple(
            FacetCount(context_names[pk].slug, context_names[pk].name, count)
            for pk, count in contexts.items()
            if pk in context_names
        ),
        publishers=tuple(
            FacetCount(publisher_names[pk].host, publisher_names[pk].name, count)
            for pk, count in publishers.items()
            if pk in publisher_names
        ),
        categories=tuple(FacetCount(name, name, count) for name, count in categories.most_common(FACET_SIZE)),
        years=tuple(FacetCount(str(year), str(year), years[year]) for year in sorted(years, reverse=True)),
    )


def _commonest(keys: Counter[str], kind: str) -> dict[int, int]:
    """The counts of the commonest keys of a kind, by primary key, most first."""
    counts = Counter({int(key[len(kind) :]): count for key, count in keys.items() if key.startswith(kind)})
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:FACET_SIZE])
