"""The story lines that an event belongs to, for its own page."""

from datetime import datetime

from events.documents.builders import build_ref
from events.documents.rows import REF_FIELDS
from events.documents.types import StoryPlace, StoryRef
from events.models import Event
from events.stories.places import places_of


def story_places(event: Event, *, now: datetime) -> tuple[StoryPlace, ...]:
    """The story lines that an event belongs to, with its neighbours in each. One query."""
    return tuple(
        StoryPlace(
            StoryRef(place.title, place.slug),
            build_ref(place.previous) if place.previous else None,
            build_ref(place.next) if place.next else None,
        )
        for place in places_of(event.pk, event.date, fields=REF_FIELDS, now=now)
    )
