"""A report for imports: new records that may be about an event that the newsroom has already.

Asked before a batch is written, so only entries of earlier batches and of before count. Pages are looked up
for all records of a batch at once; a record that cites nothing known is compared by its words, in a few
queries.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from events.citations.urls import canonical_url
from events.importers.batch import find_known
from events.importers.records import EventRecord
from events.importers.results import DUPLICATE, RowResult
from events.models import Citation, Event
from events.related.alike import Text, alike
from events.sql import among
from events.text.excerpts import excerpt


def duplicates_in(records: Sequence[EventRecord]) -> Iterator[RowResult]:
    """A row for each record of a batch that is new and may be about a stored entry's event."""
    known = find_known(records)
    fresh = [record for record in records if record.import_ref not in known]
    cited = citing({canonical_url(citation.url) for record in fresh for citation in record.citations} - {""})
    for record in fresh:
        pages = (canonical_url(citation.url) for citation in record.citations)
        if event := next((cited[page] for page in pages if page in cited), None):
            words = _("“%(headline)s” (%(day)s) cites the same page.")
        elif event := told_alike(record):
            words = _("“%(headline)s” (%(day)s) is told in the same rare words.")
        else:
            continue
        values = {"headline": excerpt(event.title, chars=80), "day": event.date.isoformat()}
        yield RowResult(record.where, DUPLICATE, words % values, record.import_ref)


def citing(pages: set[str]) -> dict[str, Event]:
    """An entry for each of these canonical addresses that one cites, in one query."""
    rows = Citation.objects.filter(canonical_url__in=among(pages)).exclude(event__state=Event.State.RETRACTED)
    rows = rows.filter(event__merged_into=None).select_related("event").order_by("-event")
    return {row.canonical_url: row.event for row in rows}


def told_alike(record: EventRecord) -> Event | None:
    found = alike(Text(record.headline, record.summary, record.contexts, record.date), limit=1)
    return Event.objects.filter(pk=found[0].event).first() if found else None
