"""What waits for whom: my drafts, what is to be reviewed, approved or scheduled, and what came late.

Beside them a page tells who may do what, read from the table that the desk itself asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.event_list import state_of
from events.conf import conf
from events.models import DraftRevision, Event, Revision
from events.workflow import permissions, transitions

# Entries of each queue; the list with its filters has them all.
MOST = 50
LATE_DAYS = 7
FIELDS = ("pk", "headline", "short_headline", "date", "state", "publish_at", "embargo_until", "edited_at")
WAITING = (Event.State.DRAFT, Event.State.IN_REVIEW, Event.State.APPROVED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry of a queue: who made its last step, when, with which note; the moment that it waits for."""

    event: Event
    badge: str
    state: str
    by: str
    made_at: datetime | None
    note: str
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """`name` is its anchor; `moment` says what the moment of its entries is."""

    name: str
    title: str | Promise
    entries: Sequence[Waiting]
    moment: str | Promise = ""


class QueueDesk:
    """Mixed into the events' admin."""

    def get_urls(self) -> list:
        return [
            path("queues/", self.admin_site.admin_view(self.queues_view), name="events_event_queues"),
            path("roles/", self.admin_site.admin_view(self.roles_view), name="events_event_roles"),
            *super().get_urls(),
        ]

    def queues_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Queues"),
            "opts": self.opts,
            "queues": queues(request.user, now=now),
            "zone": timezone.get_current_timezone_name(),
            "now": now,
        }
        return TemplateResponse(request, "admin/events/event/queues.html", context)

    def roles_view(self, request: HttpRequest) -> HttpResponse:
        """Who may do what, and which steps there are."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who may do what"),
            "opts": self.opts,
            "groups": list(permissions.GROUPS),
            "acts": [
                (act.label, [group in permissions.holders(act.name) for group in permissions.GROUPS])
                for act in permissions.TABLE
            ],
            "steps": [
                (
                    step.title,
                    ", ".join(str(Event.State(state).label) for state in step.sources),
                    Event.State(step.target).label,
                    ", ".join(permissions.holders(step.act)),
                )
                for step in transitions.TRANSITIONS
            ],
            "four_eyes": conf.FOUR_EYES,
        }
        return TemplateResponse(request, "admin/events/event/roles.html", context)


def queues(user: AbstractBaseUser, *, now: datetime) -> list[Queue]:
    """All queues as this user sees them: two queries each at most."""
    waiting = Event.objects.only(*FIELDS)
    touched = Revision.objects.filter(made_by=user.pk).values("event")
    review, approved = (of_state(waiting, state) for state in (Event.State.IN_REVIEW, Event.State.APPROVED))
    mine = waiting.filter(state=Event.State.DRAFT, pk__in=touched).order_by("-edited_at", "pk")
    overdue = waiting.filter(state__in=WAITING, publish_at__lte=now).order_by("publish_at", "pk")
    return [
        Queue("mine", gettext_lazy("My drafts"), told(mine)),
        Queue("review", gettext_lazy("To be reviewed"), told(review)),
        Queue(
            "approved",
            gettext_lazy("Approved, not yet published"),
            told(approved),
        ),
        Queue("drafts", gettext_lazy("Draft revisions of published entries"), with_drafts()),
        Queue(
            "scheduled",
            gettext_lazy("Scheduled"),
            told(waiting.pending(now=now).order_by("visible_at", "pk"), moment="live"),
            gettext_lazy("goes live"),
        ),
        Queue(
            "overdue",
            gettext_lazy("Should be live by now"),
            told(overdue, moment="publish_at"),
            gettext_lazy("was planned for"),
        ),
        Queue(
            "late", gettext_lazy("Went live late this week"), late(now=now), gettext_lazy("was planned for")
        ),
    ]


def with_drafts() -> list[Waiting]:
    """Published entries of which a change waits, the longest first; who wrote it and why."""
    rows = DraftRevision.objects.filter(event__isnull=False).select_related("event", "written_by")
    return [
        Waiting(row.event, *state_of(row.event), str(row.written_by or "–"), row.written_at, row.note)
        for row in rows.defer("snapshot", "event__body", "event__summary").order_by("written_at", "pk")[:MOST]
    ]


def of_state(events: QuerySet[Event], state: str) -> QuerySet[Event]:
    """Those that have waited longest first."""
    return events.filter(state=state).order_by("edited_at", "pk")


def told(events: QuerySet[Event], *, moment: str = "") -> list[Waiting]:
    rows = list(events[:MOST])
    latest = Revision.objects.filter(event=OuterRef("event")).order_by("-version").values("pk")[:1]
    revisions = {
        row.event_id: row
        for row in Revision.objects.filter(event__in=[event.pk for event in rows], pk=Subquery(latest))
        .select_related("made_by")
        .defer("snapshot")
    }
    return [
        Waiting(
            event,
            *state_of(event),
            by=str(revisions[event.pk].made_by or _("import")),
            made_at=revisions[event.pk].made_at,
            note=revisions[event.pk].note,
            moment=goes_live(event) if moment == "live" else event.publish_at if moment else None,
        )
        for event in rows
        if event.pk in revisions
    ]


def goes_live(event: Event) -> datetime | None:
    return max(filter(None, (event.publish_at, event.embargo_until)), default=None)


def late(*, now: datetime) -> list[Waiting]:
    """What was published by hand after the moment that had been planned for it."""
    since = now - timedelta(days=LATE_DAYS)
    earlier = Revision.objects.filter(event=OuterRef("event"), version__lt=OuterRef("version"))
    before = earlier.order_by("-version").annotate(
        moment=KT("snapshot__publish_at"), was=KT("snapshot__state")
    )
    # By way of the events, whose index knows which came out this week.
    out = Event.objects.filter(state=Event.State.PUBLISHED, visible_at__range=(since, now))
    rows = (
        Revision.objects.filter(act="publish", made_at__gte=since, event__in=out.values("pk"))
        .annotate(
            planned=Subquery(before.values("moment")[:1]), state_before=Subquery(before.values("was")[:1])
        )
        .filter(planned__isnull=False)
        .select_related("made_by", "event")
        .defer("snapshot", "event__body", "event__summary")
        .order_by("-made_at")[:MOST]
    )
    found = []
    for row in rows:
        planned = datetime.fromisoformat(row.planned)
        if planned < row.made_at and row.state_before in WAITING:
            by = str(row.made_by or _("import"))
            found.append(Waiting(row.event, *state_of(row.event), by, row.made_at, row.note, planned))
    return found


def sent_back(event: Event) -> Revision | None:
    """The step by which an editor sent this draft back, if that was the last one."""
    if not event.pk or event.state != Event.State.DRAFT:
        return None
    last = event.revisions.exclude(act="").select_related("made_by").defer("snapshot").first()
    return last if last and last.act == "send_back" else None
