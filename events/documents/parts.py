"""What belongs to events, read for many at once as plain values: no model of any citation or context."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from events.documents.types import CitationDocument, PublisherRef
from events.models import Citation
from events.prepared import Slot, any_of, prepared
from events.related.carried import Carried, carried_by


@dataclass(frozen=True, slots=True)
class Parts:
    """The citations and contexts of some events, by the event's primary key."""

    citations: dict[int, list[CitationDocument]]
    contexts: dict[int, list[Carried]]


def read_parts(pks: Sequence[int]) -> Parts:
    """Two queries for any number of events."""
    return Parts(citations_of(pks), carried_by(pks)) if pks else Parts({}, {})


def citations_of(pks: Sequence[int]) -> dict[int, list[CitationDocument]]:
    """The citations of each event in order, numbered from 1."""
    found: dict[int, list[CitationDocument]] = defaultdict(list)
    for event, host, name, label, url, canonical_url, *rest in citation_rows(events=list(pks)):
        publisher = PublisherRef(host, name) if host else None
        citations = found[event]
        citations.append(CitationDocument(len(citations) + 1, label, url, canonical_url, publisher, *rest))
    return found


@prepared
def citation_rows(*, events: Slot) -> QuerySet:
    rows = Citation.objects.filter(event__in=any_of(events))
    return rows.order_by("event_id", "position", "pk").values_list(
        "event_id",
        "publisher__host",
        "publisher__name",
        "label",
        "url",
        "canonical_url",
        "agency",
        "carrier",
        "published_on",
        "accessed_on",
        "language",
        "is_paywalled",
        "quote",
    )
