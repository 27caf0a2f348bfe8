"""Cited pages that nobody finds any more, as the checker of links left them (`events.sources.checking`)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet

from events.citations.urls import ARCHIVED, is_archived
from events.models import Citation, Event, SourcePage
from events.reports.owned import written_by

# One page may be cited by a whole story; of the citations of all pages of a list so many are shown.
MOST_CITATIONS = 500


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A citation whose page is gone, and whether its entry cites an archive's copy beside it."""

    page: SourcePage
    citation: Citation
    is_archived: bool

    @property
    def event(self) -> Event:
        return self.citation.event


def citations(by: AbstractBaseUser | None) -> QuerySet[Citation]:
    # The condition on the address is that of its index.
    rows = Citation.objects.exclude(canonical_url="").filter(event__state=Event.State.PUBLISHED)
    return rows.filter(written_by(by, event="event"))


def missing_pages(*, by: AbstractBaseUser | None = None) -> QuerySet[SourcePage]:
    """Pages that published entries cite, those that died last first; only of entries that `by` wrote at.

    An archive's copy has the canonical address of its page: cited instead of it, it is what one should do.
    """
    cited = citations(by).filter(canonical_url=OuterRef("key")).exclude(url__iregex=ARCHIVED)
    rows = SourcePage.objects.filter(Exists(cited), missing_since__isnull=False)
    return rows.order_by("-missing_since", "-pk")


def dead_links(pages: Sequence[SourcePage], *, by: AbstractBaseUser | None = None) -> list[DeadLink]:
    """The citations of these pages in their order; copies in archives stand for no dead link. One query."""
    cited = citations(by).filter(canonical_url__in=[page.key for page in pages])
    fields = ("event__date", "event__headline", "event__short_headline", "publisher__name", "publisher__host")
    rows = cited.select_related("event", "publisher").only(
        "label", "url", "canonical_url", "event", "publisher", *fields
    )
    of_page: dict[str, list[Citation]] = defaultdict(list)
    copied = set()
    for row in rows.order_by("-event__date", "event", "position")[:MOST_CITATIONS]:
        if is_archived(row.url):
            copied.add((row.canonical_url, row.event_id))
        else:
            of_page[row.canonical_url].append(row)
    return [
        DeadLink(page, row, (page.key, row.event_id) in copied) for page in pages for row in of_page[page.key]
    ]
