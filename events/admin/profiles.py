"""The people and organisations that articles are by, and the places of articles on the front page."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy, ngettext

from events import derived
from events.admin.article_form import BAR
from events.admin.joined_form import JoinedForm, SavesInTurn
from events.admin.moment_input import MomentInput
from events.models import FrontSlot, Profile
from events.workflow.permissions import may

SUGGESTIONS = 8


class TouchingAdmin(admin.ModelAdmin):
    """Of what stands on readers' pages and goes through no other door: a write makes them anew."""

    def save_model(self, request: HttpRequest, obj, form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        derived.touch()

    def delete_model(self, request: HttpRequest, obj) -> None:
        super().delete_model(request, obj)
        derived.touch()


@admin.register(Profile)
class ProfileAdmin(SavesInTurn, TouchingAdmin):
    form = JoinedForm
    list_display = ["name", "kind", "works"]
    list_filter = ["kind"]
    list_per_page = 50
    search_fields = ["name", "slug"]
    raw_id_fields = ["picture"]
    readonly_fields = ["former_addresses"]
    actions = None
    fields = ["kind", "name", "text", "url", "picture", "slug", "former_addresses"]

    def save_model(self, request: HttpRequest, obj: Profile, form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            # Search knows articles by their authors' names.
            derived.refresh_articles(list(obj.bylines.values_list("article", flat=True)))

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "url":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(works_count=Count("bylines"))

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.suggest_view)
        return [path("suggest/", view, name="events_profile_suggest"), *super().get_urls()]

    def suggest_view(self, request: HttpRequest) -> JsonResponse:
        """Profiles with a name like `q`; a role behind the bar goes along with each."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        name, bar, role = request.GET.get("q", "")[:300].partition(BAR)
        found = (
            self.get_queryset(request).filter(name__icontains=name.strip()).order_by("-works_count", "name")
        )
        rows = list(found.defer("text")[:SUGGESTIONS]) if name.strip() else []
        behind = f" {BAR} {role.strip()}" if bar and role.strip() else ""
        results = [
            {
                "name": profile.name + behind,
                "matched": "",
                "kind": str(profile.get_kind_display()),
                "count": ngettext("%(count)d article", "%(count)d articles", profile.works_count)
                % {"count": profile.works_count},
            }
            for profile in rows
        ]
        return JsonResponse({"results": results})

    @admin.display(description=gettext_lazy("articles"), ordering="works_count")
    def works(self, profile: Profile) -> int:
        return profile.works_count

    @admin.display(description=gettext_lazy("addresses it ever had"))
    def former_addresses(self, profile: Profile) -> str:
        return ", ".join(profile.addresses.values_list("slug", flat=True)) if profile.pk else "—"


@admin.register(FrontSlot)
class FrontSlotAdmin(SavesInTurn, TouchingAdmin):
    """Whoever may publish decides what stands on the front page."""

    form = JoinedForm
    list_display = ["position", "article", "until"]
    list_display_links = ["article"]
    list_select_related = ["article"]
    raw_id_fields = ["article"]
    actions = None
    fields = ["article", "position", "until"]

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "until":
            return db_field.formfield(widget=MomentInput())
        if db_field.name == "position":
            kwargs["widget"] = forms.NumberInput(attrs={"min": 1, "max": 99})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: FrontSlot | None = None) -> bool:
        return request.user.has_perm("events.view_event")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "publish")

    def has_change_permission(self, request: HttpRequest, obj: FrontSlot | None = None) -> bool:
        return may(request.user, "publish")

    has_delete_permission = has_change_permission
