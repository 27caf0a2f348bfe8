"""The history of one entry: its revisions, any two compared, and the way back to one of them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from events.admin.event_list import state_of
from events.admin.version_parts import views
from events.models import Event, Revision
from events.workflow import parts, permissions
from events.workflow.comparison import changes
from events.workflow.drafts import draft_of
from events.workflow.edits import EditConflict
from events.workflow.restoring import restorable, restore
from events.workflow.thinning import Version, with_course

PAGE = 30


class RestoreForm(forms.Form):
    """Which part of which version is to come back; `part` empty means all."""

    version = forms.IntegerField(min_value=1)
    based_on = forms.IntegerField(min_value=0)
    part = forms.ChoiceField(choices=[(part.name, part.label) for part in parts.CONTENT], required=False)
    is_significant = forms.BooleanField(required=False)


class HistoryDesk:
    """Mixed into the revisions' admin."""

    def get_urls(self) -> list:
        def at(name: str, route: str, view):
            return path(f"of/<int:event_pk>/{route}", self.admin_site.admin_view(view), name=name)

        return [
            at("events_revision_of", "", self.entry_view),
            at("events_revision_restore", "restore/", self.restore_view),
            *super().get_urls(),
        ]

    @method_decorator(require_GET)
    def entry_view(self, request: HttpRequest, event_pk: int) -> HttpResponse:
        """All revisions, the newest first, and below them the two that `old` and `new` name, compared."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        event = get_object_or_404(Event, pk=event_pk)
        before = number(request, "before")
        rows = listed(event, before=before)
        compared = self.compared(event, number(request, "old"), number(request, "new"))
        may_restore = permissions.may_edit(request.user, event)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revisions"),
            "subtitle": str(event),
            "opts": Event._meta,
            "event": event,
            "badge": state_of(event),
            "is_live": event.is_public(),
            "draft": draft_of(event),
            "rows": rows[:PAGE],
            "older": rows[PAGE - 1]["version"] if len(rows) > PAGE else None,
            "restorable": {part.name for part in restorable(request.user, event)} if may_restore else set(),
            **compared,
        }
        return TemplateResponse(request, "admin/events/revision/history.html", context)

    def compared(self, event: Event, old: int, new: int) -> dict:
        """Two versions and how they differ, whichever way round they were chosen; nothing without two."""
        pair = list(
            event.revisions.filter(version__in=[old, new]).select_related("made_by").order_by("version")
        )
        if len(pair) != 2:
            return {"old": None, "new": None, "asked": bool(old or new)}
        first, second = pair
        return {
            "old": first,
            "new": second,
            "parts": views(changes(first.snapshot, second.snapshot, parts.PARTS)),
        }

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, event_pk: int) -> HttpResponse:
        """Bring back a version, whole or one part of it, as a new revision."""
        event = get_object_or_404(Event.objects.select_related("cover"), pk=event_pk)
        form = RestoreForm(request.POST)
        if not permissions.may_edit(request.user, event) or not form.is_valid():
            raise PermissionDenied
        data = form.cleaned_data
        revision = get_object_or_404(Revision, event=event, version=data["version"])
        allowed = {part.name: part for part in restorable(request.user, event)}
        names = [data["part"]] if data["part"] else list(allowed)
        if not allowed.keys() >= set(names):
            raise PermissionDenied
        try:
            lost = restore(
                event,
                revision.snapshot,
                names=names,
                by=request.user,
                based_on=data["based_on"],
                note=restored_note(revision.version, data["part"]),
                is_significant=data["is_significant"],
            )
        except EditConflict:
            words = _("Somebody saved this entry meanwhile; nothing was changed.")
            self.message_user(request, words, level=messages.ERROR)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), level=messages.ERROR)
        else:
            self.message_user(request, event.revisions.values_list("note", flat=True)[0], messages.SUCCESS)
            for words in lost:
                self.message_user(request, words, level=messages.WARNING)
        return HttpResponseRedirect(reverse("admin:events_revision_of", args=[event.pk]))


def restored_note(version: int, part: str) -> str:
    if part:
        values = {"part": parts.BY_NAME[part].label, "number": version}
        return _("From version %(number)s: %(part)s") % values
    return _("Version %(number)s restored") % {"number": version}


def listed(event: Event, *, before: int) -> list[dict]:
    """A page of revisions and one more, with what badges say of them: one query, no snapshot read whole."""
    revisions = event.revisions.select_related("made_by").defer("snapshot")
    if before:
        # With the one before which the page begins: when a revision ended is known from its follower.
        revisions = revisions.filter(version__lte=before)
    now = timezone.now()
    rows = with_course(revisions).order_by("-version")[: PAGE + 2]
    return [
        {
            "version": row.version,
            "revision": row,
            "state": dict(Event.State.choices).get(row.state, row.state),
            "was_public": course_of(row).was_public(now=now),
        }
        for row in rows
        if row.version != before
    ][: PAGE + 1]


def course_of(row: Revision) -> Version:
    """Of a row that `with_course` has read."""
    return Version(
        row.pk, row.event_id or row.article_id, *(getattr(row, name) for name in Version._fields[2:])
    )


def number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
