"""The four dates of an entry: which write moves which."""

from datetime import datetime

from events.models import Entry
from events.models.entries import visible_at


def settle_moments(entry: Entry, *, now: datetime, is_significant: bool = False) -> None:
    """Set the moments that a write at `now` moves.

    `edited_at` moves at every write. `first_published_at` is the moment the public first could read the
    entry: it follows the schedule until that has come and then stays for ever. `updated_at` moves only for
    a significant update of an entry that is live.
    """
    entry.edited_at = now
    has_been_live = entry.has_been_public(now=now)
    if entry.state == Entry.State.PUBLISHED:
        entry.publish_at = entry.publish_at or now
        if not has_been_live:
            entry.first_published_at = visible_at(entry)
        elif is_significant:
            entry.updated_at = now
    elif not has_been_live:
        entry.first_published_at = None
    if entry.state == Entry.State.RETRACTED:
        entry.retracted_at = entry.retracted_at or now
    else:
        entry.retracted_at = None
