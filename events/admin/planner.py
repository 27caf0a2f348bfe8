"""The day planner: a month or a week with its entries, moved from day to day by mouse, keys or a small form.

All three send the same form to the same view, which answers with the planner and what became of the move.
"""

import copy
from dataclasses import replace
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from events.admin.planner_days import days_of
from events.admin.planner_view import SPANS, STATES, YEARS, View, view_in
from events.dates import first_weekday, format_day, parse_iso_day
from events.models import Entry
from events.models.entries import visible_at
from events.text.numbers import number_in
from events.workflow.day_moves import READINGS, asks_first, check, move_back, move_entry
from events.workflow.edits import EditConflict
from events.workflow.kinds import KINDS
from events.workflow.permissions import may_edit

MOST_KEY = 2**63 - 1


class MoveForm(forms.Form):
    """Which entry, seen at which version, goes to which day, or back to where a version before had it."""

    kind = forms.ChoiceField(choices=[(owner, owner) for owner in KINDS])
    pk = forms.IntegerField(min_value=1, max_value=MOST_KEY)
    version = forms.IntegerField(min_value=1, max_value=MOST_KEY)
    day = forms.CharField(required=False)
    back_to = forms.IntegerField(required=False, min_value=1, max_value=MOST_KEY)
    is_sure = forms.BooleanField(required=False)

    def clean_day(self) -> date | None:
        text = self.cleaned_data["day"]
        if not text and self.data.get("back_to"):
            return None
        try:
            day = parse_iso_day(text)
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            raise ValidationError(_("Say to which day, as in 2016-02-21."))
        return day


class PlannerDesk:
    """Mixed into the events' admin; articles stand in the same calendar."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("planner/", wrap(self.planner_view), name="events_event_planner"),
            path("planner/move/", wrap(self.planner_move_view), name="events_event_planner_move"),
            *super().get_urls(),
        ]

    @method_decorator(require_GET)
    def planner_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        today = timezone.localdate(now)
        view = view_in(request.GET, today=today)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Planner"),
            "subtitle": view.title,
            "opts": self.opts,
            "view": view,
            "today": today,
            "this_one": view.at(today),
            "days": list(days_of(view, by=request.user, now=now)),
            "weekdays": [WEEKDAYS[(first_weekday() + number) % 7] for number in range(7)],
            "spans": [
                (span, view.at(around(view, today), span=span), label) for span, label in SPANS.items()
            ],
            "readings": [(replace(view, reading=reading), reading.label) for reading in READINGS.values()],
            "states": STATES,
            "zone": timezone.get_current_timezone_name(),
            "may_add": self.has_add_permission(request),
            "undo": moved_in(request),
        }
        return TemplateResponse(request, "admin/events/event/planner.html", context)

    @method_decorator(require_POST)
    def planner_move_view(self, request: HttpRequest) -> HttpResponse:
        """Move an entry or take its move back; one whose address readers know is asked about first."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        now = timezone.now()
        view = view_in(request.GET, today=timezone.localdate(now))
        form = MoveForm(request.POST)
        if not form.is_valid():
            return self.stays(request, view, " ".join(form.errors.get("day", [_("Nothing was moved.")])))
        data = form.cleaned_data
        entry = get_object_or_404(KINDS[data["kind"]].model.objects.select_related("cover"), pk=data["pk"])
        how = {"by": request.user, "based_on": data["version"], "now": now}
        before, was_approved = entry.version, entry.state == Entry.State.APPROVED
        try:
            check(entry, view.reading, **how)
            if data["back_to"]:
                move_back(entry, view.reading, data["back_to"], **how)
            elif view.reading.day_of(entry) == data["day"]:
                return self.stays(request, view, _("It stands on this day already."))
            elif asks_first(entry, view.reading, now=now) and not data["is_sure"]:
                return self.confirmation(request, entry, view, data)
            else:
                move_entry(entry, view.reading, data["day"], **how)
        except EditConflict:
            words = _("Somebody saved “%(entry)s” meanwhile; it was not moved. This is how it stands now.")
            return self.stays(request, view, words % {"entry": short(entry)})
        except ValidationError as error:
            return self.stays(request, view, f"{short(entry)}: {' '.join(error.messages)}")
        self.message_user(request, told(entry, view, now=now), level=messages.SUCCESS)
        if was_approved and entry.state != Entry.State.APPROVED:
            words = _("The approval was of the text as it was before; the entry is in review again.")
            self.message_user(request, words, level=messages.WARNING)
        shown = view.showing(view.reading.day_of(entry))
        undo = "" if data["back_to"] else f"&moved={entry.OWNER}.{entry.pk}.{entry.version}.{before}"
        return HttpResponseRedirect(f"{shown.address}{undo}#{entry.OWNER}-{entry.pk}")

    def stays(self, request: HttpRequest, view: View, words: str) -> HttpResponse:
        """Back to the planner, with the reason why nothing was moved."""
        self.message_user(request, words, level=messages.ERROR)
        return HttpResponseRedirect(view.address)

    def confirmation(self, request: HttpRequest, entry: Entry, view: View, data: dict) -> HttpResponse:
        """What moving an entry that readers know does to its address."""
        there = copy.copy(entry)
        there.date = data["day"]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Move a published entry?"),
            "opts": self.opts,
            "view": view,
            "entry": entry,
            "data": data,
            "there": there,
        }
        return TemplateResponse(request, "admin/events/event/planner_confirm.html", context)


def short(entry: Entry) -> str:
    return Truncator(entry).chars(60)


def told(entry: Entry, view: View, *, now: datetime) -> str:
    """Where an entry stands after a move."""
    if view.reading.name == "moment":
        moment = timezone.localtime(visible_at(entry)).strftime("%H:%M %Z")
        values = {"entry": short(entry), "day": format_day(view.reading.day_of(entry)), "moment": moment}
        return _("“%(entry)s” goes live on %(day)s, %(moment)s.") % values
    words = _("“%(entry)s” stands on %(day)s now.") % {"entry": short(entry), "day": format_day(entry.date)}
    if asks_first(entry, view.reading, now=now):
        words += " " + _("Its old address leads to the new one.")
    return words


def moved_in(request: HttpRequest) -> dict | None:
    """The move that has just been made, for the button that takes it back; not after another save."""
    kind, *words = request.GET.get("moved", "").split(".")
    numbers = [number_in(word) for word in words]
    if len(numbers) != 3 or kind not in KINDS or None in numbers:
        return None
    pk, after, before = numbers
    entry = KINDS[kind].model.objects.filter(pk=pk, version=after).first()
    if entry is None or not may_edit(request.user, entry):
        return None
    return {"kind": kind, "pk": pk, "version": after, "back_to": before, "entry": entry}


def around(view: View, today: date) -> date:
    """The day around which the other span begins: today where it is in sight."""
    return today if view.first <= today <= view.last else view.first
