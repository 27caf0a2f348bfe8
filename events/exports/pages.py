"""One file a page, as the site serves it at the same address, in one format.

Pages of Markdown carry what only an import needs, beside what is public: the uploaded file of a cover,
what editors pinned and hid, the former slugs of a context.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from events.dates import day_path
from events.documents.contexts import context_page
from events.documents.days import day_page
from events.documents.event_pages import event_page_between, former_paths
from events.documents.links import entry_link
from events.documents.stories import story_page
from events.documents.types import ChosenDocument, EventPage, ListPage
from events.exports import rows
from events.exports.article_pages import article_files, with_original, without_pager
from events.exports.originals import Originals
from events.exports.records import decisions_of, old_slugs
from events.formats.base import Format
from events.models import Context, Event
from events.text.file_names import file_name


def write_pages(folder: Path, format: Format, *, now: datetime, originals: Originals) -> Iterator[str]:
    """Write the pages of all that is public: contexts, story lines, events, days, profiles and articles.

    Yields for each what it was.

    A context's page holds its newest events, a story line's its first ones, as their first pages on the site
    do; the days hold them all.
    """
    is_imported = format.extension == "md"
    for context in rows.contexts(now=now):
        page = without_pager(context_page([context], now=now))
        if is_imported:
            page = with_facts_of_import(page, context)
        place = folder / "contexts" / file_name(context.slug)
        write(place / f"index.{format.extension}", format.render_list(page))
        yield "context"
    for story in rows.told_stories(now=now):
        place = folder / "stories" / file_name(story.subject.slug)
        page = without_pager(story_page(story, now=now))
        write(place / f"index.{format.extension}", format.render_list(page))
        yield "story line"
    for before, event, after in with_neighbours(rows.events(now=now)):
        page = event_page_between(
            event,
            now=now,
            previous=entry_link(before) if before else None,
            next=entry_link(after) if after else None,
            former=former_paths(event),
        )
        if is_imported:
            page = with_own_facts(page, event)
            if page.event.cover:
                cover = with_original(page.event.cover, event.cover, originals)
                page = replace(page, event=replace(page.event, cover=cover))
        place = folder / day_path(event.date).strip("/")
        write(place / f"{file_name(event.slug)}.{format.extension}", format.render_event(page))
        yield "event"
        if after is None or after.date != event.date:
            day = day_page(event.date, now=now)
            write(place / f"index.{format.extension}", format.render_list(day))
            yield "day"
    for what, file, text in article_files(folder, format, now=now, originals=originals):
        write(file, text)
        yield what


def with_neighbours(events: Iterable[Event]) -> Iterator[tuple[Event | None, Event, Event | None]]:
    """Each event between the one before it and the one after it."""
    before = current = None
    for after in chain(events, [None]):
        if current is not None:
            yield before, current, after
        before, current = current, after


def with_facts_of_import(page: ListPage, context: Context) -> ListPage:
    (subject,) = page.subjects
    known = replace(
        subject, old_slugs=tuple(old_slugs(context)), is_not_for_related=not context.is_for_related
    )
    return replace(page, subjects=(known,))


def with_own_facts(page: EventPage, event: Event) -> EventPage:
    """The page with what editors pinned and hid; what they linked stands there."""
    decisions = decisions_of(event)
    pins, hidden = (
        tuple(ChosenDocument(**row) for row in decisions.get(name, ())) for name in ("pins", "hidden")
    )
    return replace(page, event=replace(page.event, pins=pins, hidden=hidden))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
