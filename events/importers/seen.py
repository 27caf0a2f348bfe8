"""What a run has met already, so that a file that repeats itself is told so and does no work twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from events.importers.records import ArticleRecord, ContextRecord, EventRecord, PublisherRecord, Record


@dataclass(frozen=True, slots=True)
class Repeat:
    """An event whose import reference stood further up: it would be written over the other one."""

    import_ref: str
    where: str


class Seen:
    """Keeps a number of 64 bits for each record, not the record: a run may have millions."""

    def __init__(self) -> None:
        self.references: set[int] = set()
        self.facts: set[int] = set()

    def first(self, records: Iterable[Record]) -> Iterator[Record | Repeat]:
        """The records without those that came before: repeated references are told as such, and the
        contexts and publishers that every page of an export brings along are left out in silence."""
        for record in records:
            match record:
                case EventRecord():
                    yield (
                        record
                        if is_new(record.import_ref, self.references)
                        else Repeat(record.import_ref, record.where)
                    )
                case ArticleRecord():
                    # An event may have the same reference: a post that came in as both.
                    yield (
                        record
                        if is_new(f"article {record.import_ref}", self.references)
                        else Repeat(record.import_ref, record.where)
                    )
                case ContextRecord() | PublisherRecord():
                    if is_new(repr(replace(record, where="")), self.facts):
                        yield record
                case _:
                    yield record

    def has(self, reference: str) -> bool:
        """Whether an event with this import reference was among the records."""
        return hash(reference) in self.references


def is_new(text: str, known: set[int]) -> bool:
    """Whether `text` was not met before; it is from now on."""
    number = hash(text)
    if number in known:
        return False
    known.add(number)
    return True
