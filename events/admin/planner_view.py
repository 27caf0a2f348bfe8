"""What the planner looks at: the month or the week of a day, entries by one of their days, in a state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.dates import FIRST_YEAR, LAST_YEAR, first_weekday, format_day, month_bounds, parse_iso_day
from events.workflow.day_moves import READINGS, Reading

# Beside these years there is no month before or after, and no moment in every time zone.
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
STATES: dict[str, str | Promise] = {
    "draft": gettext_lazy("draft"),
    "in_review": gettext_lazy("in review"),
    "approved": gettext_lazy("approved"),
    "scheduled": gettext_lazy("scheduled"),
    "published": gettext_lazy("published"),
    "retracted": gettext_lazy("retracted"),
}
SPANS: dict[str, str | Promise] = {
    "month": pgettext_lazy("a calendar of", "month"),
    "week": pgettext_lazy("a calendar of", "week"),
}


@dataclass(frozen=True, slots=True)
class View:
    """One page of the planner, as its address tells it."""

    day: date
    span: str = "month"
    reading: Reading = READINGS["day"]
    state: str = ""

    @property
    def query(self) -> str:
        """As an address tells it; `view_in` reads it again."""
        values = {
            self.span: self.day.isoformat()[: 7 if self.is_month else None],
            "by": self.reading.name if self.reading.name != "day" else "",
            "state": self.state,
        }
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def address(self) -> str:
        return f"{reverse('admin:events_event_planner')}?{self.query}"

    @property
    def is_month(self) -> bool:
        return self.span == "month"

    @property
    def first(self) -> date:
        if self.is_month:
            return self.day.replace(day=1)
        return self.day - timedelta(days=(self.day.weekday() - first_weekday()) % 7)

    @property
    def last(self) -> date:
        if self.is_month:
            return month_bounds(self.day.year, self.day.month)[1]
        return self.first + timedelta(days=6)

    @property
    def title(self) -> str:
        if self.is_month:
            return format_day(self.first, "month")
        return format_day(self.first, end=self.last)

    def at(self, day: date, **changes) -> "View":
        return replace(self, day=day, **changes)

    def showing(self, day: date) -> "View":
        """This view, or the one of its span that has the day."""
        return self if self.first <= day <= self.last else self.at(day)

    @property
    def before(self) -> "View":
        return self.at(self.first - timedelta(days=1))

    @property
    def after(self) -> "View":
        return self.at(self.last + timedelta(days=1))


def view_in(values: Mapping[str, str], *, today: date) -> View:
    """The view that an address asks for; where it says nothing sensible, this month by event days."""
    span = "week" if values.get("week") else "month"
    text = values.get(span, "")
    try:
        day = parse_iso_day(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        day = today
    state = values.get("state", "")
    return View(
        day if day.year in YEARS else today,
        span,
        READINGS.get(values.get("by", ""), READINGS["day"]),
        state if state in STATES else "",
    )
