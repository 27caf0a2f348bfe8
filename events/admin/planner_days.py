"""The planner's days: what a month or a week shows of the entries that stand on each day.

Four queries, whatever there is: for each kind of entry the numbers of each day, and the first few of each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Case, Count, DateField, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from events.admin.event_list import state_of
from events.admin.planner_view import View
from events.admin.waiting import KINDS, EntryRow
from events.dates import first_weekday, format_day, start_of_day
from events.models import Entry, Event
from events.models.entries import visible_at
from events.querysets import PUBLISHED
from events.workflow.day_moves import Reading, asks_first, may_move

# So many entries of a kind are shown on a day; the list has the others.
FIRST = {"month": 6, "week": 30}


@dataclass(frozen=True, slots=True)
class Planned(EntryRow):
    """An entry on its day."""

    entry: Entry
    badge: str
    state: str
    at: datetime | None
    may_move: bool
    asks_first: bool

    @property
    def key(self) -> str:
        return f"{self.entry.OWNER}-{self.entry.pk}"

    @property
    def span(self) -> str:
        """The month, year or range of days that an event is known by."""
        event = self.entry
        if not isinstance(event, Event) or (
            event.date_precision == Event.Precision.DAY and not event.end_date
        ):
            return ""
        return format_day(event.date, event.date_precision, end=event.end_date)


@dataclass(frozen=True, slots=True)
class More:
    """The entries of a kind that a day has beside those shown, and the list that has them all."""

    model: type[Entry]
    number: int
    address: str

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name_plural)


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `is_bare` is one that is over without anything that the public reads."""

    date: date
    is_today: bool
    is_bare: bool
    planned: list[Planned]
    more: list[More]

    @property
    def name(self) -> str:
        return f"{date_format(self.date, 'l')}, {format_day(self.date)}"

    @property
    def place(self) -> int:
        """The column of the calendar, counted from 1."""
        return (self.date.weekday() - first_weekday()) % 7 + 1


def days_of(view: View, *, by: AbstractBaseUser, now: datetime) -> Iterator[Day]:
    """The days of the view in order, with what the user may do to their entries."""
    today = timezone.localdate(now)
    numbers = [numbers_of(model, view, now=now) for model in KINDS]
    shown: dict[date, list[Planned]] = {}
    for model in KINDS:
        for entry in first_of(model, view, now=now):
            shown.setdefault(entry.stands_on, []).append(planned(entry, view.reading, by=by, now=now))
    day = view.first
    while day <= view.last:
        counts = [counted.get(day, (0, 0)) for counted in numbers]
        here = shown.get(day, [])
        more = [
            More(model, number - known, list_address(model, view, day))
            for model, (number, _public) in zip(KINDS, counts, strict=True)
            if number > (known := sum(isinstance(row.entry, model) for row in here))
        ]
        is_bare = day < today and not any(public for _number, public in counts)
        yield Day(day, day == today, is_bare, here, more)
        day += timedelta(days=1)


def of_view(model: type[Entry], view: View) -> QuerySet:
    """The entries of its days, each with the day on which it `stands_on`; by an index of days or moments."""
    rows = model.objects.filter(state__in=Entry.State.values)
    if model is Event:
        rows = rows.filter(merged_into=None)
    if view.reading.name == "day":
        return rows.between(view.first, view.last).annotate(stands_on=F("date"))
    zone = timezone.get_current_timezone()
    bounds = start_of_day(view.first, zone), start_of_day(view.last + timedelta(days=1), zone)
    rows = rows.filter(publish_at__isnull=False, visible_at__gte=bounds[0], visible_at__lt=bounds[1])
    return rows.annotate(stands_on=TruncDate("visible_at", tzinfo=zone, output_field=DateField()))


def in_state(state: str, *, now: datetime) -> Q:
    """The condition of a state as editors speak of it."""
    if state in ("published", "scheduled"):
        is_out = {"visible_at__lte" if state == "published" else "visible_at__gt": now}
        return Q(state=PUBLISHED, **is_out)
    return Q(state=state) if state else Q(pk__isnull=False)


def numbers_of(model: type[Entry], view: View, *, now: datetime) -> dict[date, tuple[int, int]]:
    """Of each day that has any, how many of the state looked for, and how many the public reads."""
    rows = of_view(model, view).order_by().values("stands_on")
    counted = rows.annotate(
        number=Count("pk", filter=in_state(view.state, now=now)),
        public=Count("pk", filter=in_state("published", now=now)),
    )
    return {
        day: (number, public) for day, number, public in counted.values_list("stands_on", "number", "public")
    }


def first_of(model: type[Entry], view: View, *, now: datetime) -> QuerySet:
    """The first entries of each day: what is not out before what is, or by the hour."""
    is_out = Case(When(in_state("published", now=now), then=Value(1)), default=Value(0))
    order = [is_out, F("pk")] if view.reading.name == "day" else [F("visible_at"), F("pk")]
    place = Window(RowNumber(), partition_by=[F("stands_on")], order_by=order)
    rows = of_view(model, view).filter(in_state(view.state, now=now)).annotate(place=place)
    fields = [
        "pk",
        "headline",
        "date",
        "state",
        "publish_at",
        "embargo_until",
        "first_published_at",
        "version",
    ]
    if model is Event:
        fields += ["short_headline", "end_date", "date_precision"]
    return rows.filter(place__lte=FIRST[view.span]).only(*fields).order_by("stands_on", "place")


def planned(entry: Entry, reading: Reading, *, by: AbstractBaseUser, now: datetime) -> Planned:
    badge, state = state_of(entry)
    return Planned(
        entry,
        badge,
        state,
        visible_at(entry) if reading.name == "moment" else None,
        may_move(entry, reading, by=by, now=now),
        asks_first(entry, reading, now=now),
    )


def list_address(model: type[Entry], view: View, day: date) -> str:
    """The list of the entries of this day."""
    if view.reading.name == "day":
        values = {"date__year": day.year, "date__month": day.month, "date__day": day.day}
    else:
        zone = timezone.get_current_timezone()
        values = {
            "visible_at__gte": start_of_day(day, zone).isoformat(),
            "visible_at__lt": start_of_day(day + timedelta(days=1), zone).isoformat(),
        }
    if view.state in ("published", "scheduled"):
        values["visible"] = "public" if view.state == "published" else "pending"
    elif view.state:
        values["state__exact"] = view.state
    return f"{reverse(f'admin:events_{model.OWNER}_changelist')}?{urlencode(values)}"
