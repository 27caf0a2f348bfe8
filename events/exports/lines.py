"""JSON Lines: contexts by slug, publishers by host, events by day and order of entry, then story lines."""

from collections.abc import Iterator
from datetime import datetime

from events.exports import rows
from events.exports.originals import Originals
from events.exports.records import context_record, event_record, publisher_record, story_record
from events.importers.jsonl_lines import dump_record


def lines(*, now: datetime, originals: Originals, is_whole: bool = False) -> Iterator[tuple[str, str]]:
    """Each line with what it tells of: "context", "publisher", "event" or "story line".

    With `is_whole` drafts, waiting and retracted entries are among them, and contexts and publishers that
    no public entry carries.
    """
    for context in rows.contexts(now=now, is_whole=is_whole):
        yield "context", dump_record(context_record(context))
    for publisher in rows.publishers(now=now, is_whole=is_whole):
        yield "publisher", dump_record(publisher_record(publisher))
    for event in rows.events(now=now, is_whole=is_whole):
        yield "event", dump_record(event_record(event, originals=originals))
    for story in rows.stories(now=now, is_whole=is_whole):
        yield "story line", dump_record(story_record(story))
