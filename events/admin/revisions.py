"""Revisions, to be read whole; the history of one entry stands on a page of its own."""

import json

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from events.admin.event_list import BoundedPaginator
from events.admin.history import HistoryDesk
from events.models import Revision


@admin.register(Revision)
class RevisionAdmin(HistoryDesk, admin.ModelAdmin):
    list_display = ["of", "version", "made_at", "made_by", "note"]
    list_select_related = ["event", "article", "made_by"]
    list_per_page = 50
    search_fields = ["=event__public_id", "=article__public_id"]
    search_help_text = gettext_lazy("The permanent id of an entry")
    ordering = ["-pk"]
    paginator = BoundedPaginator
    show_full_result_count = False
    fields = ["of", "version", "made_at", "made_by", "note", "as_stored"]
    actions = None
    change_form_template = "admin/events/revision/change_form.html"

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("event__body", "event__summary", "article__body")

    @admin.display(description=gettext_lazy("entry"))
    def of(self, revision: Revision) -> str:
        return str(revision.entry)

    @admin.display(description=gettext_lazy("as it was"))
    def as_stored(self, revision: Revision) -> SafeString:
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
