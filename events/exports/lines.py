"""JSON Lines: contexts by slug, publishers by host, events by day and order of entry, then story lines,
profiles by slug, and articles by day and order of entry."""

from collections.abc import Iterator
from datetime import datetime

from events.exports import rows
from events.exports.articles import article_record, profile_record
from events.exports.originals import Originals
from events.exports.records import context_record, event_record, publisher_record, story_record
from events.importers.jsonl_lines import dump_record


def lines(*, now: datetime, originals: Originals, is_whole: bool = False) -> Iterator[tuple[str, str]]:
    """Each line with what it tells of: "context", "publisher", "event", "story line", "profile" or "article".

    With `is_whole` drafts, waiting and retracted entries are among them, and contexts, publishers and
    profiles that no public entry names.
    """
    for context in rows.contexts(now=now, is_whole=is_whole):
        yield "context", dump_record(context_record(context))
    for publisher in rows.publishers(now=now, is_whole=is_whole):
        yield "publisher", dump_record(publisher_record(publisher))
    for event in rows.events(now=now, is_whole=is_whole):
        yield "event", dump_record(event_record(event, originals=originals))
    for story in rows.stories(now=now, is_whole=is_whole):
        yield "story line", dump_record(story_record(story))
    for profile in rows.profiles(now=now, is_whole=is_whole):
        yield "profile", dump_record(profile_record(profile, originals=originals))
    for article in rows.articles(now=now, is_whole=is_whole):
        yield "article", dump_record(article_record(article, originals=originals, is_whole=is_whole))
