"""The desk where events are written: the list, and what an event's edit page has beside that of any entry."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.admin.bulk import BulkDesk
from events.admin.choice_filters import (
    CategoryFilter,
    CoverFilter,
    LanguageFilter,
    ScheduledFilter,
    StateFilter,
)
from events.admin.citations import CitationInline
from events.admin.duplicates import BringSources
from events.admin.entry_checks import CheckedEventForm
from events.admin.entry_desk import COVER, PUBLICATION, RECORD, EntryDesk
from events.admin.event_list import (
    BoundedPaginator,
    EventColumns,
    search_events,
    state_of,
    years_known,
)
from events.admin.event_merges import MergeDesk
from events.admin.list_filters import ContextFilter, PersonFilter, PublisherFilter
from events.admin.planner import PlannerDesk
from events.admin.problem_filter import ProblemFilter
from events.admin.queues import QueueDesk
from events.admin.related import RelatedDesk
from events.admin.reports import ReportDesk
from events.admin.saved_lists import SavedListDesk
from events.admin.source_desk import SourceDesk
from events.models import Citation, Event, Tagging

# The events that are offered while one is looked for.
SUGGESTIONS = 8


@admin.register(Event)
class EventAdmin(
    BringSources,
    SourceDesk,
    BulkDesk,
    MergeDesk,
    EventColumns,
    RelatedDesk,
    PlannerDesk,
    ReportDesk,
    QueueDesk,
    SavedListDesk,
    EntryDesk,
):
    form = CheckedEventForm
    inlines = [CitationInline]
    change_list_template = "admin/events/event/change_list.html"

    list_display = [
        "thumbnail",
        "title",
        "date",
        "state_badge",
        "citations_count",
        "context_list",
        "edited_at",
    ]
    list_display_links = ["title"]
    list_filter = [
        PersonFilter, ContextFilter, PublisherFilter, ProblemFilter, StateFilter, ScheduledFilter,
        CategoryFilter, LanguageFilter, CoverFilter, "is_incomplete",
    ]  # fmt: skip
    list_per_page = 50
    list_max_show_all = 200
    search_fields = ["headline"]
    search_help_text = gettext_lazy(
        "Words of headline, contexts or sources; a permanent id; a source's address"
    )
    date_hierarchy = "date"
    ordering = ["-date", "pk"]
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    fieldsets = [
        (
            None,
            {
                "fields": [
                    "based_on", "draft_revision", "form_token", "headline", "short_headline", "summary",
                    "context_names",
                ],
            },
        ),
        (
            gettext_lazy("Day"),
            {"fields": [("date", "end_date"), ("date_precision", "time", "time_zone")]},
        ),
        (gettext_lazy("Body"), {"fields": ["body"]}),
        COVER,
        (
            gettext_lazy("Filing"),
            {
                "fields": [
                    "category", ("label", "label_until"), ("language", "direction"), "slug", "is_incomplete",
                ],
            },
        ),
        PUBLICATION,
        RECORD,
    ]  # fmt: skip

    class Media:
        css: ClassVar = {"all": ["css/admin-sources.css"]}
        js = [
            forms.Script("js/admin-related-desk.js", type="module"),
            forms.Script("js/admin-source-desk.js", type="module"),
            forms.Script("js/admin-source-picks.js", type="module"),
            forms.Script("js/admin-suggest-input.js", type="module"),
        ]

    # The list

    def get_changelist_instance(self, request: HttpRequest):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = self.with_columns(changelist.result_list)
        if not any(name.startswith("date__") for name in changelist.params):
            # Django's hierarchy would ask every row for its year: a second at a hundred thousand.
            changelist.date_hierarchy = None
            changelist.year_links = [
                (year, changelist.get_query_string({"date__year": year}, ["p"])) for year in years_known()
            ]
        return changelist

    def with_columns(self, events: QuerySet) -> QuerySet:
        """What the columns show, in two queries for all rows together."""
        return events.defer("body", "summary", "retraction_notice").prefetch_related(
            Prefetch("citations", Citation.objects.only("pk", "event_id")),
            Prefetch("taggings", Tagging.objects.select_related("tag").defer("tag__description")),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        return search_events(queryset, search_term, now=timezone.now()), False

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        # Deletion goes through the entry's own page, where its history can be seen.
        actions.pop("delete_selected", None)
        return actions

    # For fields that name events

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.suggest_view)
        return [path("suggest/", view, name="events_event_suggest"), *super().get_urls()]

    def suggest_view(self, request: HttpRequest) -> JsonResponse:
        """Events by their words, id or address, found as the list finds them; ids with headlines behind."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = request.GET.get("q", "")[:200]
        found = search_events(Event.objects.filter(merged_into=None), text, now=timezone.now())
        rows = found.defer("body", "summary").newest_first()[:SUGGESTIONS] if text.strip() else []
        results = [
            {
                "name": f"{event.public_id} {event}",
                "matched": "",
                "kind": event.date.isoformat(),
                "count": state_of(event)[1],
            }
            for event in rows
        ]
        return JsonResponse({"results": results})
