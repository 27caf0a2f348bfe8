"""Which revisions are kept: a rule that can be told in four sentences, and the work of following it.

Kept for ever are the first and the newest revision of an entry, every one that the public could read, and
every one that moved its state or its moments. Of the last `EVENTS_REVISIONS_KEEP_DAYS` days all are kept. Of
the rest of the year before that, the last of each day; of older ones, the last of each month.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, islice, pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, F, QuerySet, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Lead
from django.utils import timezone

from events.conf import conf
from events.models import Revision
from events.querysets import PUBLISHED
from events.workflow.kinds import KINDS

# Entries looked at in one transaction.
BATCH = 200
YEAR = timedelta(days=365)


class Version(NamedTuple):
    """What the rule needs to know of a revision; `until` is when the next one took its place."""

    pk: int
    entry: int
    version: int
    made_at: datetime
    until: datetime | None
    state: str | None
    publish_at: str | None
    embargo_until: str | None

    @property
    def course(self) -> tuple:
        return self.state, self.publish_at, self.embargo_until

    def was_public(self, *, now: datetime) -> bool:
        """Whether the public could read the entry as this revision has it, at any moment until `now`."""
        if self.state != PUBLISHED or self.publish_at is None:
            return False
        moments = [datetime.fromisoformat(text) for text in (self.publish_at, self.embargo_until) if text]
        until = min(self.until or now, now)
        return max(moments) < until or (self.until is None and max(moments) <= now)


def with_course(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """With state and moments out of the snapshots, which are not read whole, and `until`."""
    return revisions.annotate(
        state=KT("snapshot__state"),
        publish_at=KT("snapshot__publish_at"),
        embargo_until=KT("snapshot__embargo_until"),
        # Of an event or of an article: the other of the two is empty.
        until=Window(Lead("made_at"), partition_by=[F("event"), F("article")], order_by=F("version").asc()),
    )


def versions(revisions: QuerySet[Revision], owner: str) -> Iterator[Version]:
    """The revisions of whole entries of one kind, entry by entry and oldest first."""
    names = ("pk", owner, *Version._fields[2:])
    rows = with_course(revisions).order_by(owner, "version").values_list(*names)
    return (Version(*row) for row in rows.iterator())


def superfluous(history: Sequence[Version], *, now: datetime, keep_days: int) -> list[int]:
    """The keys of those revisions of one entry, oldest first, that the rule lets go."""
    recent = now - timedelta(days=keep_days)
    last_of: dict[Any, int] = {span(version, recent=recent): version.pk for version in history}
    return [
        version.pk
        for before, version in pairwise(history[:-1])
        if version.made_at < recent
        and before.course == version.course
        and last_of[span(version, recent=recent)] != version.pk
        and not version.was_public(now=now)
    ]


def span(version: Version, *, recent: datetime) -> tuple:
    """The day or the month of which this revision may be the last."""
    day = timezone.localtime(version.made_at).date()
    if version.made_at >= recent - YEAR:
        return day.year, day.month, day.day
    return day.year, day.month


def thin(*, now: datetime | None = None, is_dry: bool = False) -> Iterator[tuple[int, int]]:
    """Follow the rule; yields for each batch the numbers of entries looked at and of revisions that went."""
    now = now or timezone.now()
    for owner in KINDS:
        yield from thin_kind(owner, now=now, is_dry=is_dry)


def thin_kind(owner: str, *, now: datetime, is_dry: bool) -> Iterator[tuple[int, int]]:
    """The same for the entries of one kind."""
    keep_days = conf.REVISIONS_KEEP_DAYS
    old = Revision.objects.filter(
        made_at__lt=now - timedelta(days=keep_days), **{f"{owner}__isnull": False}
    ).order_by()
    entries = old.values(owner).annotate(number=Count("pk")).filter(number__gt=1).order_by(owner)
    left = iter(list(entries.values_list(owner, flat=True)))
    while batch := list(islice(left, BATCH)):
        with transaction.atomic():
            rows = versions(Revision.objects.filter(**{f"{owner}__in": batch}), owner)
            gone = [
                pk
                for _entry, history in groupby(rows, key=attrgetter("entry"))
                for pk in superfluous(list(history), now=now, keep_days=keep_days)
            ]
            if not is_dry:
                Revision.objects.filter(pk__in=gone).delete()
        yield len(batch), len(gone)
