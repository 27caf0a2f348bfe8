"""What can be done with many events at once: one recorded write each, and every result is told."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Context, Event
from events.workflow import transitions
from events.workflow.edits import EditConflict, editing
from events.workflow.permissions import may_edit


class EventActionForm(ActionForm):
    """Beside the choice of an action, the context that "Add a context" adds."""

    context_name = forms.CharField(label=gettext_lazy("Context to add:"), required=False, max_length=255)


class EventActions:
    """Mixed into the events' admin; each event is written by itself, so one failure stops no other."""

    action_form = EventActionForm

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
            Event.State.PUBLISHED: "unpublish",
            Event.State.RETRACTED: "reinstate",
        }
        self.each(
            request,
            queryset,
            lambda event: transitions.carry_out(event, ways.get(event.state, "withdraw"), by=request.user),
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

        def add(event: Event) -> None:
            if not may_edit(request.user, event):
                raise PermissionDenied(_("You may not change this entry."))
            with editing(event, by=request.user, note=_("Context added: %(name)s") % {"name": found.name}):
                event.contexts.put([row.tag for row in event.taggings.select_related("tag")] + [found])

        self.each(request, queryset, add)

    def move_all(self, request: HttpRequest, queryset: QuerySet, name: str) -> None:
        self.each(request, queryset, lambda event: transitions.carry_out(event, name, by=request.user))

    def each(self, request: HttpRequest, queryset: QuerySet, act) -> None:
        """Do `act` to each event; tell how many went well and, by headline, what went wrong."""
        done = 0
        for event in queryset.order_by("pk"):
            try:
                act(event)
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
        return _("somebody else is saving it at this moment.")
    return str(error)
