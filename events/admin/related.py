"""The desk of related stories: on the edit page and on a page of its own, with or without JavaScript.

Every answer is HTML. With `?part=desk` it is the desk alone, which `static/js/admin-related-desk.js` puts in
the place of the former one; `?part=found` are the entries that were searched for.
"""

from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.admin.event_list import search_events
from events.admin.related_rows import LIST_FIELDS, Row, read_desk
from events.models import Event, EventLink
from events.workflow import permissions, steering
from events.workflow.edits import EditConflict

FOUND = 8
PARTS = {"desk": "admin/events/event/related_desk.html", "found": "admin/events/event/related_found.html"}


class SteeringForm(forms.Form):
    """One act on another entry, as the buttons of the desk send it."""

    act = forms.ChoiceField(
        choices=[(name, name) for name in ("pin", "note", "up", "down", "hide", "undo", "link", "unlink")]
    )
    other = forms.ModelChoiceField(Event.objects.only("pk", "headline", "short_headline", "merged_into"))
    based_on = forms.IntegerField(min_value=0)
    note = forms.CharField(required=False, max_length=steering.NOTE_LENGTH)
    both_sides = forms.BooleanField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *EventLink.Kind.choices])


class Answer(NamedTuple):
    """What became of an act, in words; an act that failed has changed nothing."""

    words: str
    status: int


class RelatedDesk:
    """Mixed into the events' admin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.related_view)
        return [path("<path:object_id>/related/", view, name="events_event_related"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, obj: Event | None = None, **kwargs):
        if obj and obj.pk:
            context |= self.desk_of(request, Event.objects.get(pk=obj.pk))
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def related_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The desk; a POST carries out one act and shows what became of the list."""
        event = self.get_object(request, unquote(object_id))
        if event is None:
            raise Http404
        if not self.has_view_permission(request, event):
            raise PermissionDenied
        answer = Answer("", HTTPStatus.OK)
        part = request.GET.get("part", "")
        if request.method == "POST":
            if not permissions.may_steer(request.user, event):
                raise PermissionDenied
            answer = carry_out(request, event)
            if part not in PARTS and answer.status == HTTPStatus.OK:
                messages.success(request, answer.words)
                return HttpResponseRedirect(reverse("admin:events_event_related", args=[event.pk]))
            event = Event.objects.get(pk=event.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": str(event),
            "opts": self.opts,
            "said": answer.words,
            "has_failed": answer.status != HTTPStatus.OK,
            **self.desk_of(request, event, is_whole=part != "found"),
        }
        template = PARTS.get(part, "admin/events/event/related.html")
        return TemplateResponse(request, template, context, status=answer.status)

    def desk_of(self, request: HttpRequest, event: Event, *, is_whole: bool = True) -> dict:
        """What the templates of the desk show."""
        now = timezone.now()
        words = request.GET.get("find", "").strip()
        return {
            "event": event,
            "desk": read_desk(event, now=now) if is_whole else None,
            "find": words,
            "found": [Row(other) for other in find_others(event, words, now=now)] if words else None,
            "may_steer": permissions.may_steer(request.user, event),
            "link_kinds": EventLink.Kind.choices,
            "note_length": steering.NOTE_LENGTH,
        }


def find_others(event: Event, words: str, *, now: datetime) -> list[Event]:
    """The first other entries that are meant by these words, an address or a permanent id, newest first."""
    found = search_events(Event.objects.only(*LIST_FIELDS), words, now=now)
    return list(found.filter(merged_into=None).exclude(pk=event.pk).order_by("-date", "pk")[:FOUND])


def carry_out(request: HttpRequest, event: Event) -> Answer:
    """Do what a form of the desk asks for, by the one write door."""
    form = SteeringForm(request.POST)
    if not form.is_valid():
        return Answer(
            " ".join(words for errors in form.errors.values() for words in errors),
            HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    try:
        act(event, form.cleaned_data, {"by": request.user, "based_on": form.cleaned_data["based_on"]})
    except ValidationError as error:
        return Answer(" ".join(error.messages), HTTPStatus.UNPROCESSABLE_ENTITY)
    except EditConflict:
        words = _(
            "Somebody saved this entry meanwhile. Here is the list as it stands now; nothing was changed."
        )
        return Answer(words, HTTPStatus.CONFLICT)
    return Answer(event.revisions.values_list("note", flat=True)[0], HTTPStatus.OK)


def act(event: Event, data: dict, write: dict) -> None:
    other = data["other"]
    match data["act"]:
        case "pin":
            steering.pin(event, other, note=data["note"], **write)
        case "note":
            steering.annotate(event, other, data["note"], **write)
        case "up" | "down":
            step = -1 if data["act"] == "up" else 1
            row = event.choices.filter(other=other).first()
            steering.move(event, other, to=(row.position if row else 0) + step, **write)
        case "hide":
            steering.hide(event, other, both_sides=data["both_sides"], note=data["note"], **write)
        case "undo":
            steering.undo(event, other, **write)
        case "link":
            steering.link(event, other, data["kind"], **write)
        case "unlink":
            steering.unlink(event, other, **write)
