"""The four dates of an entry: which write moves which."""

from datetime import datetime

from events.models import Event


def settle_moments(event: Event, *, now: datetime, is_significant: bool = False) -> None:
    """Set the moments that a write at `now` moves.

    `edited_at` moves at every write. `first_published_at` is the moment the public first could read the
    entry: it follows the schedule until that has come and then stays for ever. `updated_at` moves only for
    a significant update of an entry that is live.
    """
    event.edited_at = now
    has_been_live = event.first_published_at is not None and event.first_published_at <= now
    if event.state == Event.State.PUBLISHED:
        event.publish_at = event.publish_at or now
        if not has_been_live:
            event.first_published_at = max(event.publish_at, event.embargo_until or event.publish_at)
        elif is_significant:
            event.updated_at = now
    elif not has_been_live:
        event.first_published_at = None
    if event.state == Event.State.RETRACTED:
        event.retracted_at = event.retracted_at or now
    else:
        event.retracted_at = None
