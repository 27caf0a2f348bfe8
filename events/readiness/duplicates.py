"""Entries that may be about the event that is being written: they cite the same pages, or say the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from events.citations.urls import canonical_url
from events.models import Event, EventLink, SourcePage, Tagging
from events.readiness.drafts import Draft
from events.related.alike import Text, alike

MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another entry, with its citations and contexts, and whether it cites a page of the draft's."""

    event: Event
    cites_the_same: bool


def duplicates_of(draft: Draft, pages: Iterable[SourcePage]) -> list[Duplicate]:
    """At most `MOST_TOLD` other entries, drafts too, those that cite the same first; in ten queries at most.

    What the entry is linked with is no duplicate.
    """
    found = [Duplicate(event, True) for event in citing_the_same(draft, pages)[:MOST_TOLD]]
    left = MOST_TOLD - len(found)
    if left and draft.day:
        known = {duplicate.event.pk for duplicate in found}
        text = Text(draft.headline, draft.summary, draft.contexts, draft.day, draft.event)
        places = {row.event: place for place, row in enumerate(alike(text, limit=2 * MOST_TOLD))}
        if wanted := places.keys() - known:
            events = sorted(others(draft).filter(pk__in=wanted), key=lambda event: places[event.pk])
            found += [Duplicate(event, False) for event in events[:left]]
    return found


def citing_the_same(draft: Draft, pages: Iterable[SourcePage]) -> QuerySet:
    """The newest first. A page counts by its address and by the one that it calls its own."""
    keys = {canonical_url(source.url) for source in draft.sources} | {page.canonical for page in pages}
    keys.discard("")
    if not keys:
        return Event.objects.none()
    rows = others(draft).filter(citations__canonical_url__in=keys)
    return rows.distinct().order_by("-date", "pk")


def others(draft: Draft) -> QuerySet:
    """The entries that a draft could be the same as, with all that is shown of them."""
    linked = EventLink.objects.filter(event=draft.event).values("other")
    rows = Event.objects.filter(merged_into=None).exclude(pk=draft.event).exclude(pk__in=linked)
    return (
        rows.exclude(state=Event.State.RETRACTED)
        .only("pk", "headline", "short_headline", "summary", "date")
        .prefetch_related("citations", Prefetch("taggings", Tagging.objects.select_related("tag")))
    )
