"""What can be done with many events at once: one recorded write each, and every result is told."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.admin.entry_checks import PUBLISHING, hold_back
from events.models import Context, Event
from events.workflow import transitions
from events.workflow.cards import renew_card
from events.workflow.edits import EditConflict, editing
from events.workflow.permissions import may_edit

# Names the version of each row that the list shows, as `key.version`.
SEEN = "seen"


class EventActionForm(ActionForm):
    """Beside the choice of an action, the context that "Add a context" adds."""

    context_name = forms.CharField(label=gettext_lazy("Context to add:"), required=False, max_length=255)


class EventActions:
    """Mixed into the events' admin; each event is written by itself, so one failure stops no other."""

    action_form = EventActionForm

    def action_checkbox(self, event: Event) -> SafeString:
        """With the version that the list shows, which an action must find unchanged."""
        seen = format_html('<input type="hidden" name="{}" value="{}.{}">', SEEN, event.pk, event.version)
        return super().action_checkbox(event) + seen

    @admin.action(description=gettext_lazy("Publish now"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.move_all(request, queryset, "publish")

    @admin.action(description=gettext_lazy("Submit for review"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.move_all(request, queryset, "submit")

    @admin.action(description=gettext_lazy("Back to draft"), permissions=["change"])
    def draft_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        ways = {
            Event.State.IN_REVIEW: "withdraw",
            Event.State.APPROVED: "withdraw",
            Event.State.PUBLISHED: "unpublish",
            Event.State.RETRACTED: "reinstate",
        }
        self.each(
            request,
            queryset,
            lambda event, based_on: transitions.carry_out(
                event, ways.get(event.state, "withdraw"), by=request.user, based_on=based_on
            ),
        )

    @admin.action(description=gettext_lazy("Add a context"), permissions=["change"])
    def add_context_to_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        name = request.POST.get("context_name", "")
        found = next(iter(Context.objects.by_names([name]).values()), None)
        if found is None:
            self.message_user(
                request, _("No context is called “%(name)s”.") % {"name": name}, level=messages.ERROR
            )
            return

        def add(event: Event, based_on: int) -> None:
            if not may_edit(request.user, event):
                raise PermissionDenied(_("You may not change this entry."))
            note = _("Context added: %(name)s") % {"name": found.name}
            with editing(event, by=request.user, based_on=based_on, note=note):
                event.contexts.put([row.tag for row in event.taggings.select_related("tag")] + [found])

        self.each(request, queryset, add)

    def move_all(self, request: HttpRequest, queryset: QuerySet, name: str) -> None:
        def move(event: Event, based_on: int) -> None:
            if name in PUBLISHING and based_on == event.version:
                hold_back(event)
            renew_card(transitions.carry_out(event, name, by=request.user, based_on=based_on))

        self.each(request, queryset, move)

    def each(self, request: HttpRequest, queryset: QuerySet, act: Callable[[Event, int], object]) -> None:
        """Do `act` to each event as the list showed it; tell how many went well and what went wrong."""
        done = 0
        seen = dict(row.split(".", 1) for row in request.POST.getlist(SEEN) if "." in row)
        for event in queryset.order_by("pk"):
            based_on = seen.get(str(event.pk), "")
            try:
                # Entries of other pages, which "select all" takes along, nobody has seen: as they are now.
                act(event, int(based_on) if based_on.isdecimal() else event.version)
                done += 1
            except (ValidationError, PermissionDenied, EditConflict) as error:
                self.message_user(
                    request, f"{Truncator(event).chars(60)}: {words(error)}", level=messages.WARNING
                )
        if done:
            told = ngettext("%(count)d event was changed.", "%(count)d events were changed.", done)
            self.message_user(request, told % {"count": done}, level=messages.SUCCESS)


def words(error: Exception) -> str:
    """The sentence of an error, for a message."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, EditConflict):
        return _("somebody saved it since this list was shown; nothing was changed.")
    return str(error)
