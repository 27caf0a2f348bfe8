"""Story lines and turning points that come with an import, written when all its events are there."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from events.importers.columns import check_columns, check_lengths
from events.importers.directories import check_names
from events.importers.records import Record, StoryRecord
from events.importers.results import NEW, UNCHANGED, UPDATED, RowResult
from events.importers.seen import Repeat
from events.models import Context, Event, StoryLine, StoryLineAddress, TurningPoint
from events.text.folding import name_key
from events.text.slugs import slugify_name
from events.workflow import stories

SLUG_CHARS = StoryLineAddress._meta.get_field("slug").max_length


def without_stories(records: Iterable[Record | Repeat], kept: list[StoryRecord]) -> Iterator[Record | Repeat]:
    """The other records as they come; story lines, of which there are few, are kept for the end."""
    for record in records:
        if isinstance(record, StoryRecord):
            kept.append(record)
        else:
            yield record


def write_story(record: StoryRecord, *, now: datetime, is_dry_run: bool = False) -> RowResult:
    """Make or complete a story line and pin its turning points; what is pinned already stays.

    A dry run has taken the events of this import back, and so asks for none. Raises ValidationError.
    """
    if record.context:
        context = Context.objects.by_names([record.context]).get(name_key(record.context))
        if context is None:
            told = _("The field “%(field)s” names no context that is known.")
            raise ValidationError(told, params={"field": "context"})
        outcome, line = UNCHANGED, {"context": context}
    elif record.title:
        outcome, story_line = write_line(record, now=now)
        line = {"story_line": story_line}
    else:
        raise ValidationError(_("A story line needs a title, or the context whose story it is."))
    # What is told of a context's own line are its turning points: the first ones make it new.
    changed = UPDATED if TurningPoint.objects.filter(**line).exists() or record.title else NEW
    for point in record.turning_points:
        event = Event.objects.filter(
            Q(import_ref=point.import_ref) | Q(public_id=point.import_ref), merged_into=None
        ).first()
        if event is None and not is_dry_run:
            raise ValidationError(_("No entry has the id “%(id)s”."), params={"id": point.import_ref})
        if event and not TurningPoint.objects.filter(event=event, note=point.note, **line).exists():
            stories.pin(event, note=point.note, now=now, **line)
            outcome = outcome if outcome == NEW else changed
    return RowResult(record.where, outcome)


def write_line(record: StoryRecord, *, now: datetime) -> tuple[str, StoryLine]:
    """The line of the editors' that the record tells of, known by any slug that it ever had.

    Raises ValidationError.
    """
    check_columns(record, StoryLine)
    check_names(record.contexts)
    check_lengths("old_slugs", record.old_slugs, SLUG_CHARS)
    slug = record.slug or slugify_name(record.title)
    address = StoryLineAddress.objects.filter(slug=slug).select_related("story_line").first()
    line = address.story_line if address else StoryLine(slug=slug)
    before = facts_of(line) if address else None
    line.title = record.title
    for name in ("description", "first_day", "last_day"):
        setattr(line, name, getattr(record, name) or getattr(line, name))
    wanted = Context.objects.resolve(record.contexts) or (line.contexts.all() if before else [])
    told = (line.title, line.description, line.first_day, line.last_day, {found.pk for found in wanted})
    if before is None or told != before[:5]:
        stories.save(line, contexts=wanted, now=now)
    for old in record.old_slugs:
        StoryLineAddress.objects.get_or_create(slug=old, defaults={"story_line": line})
    if before is None:
        return NEW, line
    return (UNCHANGED if facts_of(line) == before else UPDATED), line


def facts_of(line: StoryLine) -> tuple:
    """All that a record can change."""
    return (
        line.title,
        line.description,
        line.first_day,
        line.last_day,
        set(line.contexts.values_list("pk", flat=True)),
        set(line.addresses.values_list("slug", flat=True)),
    )
