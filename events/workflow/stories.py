"""The write door for story lines of the editors' and for turning points of any."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from events import derived
from events.models import Context, Event, StoryLine, TurningPoint


@transaction.atomic
def save(story_line: StoryLine, *, contexts: Iterable[Context], now: datetime | None = None) -> StoryLine:
    """Write a story line, new or changed, and find out which events belong to it.

    Raises ValidationError, also without a context: every event would carry all of none.
    """
    contexts = list(contexts)
    story_line.clean()
    StoryLine.check_contexts(contexts)
    # Not the whole row: a colleague's publication may have counted an event in the meantime.
    story_line.save(update_fields=StoryLine.EDITED if story_line.pk else None)
    story_line.contexts.set(contexts)
    derived.relist_story_line(story_line.pk, now=now)
    return story_line


@transaction.atomic
def delete(story_line: StoryLine, *, now: datetime | None = None) -> None:
    story_line.delete()
    derived.touch(now=now)


@transaction.atomic
def pin(
    event: Event,
    *,
    context: Context | None = None,
    story_line: StoryLine | None = None,
    note: str = "",
    now: datetime | None = None,
) -> TurningPoint:
    """Call an event a turning point of one story line; pinned again, it gets the new note."""
    point, _is_new = TurningPoint.objects.update_or_create(
        event=event, context=context, story_line=story_line, defaults={"note": note}
    )
    derived.touch(now=now)
    return point
