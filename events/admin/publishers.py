"""Publishers: made by citing, given a readable name by an editor."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from events import derived
from events.admin.event_list import BoundedPaginator
from events.models import Publisher


@admin.register(Publisher)
class PublisherAdmin(admin.ModelAdmin):
    list_display = ["name", "host", "country", "events_count"]
    search_fields = ["^name", "^host"]
    search_help_text = gettext_lazy("The beginning of the name or of the host")
    ordering = ["-events_count", "host"]
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    fields = ["name", "host", "country", "events_count"]
    readonly_fields = ["host", "events_count"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A citation's address makes its publisher."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Publisher | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Publisher, form, change: bool) -> None:
        # Not the whole row: a colleague's publication may have counted an event in the meantime.
        obj.save(update_fields=["name", "country"])
        derived.touch()
