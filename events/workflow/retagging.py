"""Other contexts for many entries at once, each by a recorded write: what merges, splits and removals do.

The door for single edits asks some thirty questions an entry, and a context may be on tens of thousands.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F
from django.utils import timezone

from events.models import Article, ArticleTagging, Context, Entry, Event, Revision, Tagging
from events.workflow.approval import check_approval, minds_approval
from events.workflow.kinds import KINDS
from events.workflow.snapshots import rows_of

BATCH = 500
TAGGINGS = {Event: Tagging, Article: ArticleTagging}

# What becomes of an entry's contexts; the same context twice counts once.
Change = Callable[[int, list[Context]], Sequence[Context]]


class Retagged(NamedTuple):
    """The key of an entry, and those of its contexts before and after."""

    entry: int
    before: list[int]
    after: list[int]


def retag(
    model: type[Entry],
    keys: Sequence[int],
    change: Change,
    *,
    by: AbstractBaseUser | None = None,
    note: str = "",
    now: datetime | None = None,
) -> list[Retagged]:
    """Give each of these entries the contexts that `change` makes of its key and its own.

    Must run in a transaction.
    """
    now = now or timezone.now()
    found = []
    for start in range(0, len(keys), BATCH):
        found += retag_batch(model, keys[start : start + BATCH], change, by=by, note=note, now=now)
    return found


def retag_batch(
    model: type[Entry],
    keys: Sequence[int],
    change: Change,
    *,
    by: AbstractBaseUser | None,
    note: str,
    now: datetime,
) -> list[Retagged]:
    """One batch, in a number of statements that does not grow with it."""
    kind, taggings = KINDS[model.OWNER], TAGGINGS[model]
    # The cover is another row, which nobody changes here.
    locked = model.objects.select_for_update(of=("self",))
    entries = list(locked.filter(pk__in=keys).select_related("cover").order_by("pk"))
    own = rows_of(entries, taggings, "content_object_id", "tag")
    before = {entry.pk: [row.tag for row in own[entry.pk]] for entry in entries}
    after = {pk: list(dict.fromkeys(change(pk, contexts))) for pk, contexts in before.items()}
    taggings.objects.filter(content_object__in=before).delete()
    taggings.objects.bulk_create(
        taggings(content_object_id=pk, tag=context, position=position)
        for pk, contexts in after.items()
        for position, context in enumerate(contexts)
    )
    # Of the moments only this one moves: state and schedule are as they were.
    model.objects.filter(pk__in=before).update(version=F("version") + 1, edited_at=now)
    for entry in entries:
        entry.version, entry.edited_at = entry.version + 1, now
    snapshots = dict(zip(before, kind.snapshots(entries), strict=True))
    for state, pks in mind_approval(entries, before, snapshots).items():
        model.objects.filter(pk__in=pks).update(state=state)
    Revision.objects.bulk_create(
        Revision(
            **{model.OWNER: entry},
            version=entry.version,
            made_at=now,
            made_by=by,
            note=note[:255],
            snapshot=snapshots[entry.pk],
        )
        for entry in entries
    )
    kind.refresh(list(before), now=now)
    return [
        Retagged(pk, [each.pk for each in was], [each.pk for each in after[pk]]) for pk, was in before.items()
    ]


def mind_approval(
    entries: Collection[Entry], before: dict[int, list[Context]], snapshots: dict[int, dict]
) -> dict[str, list[int]]:
    """Let approvals fall that the change touches; the keys of those entries by the state that they got."""
    moved = defaultdict(list)
    for entry in filter(minds_approval, entries):
        data, state = snapshots[entry.pk], entry.state
        check_approval(entry, data | {"contexts": [context.name for context in before[entry.pk]]}, data)
        if entry.state != state:
            data["state"] = str(entry.state)
            moved[entry.state].append(entry.pk)
    return moved


def carrying(model: type[Entry], contexts: Collection[int]) -> list[int]:
    """The keys of the entries with one of these contexts."""
    rows = TAGGINGS[model].objects.filter(tag__in=contexts).order_by("content_object")
    return list(rows.values_list("content_object", flat=True).distinct())
