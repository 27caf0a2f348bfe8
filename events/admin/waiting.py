"""Entries of both kinds that wait for somebody or for their moment, read in a constant number of queries."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.event_list import state_of
from events.models import Article, DraftRevision, Entry, Event, Revision
from events.models.entries import visible_at

KINDS: tuple[type[Entry], ...] = (Event, Article)
# Entries of each queue; the lists with their filters have them all.
MOST = 50
LATE_DAYS = 7
FIELDS = ("pk", "headline", "date", "state", "publish_at", "embargo_until", "edited_at")


class EntryRow:
    """A row of a list that has entries of both kinds."""

    __slots__ = ()
    entry: Entry

    @property
    def change_view(self) -> str:
        """The name of the view in which it is edited."""
        return f"admin:events_{self.entry.OWNER}_change"

    @property
    def kind(self) -> str:
        """What it is, if it is no event."""
        return "" if isinstance(self.entry, Event) else str(self.entry._meta.verbose_name)


@dataclass(frozen=True, slots=True)
class Waiting(EntryRow):
    """An entry of a queue: who made its last step, when, with which note; the moment that it waits for."""

    entry: Entry
    badge: str
    state: str
    by: str
    made_at: datetime | None
    note: str
    moment: datetime | None = None
    by_pk: int | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """`name` is its anchor; `moment` says what the moment of its entries is."""

    name: str
    title: str | Promise
    entries: Sequence[Waiting]
    moment: str | Promise = ""


def queues(user: AbstractBaseUser, *, now: datetime) -> list[Queue]:
    """All queues as this user sees them: two queries each and for each kind of entry at most."""
    return [
        Queue("mine", gettext_lazy("My drafts"), mine(user)),
        Queue("review", gettext_lazy("To be reviewed"), of_state(Entry.State.IN_REVIEW)),
        Queue("approved", gettext_lazy("Approved, not yet published"), of_state(Entry.State.APPROVED)),
        Queue("drafts", gettext_lazy("Draft revisions of published entries"), with_drafts()),
        Queue("scheduled", gettext_lazy("Scheduled"), scheduled(now=now), gettext_lazy("goes live")),
        Queue(
            "overdue",
            gettext_lazy("Should be live by now"),
            overdue(now=now),
            gettext_lazy("was planned for"),
        ),
        Queue(
            "late", gettext_lazy("Went live late this week"), late(now=now), gettext_lazy("was planned for")
        ),
    ]


def mine(user: AbstractBaseUser) -> list[Waiting]:
    """Drafts that this user has written at, the last touched first."""

    def drafts(model: type[Entry]) -> QuerySet:
        rows = model.objects.filter(state=Entry.State.DRAFT, pk__in=touched(model, user))
        return rows.order_by("-edited_at", "pk")

    return of_both(drafts, order=lambda row: row.entry.edited_at, is_reversed=True)


def touched(model: type[Entry], user: AbstractBaseUser) -> QuerySet:
    """The keys of the entries that this user has written at."""
    return Revision.objects.filter(made_by=user.pk).values(model.OWNER)


def of_state(state: str) -> list[Waiting]:
    """Those that have waited longest first."""
    return of_both(
        lambda model: model.objects.filter(state=state).order_by("edited_at", "pk"),
        order=lambda row: row.entry.edited_at,
    )


def scheduled(*, now: datetime) -> list[Waiting]:
    """What time alone will show, in the order in which it comes out."""
    return of_both(
        lambda model: model.objects.pending(now=now).order_by("visible_at", "pk"),
        moment=visible_at,
        order=attrgetter("moment"),
    )


def overdue(*, now: datetime, by: AbstractBaseUser | None = None) -> list[Waiting]:
    """What had a moment and was not published by then; of one editor, what they have written at."""

    def rows(model: type[Entry]) -> QuerySet:
        # Keys first, off an index: asked for both at once, SQLite goes through what is published too.
        unpublished = model.objects.filter(state__in=Entry.UNPUBLISHED).order_by().values("pk")
        late = model.objects.filter(pk__in=unpublished, publish_at__lte=now)
        return (late.filter(pk__in=touched(model, by)) if by else late).order_by("publish_at", "pk")

    return of_both(
        rows,
        moment=attrgetter("publish_at"),
        order=attrgetter("moment"),
    )


def of_both(
    rows: Callable[[type[Entry]], QuerySet],
    *,
    moment: Callable[[Entry], datetime | None] = lambda entry: None,
    order: Callable[[Waiting], Any],
    is_reversed: bool = False,
) -> list[Waiting]:
    """At most `MOST` entries of both kinds in one order; `rows` gives those of a kind in the same."""
    found = [waiting for model in KINDS for waiting in told(model, rows(model), moment)]
    return sorted(found, key=order, reverse=is_reversed)[:MOST]


def told(
    model: type[Entry], entries: QuerySet, moment: Callable[[Entry], datetime | None]
) -> Iterable[Waiting]:
    """Entries with their last revisions, in two queries."""
    fields = (*FIELDS, "short_headline") if model is Event else FIELDS
    rows = list(entries.only(*fields)[:MOST])
    if not rows:
        return
    latest = Revision.objects.filter(**{model.OWNER: OuterRef(model.OWNER)}).order_by("-version")
    pks = [entry.pk for entry in rows]
    last = Revision.objects.filter(
        **{f"{model.OWNER}__in": pks}, pk=Subquery(latest.values("pk")[:1])
    ).select_related("made_by")
    revisions = {getattr(row, f"{model.OWNER}_id"): row for row in last.defer("snapshot")}
    for entry in rows:
        if revision := revisions.get(entry.pk):
            by = str(revision.made_by or _("import"))
            told_by = (by, revision.made_at, revision.note, moment(entry), revision.made_by_id)
            yield Waiting(entry, *state_of(entry), *told_by)


def with_drafts() -> list[Waiting]:
    """Published entries of which a change waits, the longest first; who wrote it and why.

    An entry that was merged into another one is never published again.
    """
    rows = (
        DraftRevision.objects.filter(event__merged_into=None)
        .select_related("event", "article", "written_by")
        .defer("snapshot", "event__body", "event__summary", "article__body")
    )
    return [
        Waiting(entry, *state_of(entry), str(row.written_by or "–"), row.written_at, row.note)
        for row in rows.order_by("written_at", "pk")[:MOST]
        if (entry := row.event or row.article)
    ]


def late(*, now: datetime) -> list[Waiting]:
    """What was published by hand after the moment that had been planned for it."""
    found = [waiting for model in KINDS for waiting in late_of(model, now=now)]
    return sorted(found, key=attrgetter("made_at"), reverse=True)[:MOST]


def late_of(model: type[Entry], *, now: datetime) -> Iterable[Waiting]:
    since, owner = now - timedelta(days=LATE_DAYS), model.OWNER
    earlier = Revision.objects.filter(**{owner: OuterRef(owner)}, version__lt=OuterRef("version"))
    before = earlier.order_by("-version").annotate(
        moment=KT("snapshot__publish_at"), was=KT("snapshot__state")
    )
    # By way of the entries, whose index knows which came out this week.
    out = model.objects.filter(state=Entry.State.PUBLISHED, visible_at__range=(since, now))
    rows = (
        Revision.objects.filter(act="publish", made_at__gte=since, **{f"{owner}__in": out.values("pk")})
        .annotate(
            planned=Subquery(before.values("moment")[:1]), state_before=Subquery(before.values("was")[:1])
        )
        .filter(planned__isnull=False)
        .select_related("made_by", owner)
        .defer("snapshot", f"{owner}__body")
        .order_by("-made_at")[:MOST]
    )
    for row in rows:
        planned = datetime.fromisoformat(row.planned)
        if planned < row.made_at and row.state_before in Entry.UNPUBLISHED:
            by = str(row.made_by or _("import"))
            yield Waiting(row.entry, *state_of(row.entry), by, row.made_at, row.note, planned)


def sent_back(entry: Entry) -> Revision | None:
    """The step by which an editor sent this draft back, if that was the last one."""
    if not entry.pk or entry.state != Entry.State.DRAFT:
        return None
    last = entry.revisions.exclude(act="").select_related("made_by").defer("snapshot").first()
    return last if last and last.act == "send_back" else None
