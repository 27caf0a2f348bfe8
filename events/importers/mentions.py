"""Entries that are known only from other pages' related lists: gathered in a run, written at its end."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from events.importers.records import EventRecord, MentionRecord, Record
from events.importers.seen import Repeat, Seen
from events.models import Event
from events.text.folding import fold


def with_mentions(records: Iterable[Record], where: str) -> Iterator[Record | Repeat]:
    """The records of a run, each once, and after them the entries that only their related lists name."""
    seen = Seen()
    mentions = Mentions()
    for record in seen.first(records):
        if isinstance(record, EventRecord):
            mentions.add(record)
            # Nobody asks for the list again, and it may be longer than the rest.
            record.related = []
        yield record
    yield from (record for record in mentions.records(where) if not seen.has(record.import_ref))


class Mentions:
    """The mentions of one run by import reference, each with all that any page says of it."""

    def __init__(self) -> None:
        self.found: dict[str, MentionRecord] = {}

    def add(self, record: EventRecord) -> None:
        for mention in record.related:
            known = self.found.get(mention.import_ref)
            if known is None:
                self.found[mention.import_ref] = replace(
                    mention, language=mention.language or record.language
                )
            else:
                known.shared = list(dict.fromkeys([*known.shared, *mention.shared]))
                known.old_addresses = list(dict.fromkeys([*known.old_addresses, *mention.old_addresses]))

    def records(self, where: str) -> Iterator[EventRecord]:
        """The mentions as incomplete entries."""
        for mention in self.found.values():
            yield EventRecord(
                import_ref=mention.import_ref,
                date=mention.date,
                headline=mention.headline,
                contexts=mention.shared,
                language=mention.language,
                is_incomplete=True,
                is_mention=True,
                old_addresses=mention.old_addresses,
                where=f"{where}: {mention.headline[:60]}",
            )


def without_twins(records: list[EventRecord]) -> list[EventRecord]:
    """Leave out the mentions of entries that stand on the same day with the same headline."""
    days = {record.date for record in records if record.is_mention}
    if not days:
        return records
    rows = Event.objects.filter(date__in=days).order_by()
    present = {
        (day, fold(headline)): ref
        for day, headline, ref in rows.values_list("date", "headline", "import_ref")
    }
    return [
        record
        for record in records
        if not record.is_mention
        or present.setdefault((record.date, fold(record.headline)), record.import_ref) == record.import_ref
    ]


def mentioned(records: Iterable[EventRecord], known: Container[Event]) -> dict[str, Event]:
    """By import reference, the incomplete entries of the same day and headline as a whole record.

    They came from another page's list under a reference of its own. Each goes to one record, and none that is
    in `known`: those are spoken for.
    """
    whole = [record for record in records if not record.is_incomplete]
    rows = Event.objects.filter(is_incomplete=True, date__in={record.date for record in whole})
    waiting = {
        (event.date, fold(event.headline)): event
        for event in rows.defer("body", "summary").order_by("-pk")
        if event not in known
    }
    found = {}
    for record in whole if waiting else ():
        if event := waiting.pop((record.date, fold(record.headline)), None):
            found[record.import_ref] = event
    return found
