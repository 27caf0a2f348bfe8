"""Entries that cite the same pages as the one that is being written."""

from collections.abc import Iterable

from events.citations.urls import canonical_url
from events.models import Event, EventLink, SourcePage

MOST_TOLD = 3


def citing_the_same(urls: Iterable[str], pages: Iterable[SourcePage], *, but: int | None) -> list[Event]:
    """Other entries, drafts too, that cite a page of these addresses: the newest `MOST_TOLD`, in one query.

    A page counts by its address and by the one that it calls its own. `but` is the entry's own key; what it
    is linked with is no duplicate.
    """
    keys = {canonical_url(url) for url in urls} | {page.canonical for page in pages}
    keys.discard("")
    if not keys:
        return []
    found = Event.objects.filter(citations__canonical_url__in=keys, merged_into=None).exclude(pk=but)
    linked = EventLink.objects.filter(event=but).values("other")
    found = found.exclude(pk__in=linked).exclude(state=Event.State.RETRACTED)
    found = found.only("pk", "headline", "short_headline", "date")
    return list(found.distinct().order_by("-date", "pk")[:MOST_TOLD])
