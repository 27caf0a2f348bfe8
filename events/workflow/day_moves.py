"""Moving an entry to another day of the planner, and back: its own day, or the day on which it goes live.

Each is one write through the one door, so that a move is in the history and meets the version that was seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.dates import Precision, format_day
from events.models import Address, Entry, Event
from events.models.entries import visible_at
from events.workflow.approval import direct_change_problem
from events.workflow.cards import renew_card
from events.workflow.edits import EditConflict, editing
from events.workflow.permissions import may_edit
from events.workflow.restoring import apply, set_field


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the ways in which the planner places entries: `day_of` tells where one stands.

    `problem` says why an entry stays where it is, whoever asks; `put` changes it inside a write, and
    `put_back` gives it the day of a snapshot.
    """

    name: str
    label: str | Promise
    day_of: Callable[[Entry], date | None]
    problem: Callable[..., str]
    put: Callable[..., None]
    put_back: Callable[..., None]


def asks_first(entry: Entry, reading: Reading, *, now: datetime) -> bool:
    """Whether a move would change an address that the public knows."""
    return reading.name == "day" and entry.has_been_public(now=now)


def moment_on(moment: datetime, day: date, zone: ZoneInfo) -> datetime:
    """The same time of day on another day of the zone.

    Of a time that clocks show twice it is the first; one that they skip becomes as much later as they skip.
    """
    wall: time = moment.astimezone(zone).time().replace(fold=0)
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


def no_day(entry: Entry, *, now: datetime) -> str:
    if problem := direct_change_problem(entry):
        return problem
    if isinstance(entry, Event) and entry.date_precision != Precision.DAY:
        return _("Its day is known only by month or year; change it in its form.")
    return ""


def put_on_day(entry: Entry, day: date, *, now: datetime) -> None:
    """An event of several days keeps their number."""
    if isinstance(entry, Event) and entry.end_date:
        entry.end_date += day - entry.date
    entry.date = day
    if Address.objects.filter(path=entry.address_path()).exclude(**entry.as_owner).exists():
        raise ValidationError(
            _("Another entry has or had this address on that day; give it another slug first.")
        )
    entry.prepare()
    entry.clean()
    entry.validate_constraints()


def back_to_day(entry: Entry, data: dict, *, by: AbstractBaseUser, now: datetime) -> None:
    apply(entry, data, {"day", "date"}, by=by, now=now)


def day_of_moment(entry: Entry) -> date | None:
    moment = visible_at(entry)
    return timezone.localdate(moment) if moment else None


def no_moment(entry: Entry, *, now: datetime) -> str:
    moment = visible_at(entry)
    if moment is None:
        return _("It has no moment yet.")
    if entry.state == Entry.State.RETRACTED or (entry.state == Entry.State.PUBLISHED and moment <= now):
        return _("It has gone live; that moment stays.")
    return ""


def put_moment_on(entry: Entry, day: date, *, now: datetime) -> None:
    """Move what decides when the entry goes live: its embargo if that ends last, else its publication."""
    zone = timezone.get_current_timezone()
    decides = visible_at(entry)
    moment = moment_on(decides, day, zone)
    check_moment(moment, now=now)
    if entry.embargo_until and entry.embargo_until == decides != entry.publish_at:
        entry.embargo_until = moment
        entry.publish_at = min(entry.publish_at, moment)
        return
    if entry.embargo_until and moment < entry.embargo_until:
        until = timezone.localtime(entry.embargo_until).strftime("%Y-%m-%d %H:%M %Z")
        raise ValidationError(_("Its embargo runs until %(moment)s.") % {"moment": until})
    entry.publish_at = moment


def back_to_moment(entry: Entry, data: dict, *, by: AbstractBaseUser, now: datetime) -> None:
    for name in ("publish_at", "embargo_until"):
        set_field(entry, name, data)
    check_moment(visible_at(entry), now=now)


def check_moment(moment: datetime | None, *, now: datetime) -> None:
    if moment is None or moment <= now:
        raise ValidationError(_("This moment is past. To publish at once, publish now."))


READINGS = {
    reading.name: reading
    for reading in (
        Reading(
            "day", gettext_lazy("by event day"), lambda entry: entry.date, no_day, put_on_day, back_to_day
        ),
        Reading(
            "moment",
            gettext_lazy("by the moment they go live"),
            day_of_moment,
            no_moment,
            put_moment_on,
            back_to_moment,
        ),
    )
}


def may_move(entry: Entry, reading: Reading, *, by: AbstractBaseUser, now: datetime) -> bool:
    """Whether this user may move this entry at all; asks no database but for the user's permissions."""
    return may_edit(by, entry) and not reading.problem(entry, now=now)


def move_entry(
    entry: Entry, reading: Reading, day: date, *, by: AbstractBaseUser, based_on: int, now: datetime
) -> None:
    """Bring the entry, seen at the version `based_on`, to another day.

    Raises EditConflict when another version is stored, PermissionDenied, and ValidationError where it cannot
    stand on that day.
    """
    check(entry, reading, by=by, based_on=based_on, now=now)
    note = _("Moved to %(day)s") if reading.name == "day" else _("To go live on %(day)s")
    with editing(entry, by=by, based_on=based_on, note=note % {"day": format_day(day)}, now=now):
        reading.put(entry, day, now=now)
    renew_card(entry)


def move_back(
    entry: Entry, reading: Reading, version: int, *, by: AbstractBaseUser, based_on: int, now: datetime
) -> None:
    """Take a move back: the day of that version again, as a new revision. Raises as `move_entry` does."""
    check(entry, reading, by=by, based_on=based_on, now=now)
    data = entry.revisions.filter(version=version).values_list("snapshot", flat=True).first()
    if data is None:
        raise ValidationError(_("The version before is not kept any more."))
    with editing(entry, by=by, based_on=based_on, note=_("Move taken back"), now=now):
        reading.put_back(entry, data, by=by, now=now)
    renew_card(entry)


def check(entry: Entry, reading: Reading, *, by: AbstractBaseUser, based_on: int, now: datetime) -> None:
    # First: what the user saw is the reason for what they ask.
    if entry.version != based_on:
        raise EditConflict(entry, based_on)
    if not may_edit(by, entry):
        raise PermissionDenied(_("You may not change this entry."))
    if problem := reading.problem(entry, now=now):
        raise ValidationError(problem)
