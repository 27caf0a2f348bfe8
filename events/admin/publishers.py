"""Publishers: made by citing, given a readable name by an editor."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy

from events import derived
from events.admin.deletion import WithoutDerived
from events.admin.event_list import BoundedPaginator
from events.admin.joined_form import JoinedForm, SavesInTurn
from events.citations.publishers import publisher_host
from events.models import Citation, Publisher

SUGGESTIONS = 12


@admin.register(Publisher)
class PublisherAdmin(SavesInTurn, WithoutDerived, admin.ModelAdmin):
    form = JoinedForm
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
        if "country" in form.changed_data:
            # Whether sources are all of one country follows from it.
            cited = Citation.objects.filter(publisher=obj).order_by().values_list("event", flat=True)
            derived.refresh_problems(list(cited.distinct()))
        derived.touch()

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.suggest_view)
        return [path("suggest/", view, name="events_publisher_suggest"), *super().get_urls()]

    def suggest_view(self, request: HttpRequest) -> JsonResponse:
        """Publishers whose name or host begins with `q`, the most cited first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = request.GET.get("q", "").strip()
        return JsonResponse({"results": suggestions(text) if text else []})


def suggestions(text: str) -> list[dict[str, str]]:
    """Each with its host, by which it is meant for certain."""
    known = Q(name__istartswith=text) | Q(host__istartswith=text) | Q(host=publisher_host(text.lower()))
    rows = Publisher.objects.filter(known).order_by("-events_count", "host")[:SUGGESTIONS]
    return [{"name": row.host, "matched": row.name} for row in rows]
