"""What merging two entries would move, for those who must decide; nothing is written."""

from dataclasses import dataclass

from events.models import Event
from events.workflow.merging import deciding_on, lacked_citations, lacked_points


@dataclass(frozen=True, slots=True)
class EventMergePlan:
    """What the entry that stays would gain, and whatever else would lead to it."""

    citations: tuple[str, ...]
    contexts: tuple[str, ...]
    takes_cover: bool
    addresses: int
    articles: int
    turning_points: int
    decisions: int
    deciding: int


def plan_event_merge(event: Event, *, into: Event) -> EventMergePlan:
    """Look at what `merge_events` would do."""
    have = set(into.taggings.values_list("tag", flat=True))
    carried = event.taggings.select_related("tag")
    return EventMergePlan(
        citations=tuple(citation.label or citation.url for citation in lacked_citations(event, into)),
        contexts=tuple(row.tag.name for row in carried if row.tag_id not in have),
        takes_cover=not into.cover_id and bool(event.cover_id),
        addresses=event.addresses.count(),
        articles=event.coverages.count(),
        turning_points=len(lacked_points(event, into)),
        decisions=sum(
            rows.exclude(other=into).exclude(other__in=known.values("other")).count()
            for rows, known in ((event.choices, into.choices), (event.links, into.links))
        ),
        deciding=sum(other != into for other in deciding_on(event)),
    )
