"""Unsaved text on the edit page: kept while one types, offered afterwards, with who else has the entry open.

Restoring is a form that was posted once more: it is shown for another look, a version that was saved
meanwhile leads to the merge page, and nothing is saved before the editor does.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.admin.entry_form import RECHECK
from events.admin.open_forms import row_of_form
from events.models import Entry
from events.workflow import autosaves

RESTORE, DISCARD = "_unsaved_restore", "_unsaved_discard"
# What a request of the script is, if it does not bring a form to keep.
BEAT, CLEAN, LEAVE = "_beat", "_clean", "_leave"
TOKEN = re.compile(r"[0-9a-zA-Z]{1,32}")
# The session remembers which forms were saved last, so that what was kept of them can go.
SAVED_FORMS, MOST_SAVED = "saved_forms", 20


class AutosaveDesk:
    """Mixed into the admin of a kind of entry."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.autosave_view)
        name = self.opts.model_name
        return [
            path("autosave/", view, name=f"events_{name}_autosave_new"),
            path("<path:object_id>/autosave/", view, name=f"events_{name}_autosave"),
            *super().get_urls(),
        ]

    def autosave_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """Keep the posted form in my slot, or hear that I still have it open; says who else has."""
        entry = row_of_form(self, request, object_id)
        token = request.POST.get("form_token", "")
        if not TOKEN.fullmatch(token):
            raise BadRequest("a form without its token")
        now = timezone.now()
        slot = autosaves.slot_of(entry or self.model(), form_token=token)
        is_saved = token in saved_forms(request)
        kept = ""
        if CLEAN in request.POST:
            autosaves.drop([slot], by=request.user)
        elif BEAT not in request.POST and not is_saved:
            try:
                autosaves.keep(slot, request.POST, by=request.user, now=now)
            except autosaves.TooLong:
                problem = _("This text is too long to be kept while you type. Save it.")
                return JsonResponse({"problem": problem}, status=413)
            kept = time_words(now, now=now)
        if entry is None:
            return JsonResponse({"kept": kept, "present": []})
        if LEAVE in request.POST:
            autosaves.leave(slot, by=request.user)
        elif not kept:
            autosaves.be_present(slot, by=request.user, now=now)
        _unsaved, present = autosaves.of_entry(entry, by=request.user, now=now)
        return JsonResponse({"kept": kept, "present": sentences(present, now=now)})

    def answer_unsaved(self, request: HttpRequest, entry: Entry | None) -> HttpResponse | None:
        """Restore or discard what was kept: the posted form becomes the kept one, or the page is answered."""
        asked = request.POST.get(RESTORE) or request.POST.get(DISCARD)
        if not asked:
            return None
        begins = autosaves.slot_of(entry or self.model())
        is_here = asked == begins if entry else asked.startswith(begins)
        form = autosaves.form_in(asked, by=request.user) if is_here else None
        if RESTORE in request.POST and form is not None:
            form[RECHECK] = "1"
            request.POST, request.is_kept = form, True
            return None
        if DISCARD in request.POST and form is not None:
            autosaves.drop([asked], by=request.user)
            self.message_user(request, _("The unsaved text is discarded."), level=messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs):
        now, saved = timezone.now(), saved_forms(request)
        name = self.opts.model_name
        if obj:
            unsaved, present = autosaves.of_entry(obj, by=request.user, now=now, saved=saved)
            address = reverse(f"admin:events_{name}_autosave", args=[obj.pk])
        else:
            unsaved, present = autosaves.of_new(self.model, by=request.user, saved=saved), []
            address = reverse(f"admin:events_{name}_autosave_new")
        context |= {
            # What is shown after it was posted is newer than what was kept of it.
            "unsaved": unsaved if request.method == "GET" else None,
            "unsaved_time": time_words(unsaved.kept_at, now=now) if unsaved else "",
            "present": sentences(present, now=now),
            "autosave_address": address,
            # A form that was filled from the server need not be sent there before something is typed.
            "is_kept": getattr(request, "is_kept", False),
            "saved_tokens": " ".join(saved),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def forget_unsaved(self, request: HttpRequest, entry: Entry, form_token: str, *, is_new: bool) -> None:
        """The form was saved: what was kept of it goes."""
        slot = autosaves.slot_of(self.model() if is_new else entry, form_token=form_token)
        autosaves.drop([slot], by=request.user)
        request.session[SAVED_FORMS] = [*saved_forms(request), form_token][-MOST_SAVED:]


def saved_forms(request: HttpRequest) -> list[str]:
    """The tokens of the forms that were saved last in this session."""
    return request.session.get(SAVED_FORMS, [])


def sentences(present: Iterable[autosaves.Present], *, now: datetime) -> list[str]:
    words = _("%(name)s is editing this, since %(time)s.")
    return [words % {"name": row.name, "time": time_words(row.since, now=now)} for row in present]


def time_words(moment: datetime, *, now: datetime) -> str:
    """The time in the newsroom's zone, with the day where it is not today's."""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localtime(now).date()
    return local.strftime("%H:%M" if is_today else "%Y-%m-%d %H:%M")
