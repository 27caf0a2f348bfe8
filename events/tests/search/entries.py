"""Entries for the tests of search, written as the newsroom does: rows first, then all that is derived."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from events import derived
from events.models import Context, Event

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def publish(
    headline: str, *, contexts: Sequence[str] = (), sources: Sequence[str] = (), **fields: Any
) -> Event:
    """An event with contexts by name and sources as "label host"; public at `NOW` unless told otherwise."""
    values = {"date": date(2024, 5, 1), "state": "published", "publish_at": datetime(2024, 5, 2, tzinfo=UTC)}
    event = Event.objects.create(headline=headline, **(values | fields))
    event.contexts.put(Context.objects.resolve(list(contexts)))
    for position, source in enumerate(sources, 1):
        label, _blank, host = source.rpartition(" ")
        event.citations.create(position=position, label=label, url=f"https://{host}/{event.pk}")
    derived.refresh([event.pk], now=NOW)
    return event
