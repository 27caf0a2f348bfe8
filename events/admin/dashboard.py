"""The front page of the admin: what needs somebody, what happens today, and what goes wrong by itself.

Each part reads some rows by an index, or what a worker worked out (`events.reports`): it costs the same at
any number of entries. Who may not see events has Django's own front page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.event_list import state_of
from events.admin.needs import needs, unsaved_texts
from events.admin.reports import whose
from events.admin.waiting import KINDS, EntryRow
from events.conf import conf
from events.dates import start_of_day
from events.models import Entry, NewsroomReport, Revision, SourcePage
from events.reports import origins, silences
from events.reports.days import entries_a_day
from events.reports.dead_links import dead_links, missing_pages
from events.reports.kept import kept

# Rows of a part; the list behind it has them all.
SHOWN = 5
# Of what a worker worked out so many rows are looked at anew, since some may hold no more.
LOOKED_AT = 20
CHART_DAYS, EMPTY_DAYS = 56, 28


@dataclass(frozen=True, slots=True)
class Row(EntryRow):
    """An entry of today, with its state in a word."""

    entry: Entry
    badge: str
    state: str


@dataclass(frozen=True, slots=True)
class Today:
    """Some entries of today, with the list that has all of them."""

    name: str
    title: str | Promise
    rows: list[Row]
    has_more: bool
    path: str


def front(request: HttpRequest) -> HttpResponse:
    extra: dict[str, Any] = {}
    if request.user.has_perm("events.view_event"):
        extra = {"title": _("Dashboard"), "desk": desk(request, now=timezone.now())}
    return admin.site.index(request, extra)


def desk(request: HttpRequest, *, now: datetime) -> dict[str, Any]:
    """All parts as this user sees them, in a constant number of queries."""
    user, today = request.user, timezone.localdate(now)
    by = whose(user)
    made = kept([silences.NAME, origins.NAME])
    days = entries_a_day(until=today, days=CHART_DAYS, now=now)
    return {
        "today": today,
        "zone": timezone.get_current_timezone_name(),
        "is_own": by is not None,
        "needs": [queue for queue in needs(user, now=now) if queue.entries],
        "unsaved": unsaved_texts(request),
        "of_today": [of_day(today, by=by), going_live(today)],
        "dead_links": dead_links(list(missing_pages(by=by)[:SHOWN]), by=by)[:SHOWN],
        "looked_at": SourcePage.objects.order_by("-checked_at").values_list("checked_at", flat=True).first(),
        "is_looking": bool(conf.FETCH_SOURCES),
        "silences": silent_part(made.get(silences.NAME), today=today, now=now),
        "single": single_part(made.get(origins.NAME), by=by, now=now),
        "days": days,
        "busiest": max(days, key=days.__getitem__),
        "entries": sum(days.values()),
        "chart_rows": [(day, number, list_of_day(day)) for day, number in reversed(days.items())],
        "empty_days": empty_days(days),
    }


def list_of_day(day: date) -> str:
    """The list of events of one day."""
    values = {"date__year": day.year, "date__month": day.month, "date__day": day.day}
    return f"{reverse('admin:events_event_changelist')}?{urlencode(values)}"


def of_day(today: date, *, by: Any) -> Today:
    """Entries whose day is today, in every state; of what is not published, a reporter sees their own."""
    rows = []
    for model in KINDS:
        found = model.objects.on(today)
        if by:
            own = Revision.objects.filter(made_by=by.pk, **{model.OWNER: OuterRef("pk")})
            found = found.filter(Q(Exists(own)) | Q(state=Entry.State.PUBLISHED))
        rows += listed(found.order_by("pk"))
    return part("of-today", gettext_lazy("Of this day"), rows, list_of_day(today))


def going_live(today: date) -> Today:
    """What came out today or will, in the order in which it does."""
    zone = timezone.get_current_timezone()
    start, end = start_of_day(today, zone), start_of_day(today + timedelta(days=1), zone)
    rows = []
    for model in KINDS:
        found = model.objects.filter(state=Entry.State.PUBLISHED, visible_at__gte=start, visible_at__lt=end)
        rows += listed(found.order_by("visible_at", "-pk"))
    rows.sort(key=lambda row: row.entry.visible_at)
    values = {
        "state__exact": "published",
        "visible_at__gte": start.isoformat(),
        "visible_at__lt": end.isoformat(),
    }
    path = f"{reverse('admin:events_event_changelist')}?{urlencode(values)}"
    return part("live-today", gettext_lazy("Going live today"), rows, path)


def listed(entries: QuerySet) -> Iterable[Row]:
    entries = entries.defer("body", "retraction_notice")
    return [Row(entry, *state_of(entry)) for entry in entries[: SHOWN + 1]]


def part(name: str, title: str | Promise, rows: list[Row], path: str) -> Today:
    return Today(name, title, rows[:SHOWN], len(rows) > SHOWN, path)


def silent_part(made: NewsroomReport | None, *, today: date, now: datetime) -> dict[str, Any]:
    found = silences.silences_in(made.facts if made else [], today=today)[:LOOKED_AT]
    return {"made": made, "rows": silences.still_silent(found, today=today, now=now)[:SHOWN]}


def single_part(made: NewsroomReport | None, *, by: Any, now: datetime) -> dict[str, Any]:
    """The share of the last four weeks and of the four before, week by week, and the latest such entries."""
    if made is None:
        return {"made": None}
    weeks, half = origins.weeks_in(made.facts), origins.WEEKS // 2
    shares = [
        origins.percent(sum(week.single for week in some), sum(week.entries for week in some))
        for some in (weeks[:half], weeks[half:])
    ]
    pks = origins.singles_in(made.facts, by=by)[:LOOKED_AT]
    return {
        "made": made,
        "weeks": weeks,
        "share": shares[0],
        "before": shares[1],
        "had_entries": any(week.entries for week in weeks[half:]),
        "single": sum(week.single for week in weeks[:half]),
        "entries": sum(week.entries for week in weeks[:half]),
        "rows": origins.still_single(pks, now=now)[:SHOWN],
    }


def empty_days(days: dict[date, int]) -> list[date]:
    """The days of the last four weeks without an entry, the latest first; today may yet get one."""
    today = max(days)
    first = today - timedelta(days=EMPTY_DAYS)
    return [day for day, number in reversed(days.items()) if not number and first <= day < today]
