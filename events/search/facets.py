"""Facets: how the matches that were read divide by context, source, category and year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from events.models import ContextListing, PublisherListing
from events.search.backends.base import Match

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
    """The commonest values among public matches, years latest first. Two queries; none without matches."""
    if not matches:
        return FacetCounts()
    pks = [match.event_id for match in matches]
    years = Counter(match.date.year for match in matches)
    return FacetCounts(
        contexts=_listed(ContextListing, pks, "context__slug", "context__name"),
        publishers=_listed(PublisherListing, pks, "publisher__host", "publisher__name"),
        categories=_common(Counter(match.category for match in matches if match.category)),
        years=tuple(FacetCount(str(year), str(year), years[year]) for year in sorted(years, reverse=True)),
    )


def _listed(listing: type, pks: list[int], value: str, title: str) -> tuple[FacetCount, ...]:
    rows = (
        listing.objects.filter(event_id__in=pks)
        .values_list(value, title)
        .annotate(found=Count("event_id"))
        .order_by("-found", title, value)[:FACET_SIZE]
    )
    return tuple(FacetCount(*row) for row in rows)


def _common(counts: Counter[str]) -> tuple[FacetCount, ...]:
    commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:FACET_SIZE]
    return tuple(FacetCount(value, value, count) for value, count in commonest)
