"""Revisions, to be read; what one of them decided about related stories can be brought back."""

import json

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from events.admin.event_list import BoundedPaginator
from events.models import Revision
from events.workflow import permissions, steering
from events.workflow.edits import EditConflict


@admin.register(Revision)
class RevisionAdmin(admin.ModelAdmin):
    list_display = ["event", "version", "made_at", "made_by", "note"]
    list_select_related = ["event", "made_by"]
    list_per_page = 50
    search_fields = ["=event__public_id"]
    search_help_text = gettext_lazy("The permanent id of an event")
    ordering = ["-pk"]
    paginator = BoundedPaginator
    show_full_result_count = False
    fields = ["event", "version", "made_at", "made_by", "note", "entry"]
    actions = None
    change_form_template = "admin/events/revision/change_form.html"

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("event__body", "event__summary")

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.restore_related_view)
        return [
            path("<int:pk>/restore-related/", view, name="events_revision_restore_related"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict, obj: Revision | None = None, **kwargs
    ) -> HttpResponse:
        context["may_restore"] = obj is not None and permissions.may_steer(request.user, obj.event)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    @method_decorator(require_POST)
    def restore_related_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the pins, hidden entries and links of this version those of the entry."""
        revision = get_object_or_404(Revision.objects.select_related("event__cover"), pk=pk)
        event, based_on = revision.event, request.POST.get("based_on", "")
        if not permissions.may_steer(request.user, event):
            raise PermissionDenied
        try:
            steering.restore(
                event,
                revision.snapshot,
                by=request.user,
                based_on=int(based_on) if based_on.isdecimal() else 0,
            )
        except EditConflict:
            self.message_user(
                request, _("Somebody saved this entry meanwhile; nothing was changed."), level=messages.ERROR
            )
        else:
            self.message_user(request, _("The related stories are as they were."), level=messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_event_related", args=[event.pk]))

    @admin.display(description=gettext_lazy("entry"))
    def entry(self, revision: Revision) -> SafeString:
        text = json.dumps(revision.snapshot, ensure_ascii=False, indent=2)
        return format_html('<pre tabindex="0">{}</pre>', text)

    def get_readonly_fields(self, request: HttpRequest, obj: Revision | None = None) -> list[str]:
        return self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        return False
