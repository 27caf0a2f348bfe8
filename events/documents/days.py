"""The pages of time: front, archive, year, month, day, and the calendar beside them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet, Subquery
from django.utils import formats
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from events.conf import conf
from events.dates import (
    day_path,
    first_weekday,
    format_day,
    local_today,
    month_bounds,
    month_path,
    month_weeks,
    relative_day_name,
    year_bounds,
    year_path,
)
from events.documents.articles import front_articles
from events.documents.builders import build_events
from events.documents.counts import day_counts, month_counts
from events.documents.links import make_page
from events.documents.paging import Window, cursor_query, pager, read_window
from events.documents.rows import events_on, for_lists
from events.documents.types import (
    Calendar,
    CalendarDay,
    ContextRef,
    DaySection,
    EventDocument,
    Link,
    ListPage,
    YearCounts,
)
from events.models import Event
from events.prepared import Slot, prepared

FRONT_DAYS = 3
# A front page is read at a glance: a crowded day shows this many, and its own page the rest.
FRONT_DAY_EVENTS = 10
# So many rows hold the days of all but the busiest sites.
FRONT_STEP = 2 * FRONT_DAYS * FRONT_DAY_EVENTS
FRONT_UPDATED = 6
FRONT_CONTEXTS = 12


def today_of_site(now: datetime) -> date:
    """The calendar date in the site's zone."""
    return local_today(now, ZoneInfo(conf.TIME_ZONE))


def archive_link() -> Link:
    return Link("/news/", _("Archive"))


def year_link(day: date) -> Link:
    return Link(year_path(day), format_day(day, "year"))


def month_link(day: date) -> Link:
    return Link(month_path(day), format_day(day, "month"))


def day_link(day: date) -> Link:
    return Link(day_path(day), format_day(day))


def build_sections(
    events: Sequence[EventDocument],
    *,
    today: date | None = None,
    counts: dict[date, int] | None = None,
    window: Window | None = None,
) -> tuple[DaySection, ...]:
    """Events in the order of days as one section a day; with `today` its neighbours are called by name.

    `counts` are the events of each day where a section holds only some of them. Without them, the days at the
    ends of a `window` may go on beyond it.
    """
    ends = set()
    if window and events:
        ends = {events[0].date} if window.newer else set()
        ends |= {events[-1].date} if window.older else set()
    return tuple(
        DaySection(
            day,
            (relative_day_name(day, today) if today else None) or format_day(day),
            tuple(group),
            (counts or {}).get(day),
            day in ends,
        )
        for day, group in groupby(events, key=lambda event: event.date)
    )


def neighbour_days(first: date, last: date, *, now: datetime) -> tuple[date | None, date | None]:
    """The nearest days before `first` and after `last` that have public events."""
    earlier = later = None
    for (day,) in days_beside(first=first, last=last, now=now):
        if day < first:
            earlier = day
        else:
            later = day
    return earlier, later


@prepared
def days_beside(*, first: Slot, last: Slot, now: Slot) -> QuerySet:
    """Both in one question, each by one look-up in an index."""
    public = Event.objects.public(now=now)
    before = public.filter(date__lt=first).order_by("-date").values("pk")[:1]
    after = public.filter(date__gt=last).order_by("date").values("pk")[:1]
    either = Q(pk=Subquery(before)) | Q(pk=Subquery(after))
    return public.filter(either).order_by().values_list("date")


def build_calendar(
    day: date,
    counts: dict[date, int],
    *,
    current: date | None = None,
    previous: Link | None = None,
    next: Link | None = None,
) -> Calendar:
    """The calendar of the month of `day`; `counts` are its days with events."""
    first = first_weekday()
    weeks = tuple(
        tuple(
            CalendarDay(cell, True, counts.get(cell, 0), is_current=cell == current)
            if cell
            else CalendarDay(day, False, 0)
            for cell in week
        )
        for week in month_weeks(day.year, day.month, first)
    )
    names = [str(WEEKDAYS_ABBR[(first + number) % 7]) for number in range(len(WEEKDAYS))]
    return Calendar(
        date=day.replace(day=1),
        title=format_day(day, "month"),
        weekdays=tuple(without_same_beginning(names)),
        weeks=weeks,
        previous=previous,
        next=next,
    )


def without_same_beginning(names: list[str]) -> list[str]:
    """The names from where they differ: in Chinese those of all weekdays begin alike (星期一, 星期二),
    and a cell of the calendar has no room for that."""
    places = enumerate(zip(*names, strict=False))
    start = next((place for place, signs in places if len(set(signs)) > 1), 0)
    return [name[start:] for name in names]


def month_calendar(day: date, *, now: datetime, current: date | None = None) -> Calendar:
    return build_calendar(day, day_counts(*month_bounds(day.year, day.month), now=now), current=current)


def front_page(*, now: datetime) -> ListPage:
    """The last three days that have events, updated entries, the contexts most in the news."""
    today = today_of_site(now)
    shown = latest_days(now=now)
    updated = [pk for (pk,) in updated_last(FRONT_UPDATED, now=now)]
    # Both lists in one read: an updated entry may well be one of today.
    rows = for_lists(list({*updated, *(pk for pks in shown.values() for pk in pks)}), now=now)
    documents = dict(zip((row.pk for row in rows), build_events(rows, now=now), strict=True))
    events = [documents[pk] for pks in shown.values() for pk in pks if pk in documents]
    newest = next(iter(shown), today)
    # One count for the calendar and for the days shown: between these there are no others.
    first, last = month_bounds(newest.year, newest.month)
    counts = day_counts(min([first, *shown]), last, now=now)
    return ListPage(
        page=make_page("front", conf.SITE_NAME, "/", description=str(conf.SITE_TAGLINE)),
        sections=build_sections(events, today=today, counts=counts),
        updated=tuple(documents[pk] for pk in updated if pk in documents),
        calendars=(build_calendar(newest, counts),),
        contexts=tuple(replace(ref, count=number) for ref, number in most_carried(events, FRONT_CONTEXTS)),
        articles=front_articles(now=now),
    )


def latest_days(*, now: datetime) -> dict[date, list[int]]:
    """The last days that have events, newest first, each with the keys of its first few events.

    A few steps along an index, because a DISTINCT would read every row; most often one step is enough.
    """
    found: dict[date, list[int]] = {}
    while len(found) < FRONT_DAYS:
        bound = {"before": min(found)} if found else {}
        part = newest_rows(FRONT_STEP, now=now, **bound)
        for day, group in groupby(part, key=lambda row: row[0]):
            found[day] = [pk for _day, pk in islice(group, FRONT_DAY_EVENTS)]
        if len(part) < FRONT_STEP:
            break
        # The step's last day may go on behind its end.
        if len(found[part[-1][0]]) < FRONT_DAY_EVENTS:
            del found[part[-1][0]]
    return dict(list(found.items())[:FRONT_DAYS])


@prepared
def newest_rows(most: int, *, now: Slot, before: Slot | None = None) -> QuerySet:
    """Day and key of the newest public events, on all days or only on those before one."""
    rows = Event.objects.public(now=now).newest_first()
    return (rows.filter(date__lt=before) if before else rows).values_list("date", "pk")[:most]


@prepared
def updated_last(most: int, *, now: Slot) -> QuerySet:
    rows = Event.objects.public(now=now).filter(updated_at__isnull=False)
    return rows.order_by("-updated_at").values_list("pk")[:most]


def most_carried(events: Iterable[EventDocument], most: int) -> list[tuple[ContextRef, int]]:
    """The contexts that these events carry, each with how many do, those of most events first."""
    carried = Counter(ref for event in events for ref in event.contexts)
    return sorted(carried.items(), key=lambda item: (-item[1], item[0].name))[:most]


def archive_page(*, now: datetime) -> ListPage:
    """Years and months with the number of their events."""
    counts = month_counts(now=now)
    years = []
    for year in sorted({year for year, _month in counts}, reverse=True):
        months = tuple(
            Link(
                month_path(date(year, month, 1)),
                formats.date_format(date(year, month, 1), "F"),
                count=counts[year, month],
            )
            for month in range(1, 13)
            if counts[year, month]
        )
        years.append(YearCounts(year, sum(link.count or 0 for link in months), months))
    newest = Event.objects.public(now=now).order_by("-date").values_list("date", flat=True).first()
    return ListPage(
        page=make_page(
            "archive", _("Archive"), "/news/", description=_("Every day of the chronicle, by year and month.")
        ),
        count=counts.total(),
        years=tuple(years),
        calendars=(month_calendar(newest, now=now),) if newest else (),
    )


def year_page(year: int, *, now: datetime) -> ListPage:
    """The twelve calendars of a year."""
    first, last = year_bounds(year)
    counts = day_counts(first, last, now=now)
    earlier, later = neighbour_days(first, last, now=now)
    by_month: dict[int, dict[date, int]] = {month: {} for month in range(1, 13)}
    for day, number in counts.items():
        by_month[day.month][day] = number
    return ListPage(
        page=make_page(
            "year",
            format_day(first, "year"),
            year_path(first),
            trail=(archive_link(),),
            description=_("The events of %(time)s.") % {"time": format_day(first, "year")},
            previous=year_link(earlier) if earlier else None,
            next=year_link(later) if later else None,
            is_indexed=bool(counts),
        ),
        date=first,
        count=sum(counts.values()),
        calendars=tuple(build_calendar(date(year, month, 1), days) for month, days in by_month.items()),
    )


def month_page(year: int, month: int, *, now: datetime, before: str = "", after: str = "") -> ListPage:
    """The days of a month with their events, a page at a time."""
    first, last = month_bounds(year, month)
    earlier, later = neighbour_days(first, last, now=now)
    counts = day_counts(first, last, now=now)
    window = read_window(
        Event.objects.public(now=now).between(first, last).for_list(),
        size=conf.PAGE_SIZE,
        before=before,
        after=after,
    )
    title = format_day(first, "month")
    newer, older = pager(month_path(first), window)
    calendar = build_calendar(
        first,
        counts,
        previous=month_link(earlier) if earlier else None,
        next=month_link(later) if later else None,
    )
    return ListPage(
        page=make_page(
            "month",
            title,
            month_path(first),
            trail=(archive_link(), year_link(first)),
            query=cursor_query(before, after),
            previous=newer,
            next=older,
            description=_("The events of %(time)s.") % {"time": title},
            is_indexed=bool(counts),
        ),
        date=first,
        count=sum(counts.values()),
        sections=build_sections(build_events(window.rows, now=now), counts=counts),
        calendars=(calendar,),
    )


def day_page(day: date, *, now: datetime, with_related: bool = True) -> ListPage:
    """All events of a day, in the order of entry, with the nearest days that have events.

    The page itself names no related stories, and goes `with_related=False`; the other formats do.
    """
    events = events_on(day=day, now=now)
    earlier, later = neighbour_days(day, day, now=now)
    title = format_day(day)
    documents = build_events(events, now=now, with_related=with_related)
    return ListPage(
        page=make_page(
            "day",
            title,
            day_path(day),
            trail=(archive_link(), year_link(day), month_link(day)),
            description=_("The events of %(time)s.") % {"time": title},
            previous=day_link(earlier) if earlier else None,
            next=day_link(later) if later else None,
            is_indexed=bool(events),
        ),
        date=day,
        count=len(events),
        sections=build_sections(documents),
        calendars=(month_calendar(day, now=now, current=day),),
    )
