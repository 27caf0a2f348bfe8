"""The history of one entry: its revisions, any two compared, and the way back to one of them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from events.admin.event_list import state_of
from events.admin.version_parts import views
from events.models import Entry, Revision
from events.text.numbers import number_in
from events.workflow import permissions
from events.workflow.comparison import changes
from events.workflow.drafts import draft_of
from events.workflow.edits import EditConflict
from events.workflow.kinds import KINDS, kind_of
from events.workflow.parts import Part
from events.workflow.restoring import restorable, restore
from events.workflow.thinning import Version, with_course

PAGE = 30


class RestoreForm(forms.Form):
    """Which part of which version is to come back; `part` empty means all."""

    version = forms.IntegerField(min_value=1)
    based_on = forms.IntegerField(min_value=0)
    part = forms.CharField(required=False)
    is_significant = forms.BooleanField(required=False)


class HistoryDesk:
    """Mixed into the revisions' admin."""

    def get_urls(self) -> list:
        def at(name: str, route: str, view):
            return path(f"of/<str:owner>/<int:pk>/{route}", self.admin_site.admin_view(view), name=name)

        return [
            at("events_revision_of", "", self.entry_view),
            at("events_revision_restore", "restore/", self.restore_view),
            *super().get_urls(),
        ]

    @method_decorator(require_GET)
    def entry_view(self, request: HttpRequest, owner: str, pk: int) -> HttpResponse:
        """All revisions, the newest first, and below them the two that `old` and `new` name, compared."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entry = get_object_or_404(model_of(owner), pk=pk)
        before = number(request, "before")
        rows = listed(entry, before=before)
        compared = self.compared(entry, number(request, "old"), number(request, "new"))
        may_restore = permissions.may_edit(request.user, entry)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Revisions"),
            "subtitle": str(entry),
            "opts": entry._meta,
            "event": entry,
            "badge": state_of(entry),
            "is_live": entry.is_public(),
            "draft": draft_of(entry),
            "rows": rows[:PAGE],
            "older": rows[PAGE - 1]["version"] if len(rows) > PAGE else None,
            "restorable": {part.name for part in restorable(request.user, entry)} if may_restore else set(),
            **compared,
        }
        return TemplateResponse(request, "admin/events/revision/history.html", context)

    def compared(self, entry: Entry, old: int, new: int) -> dict:
        """Two versions and how they differ, whichever way round they were chosen; nothing without two."""
        pair = list(
            entry.revisions.filter(version__in=[old, new]).select_related("made_by").order_by("version")
        )
        if len(pair) != 2:
            return {"old": None, "new": None, "asked": bool(old or new)}
        first, second = pair
        return {
            "old": first,
            "new": second,
            "parts": views(changes(first.snapshot, second.snapshot, kind_of(entry).parts), type(entry)),
        }

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, owner: str, pk: int) -> HttpResponse:
        """Bring back a version, whole or one part of it, as a new revision."""
        entry = get_object_or_404(model_of(owner).objects.select_related("cover"), pk=pk)
        form = RestoreForm(request.POST)
        if not permissions.may_edit(request.user, entry) or not form.is_valid():
            raise PermissionDenied
        data = form.cleaned_data
        revision = get_object_or_404(entry.revisions, version=data["version"])
        allowed = {part.name: part for part in restorable(request.user, entry)}
        names = [data["part"]] if data["part"] else list(allowed)
        if not allowed.keys() >= set(names):
            raise PermissionDenied
        try:
            lost = restore(
                entry,
                revision.snapshot,
                names=names,
                by=request.user,
                based_on=data["based_on"],
                note=restored_note(revision.version, allowed.get(data["part"])),
                is_significant=data["is_significant"],
            )
        except EditConflict:
            words = _("Somebody saved this entry meanwhile; nothing was changed.")
            self.message_user(request, words, level=messages.ERROR)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), level=messages.ERROR)
        else:
            self.message_user(request, entry.revisions.values_list("note", flat=True)[0], messages.SUCCESS)
            for words in lost:
                self.message_user(request, words, level=messages.WARNING)
        return HttpResponseRedirect(history_address(entry))


def history_address(entry: Entry) -> str:
    return reverse("admin:events_revision_of", args=[entry.OWNER, entry.pk])


def model_of(owner: str) -> type[Entry]:
    """The kind of entry that an address names."""
    if owner not in KINDS:
        raise Http404
    return KINDS[owner].model


def restored_note(version: int, part: Part | None) -> str:
    if part:
        values = {"part": part.label, "number": version}
        return _("From version %(number)s: %(part)s") % values
    return _("Version %(number)s restored") % {"number": version}


def listed(entry: Entry, *, before: int) -> list[dict]:
    """A page of revisions and one more, with what badges say of them: one query, no snapshot read whole."""
    revisions = entry.revisions.select_related("made_by").defer("snapshot")
    if before:
        # With the one before which the page begins: when a revision ended is known from its follower.
        revisions = revisions.filter(version__lte=before)
    now = timezone.now()
    rows = with_course(revisions).order_by("-version")[: PAGE + 2]
    return [
        {
            "version": row.version,
            "revision": row,
            "state": dict(Entry.State.choices).get(row.state, row.state),
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
    """The version that an address names; 0 without one."""
    return number_in(request.GET.get(name, "")) or 0
