"""Contexts: names and aliases, what lies under what, suggestions for the event's form, merging."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.context_moves import MoveDesk
from events.admin.context_report import ReportDesk
from events.admin.deletion import TakingAllAlong
from events.admin.event_list import BoundedPaginator
from events.admin.joined_form import JoinedForm, SavesInTurn
from events.admin.joined_rows import JoinedRows
from events.admin.stories import TurningPointInline, warn_of_strangers
from events.admin.widgets import NamesPicker
from events.forms import ContextNamesField
from events.models import Context, ContextName
from events.stories.lines import Story
from events.text.folding import name_key
from events.text.numbers import number_in
from events.workflow import contexts as workflow
from events.workflow import permissions

SUGGESTIONS = 12


class ContextForm(JoinedForm):
    """A context with its parents by name; nothing may come to lie under itself."""

    parent_names = ContextNamesField(label=gettext_lazy("Lies under"), required=False)

    class Meta:
        model = Context
        fields = ["name", "slug", "kind", "description", "wikidata", "media_topic", "is_for_related"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "parent_names" in self.fields:
            self.fields["parent_names"].widget = NamesPicker()
        if self.instance.pk:
            names = self.instance.parents.order_by("name").values_list("name", flat=True)
            self.initial.setdefault("parent_names", "\n".join(names))

    def clean_parent_names(self) -> list[Context]:
        names = self.cleaned_data["parent_names"]
        if any(is_new for _name, is_new in names):
            raise ValidationError(_("Make the parent first; here only existing contexts can be named."))
        parents = Context.objects.resolve([name for name, _is_new in names])
        if self.instance.pk and self.instance in workflow.ancestors(parents):
            raise ValidationError(_("A context cannot lie under itself."))
        return parents


class AliasInline(admin.StackedInline):
    model = ContextName
    form = JoinedForm
    formset = JoinedRows
    fields = ["name"]
    extra = 1
    verbose_name = gettext_lazy("alias")
    verbose_name_plural = gettext_lazy("aliases")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(is_alias=True)


@admin.register(Context)
class ContextAdmin(ReportDesk, MoveDesk, SavesInTurn, TakingAllAlong, admin.ModelAdmin):
    form = ContextForm
    inlines = [AliasInline]
    list_display = ["name", "kind", "alias_list", "events_count"]
    list_filter = ["kind", "is_for_related"]
    list_per_page = 50
    search_fields = ["name"]
    search_help_text = gettext_lazy("A name or an alias, or its beginning")
    ordering = ["-events_count", "name"]
    paginator = BoundedPaginator
    show_full_result_count = False
    actions = ["merge_selected"]
    readonly_fields = ["events_count", "former_addresses"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "parent_names", "description"]}),
        (
            gettext_lazy("Addresses and ids"),
            {"fields": ["slug", "former_addresses", "wikidata", "media_topic"]},
        ),
        (gettext_lazy("Use"), {"fields": ["is_for_related", "events_count"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("names")

    def get_inlines(self, request: HttpRequest, obj: Context | None) -> list:
        """A context of kind story is a story line, and has turning points as one."""
        is_story = obj is not None and obj.kind == Context.Kind.STORY
        return [*self.inlines, TurningPointInline] if is_story else self.inlines

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        key = name_key(search_term) if search_term.strip() else ""
        if not key:
            return queryset, False
        return queryset.filter(pk__in=ContextName.objects.filter(key__contains=key).values("context")), False

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        # A context that is not wanted is merged, so that its address and its events are kept.
        actions.pop("delete_selected", None)
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        may = {"may_merge": self.has_merge_permission(request)}
        return super().changelist_view(request, {**may, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        may = {"may_merge": self.has_merge_permission(request)}
        return super().change_view(request, object_id, form_url, {**may, **(extra_context or {})})

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return permissions.may(request.user, "merge_contexts")

    def save_model(self, request: HttpRequest, obj: Context, form: ContextForm, change: bool) -> None:
        # Not the whole row: a colleague's publication may have counted an event in the meantime.
        obj.save(update_fields=ContextForm.Meta.fields if change else None)

    def save_related(self, request: HttpRequest, form: ContextForm, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.parents.set(form.cleaned_data["parent_names"])
        workflow.refresh([form.instance.pk])
        if form.instance.kind == Context.Kind.STORY:
            warn_of_strangers(self, request, Story(form.instance))

    def delete_model(self, request: HttpRequest, obj: Context) -> None:
        workflow.delete(obj, by=request.user)

    @admin.display(description=gettext_lazy("aliases"))
    def alias_list(self, context: Context) -> str:
        return ", ".join(context.aliases)

    @admin.display(description=gettext_lazy("addresses it ever had"))
    def former_addresses(self, context: Context) -> str:
        return ", ".join(context.addresses.values_list("slug", flat=True)) if context.pk else "—"

    # Suggestions

    def get_urls(self) -> list:
        return [
            path("suggest/", self.admin_site.admin_view(self.suggest_view), name="events_context_suggest"),
            path("merge/", self.admin_site.admin_view(self.merge_view), name="events_context_merge"),
            *super().get_urls(),
        ]

    def suggest_view(self, request: HttpRequest) -> JsonResponse:
        """Contexts with a name or alias like `q`: those that begin with it first, then the most used."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse({"results": suggestions(request.GET.get("q", ""))})

    # Merging

    @admin.action(description=gettext_lazy("Merge into one…"), permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        pks = list(queryset.values_list("pk", flat=True)[:51])
        if not 2 <= len(pks) <= 50:
            self.message_user(request, _("Select between 2 and 50 contexts to merge."), level=messages.ERROR)
            return None
        query = "&".join(f"pk={pk}" for pk in pks)
        return HttpResponseRedirect(f"{reverse('admin:events_context_merge')}?{query}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Shows what a merge would do for each choice of the one that stays; POST does it."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        asked = {number_in(pk) for pk in (request.POST or request.GET).getlist("pk")} - {None}
        chosen = list(Context.objects.filter(pk__in=asked).order_by("-events_count", "name"))
        if len(chosen) < 2:
            self.message_user(request, _("Select between 2 and 50 contexts to merge."), level=messages.ERROR)
            return HttpResponseRedirect(reverse("admin:events_context_changelist"))
        by_key = {str(context.pk): context for context in chosen}
        into = by_key.get((request.POST or request.GET).get("into", ""), chosen[0])
        losers = [context for context in chosen if context != into]
        if request.method == "POST":
            move = workflow.merge(losers, into=into, by=request.user)
            self.tell_moved(request, move)
            return HttpResponseRedirect(reverse("admin:events_context_move", args=[move.pk]))
        page = {
            **self.admin_site.each_context(request),
            "title": _("Merge contexts"),
            "opts": self.opts,
            "chosen": chosen,
            "into": into,
            "losers": losers,
            "plan": workflow.plan_merge(losers, into=into),
        }
        return TemplateResponse(request, "admin/events/context/merge.html", page)


def suggestions(text: str) -> list[dict]:
    """At most SUGGESTIONS contexts for what was typed so far, each with the name that matched."""
    key = name_key(text) if text.strip() else ""
    if not key:
        return []
    names = ContextName.objects.select_related("context").order_by("-context__events_count", "key")
    rows = [*names.filter(Q(key=key)), *names.filter(key__startswith=key)[: SUGGESTIONS * 2]]
    if len(rows) < SUGGESTIONS:
        rows += names.filter(key__contains=key)[: SUGGESTIONS * 2]
    found: dict[int, dict] = {}
    for row in rows:
        found.setdefault(
            row.context_id,
            {
                "name": row.context.name,
                "matched": row.name if row.is_alias else "",
                "kind": row.context.get_kind_display(),
                "count": row.context.events_count,
            },
        )
    return list(found.values())[:SUGGESTIONS]
