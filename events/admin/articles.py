"""The desk where signed articles are written: that of every entry, with authors, events covered and notes."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from events.admin.article_form import NoteForm
from events.admin.block_toolbar import BlockDesk, BodyInput
from events.admin.choice_filters import CoverFilter, ScheduledFilter, StateFilter
from events.admin.entry_checks import CheckedArticleForm
from events.admin.entry_desk import COVER, PUBLICATION, RECORD, EntryDesk
from events.admin.event_list import BoundedPaginator, EntryColumns, at_address, contexts_called
from events.admin.list_filters import ContextFilter, PersonFilter
from events.admin.moment_input import MomentInput
from events.admin.problem_filter import ArticleProblemFilter
from events.admin.saved_lists import SavedListDesk
from events.citations.urls import is_web_url
from events.models import Article, ArticleNote, ArticleTagging, Byline


class NoteInline(admin.StackedInline):
    """Corrections and updates that readers are told of; whoever may change the article may write them."""

    model = ArticleNote
    form = NoteForm
    extra = 0

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "noted_at":
            return db_field.formfield(widget=MomentInput())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return request.user.has_perm("events.change_event")

    has_add_permission = has_delete_permission = has_change_permission

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return request.user.has_perm("events.view_event")


@admin.register(Article)
class ArticleAdmin(BlockDesk, EntryColumns, SavedListDesk, EntryDesk):
    form = CheckedArticleForm
    inlines = [NoteInline]
    change_list_template = "admin/events/entry_list.html"
    list_display = ["thumbnail", "headline", "date", "kind", "state_badge", "author_list", "edited_at"]
    list_display_links = ["headline"]
    list_filter = [
        PersonFilter, ContextFilter, ArticleProblemFilter, StateFilter, ScheduledFilter, "kind", CoverFilter,
    ]  # fmt: skip
    list_per_page = 50
    search_fields = ["headline", "deck", "=public_id", "profiles__name"]
    search_help_text = gettext_lazy(
        "Words of headline or deck; an author's name; a context; a permanent id; an address"
    )
    ordering = ["-date", "pk"]
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "based_on", "draft_revision", "form_token", "headline", "deck", "byline_names",
                    "event_names", "context_names",
                ],
            },
        ),
        (gettext_lazy("Text"), {"fields": ["body", "agencies"]}),
        (
            gettext_lazy("Filing"),
            {
                "fields": [
                    ("date", "kind"), "section", ("label", "label_until"), ("language", "direction"), "slug",
                ],
            },
        ),
        COVER,
        PUBLICATION,
        RECORD,
    ]  # fmt: skip

    class Media:
        css: ClassVar = {"all": ["css/admin-blocks.css"]}
        js = [forms.Script("js/admin-suggest-input.js", type="module")]

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name == "body":
            return db_field.formfield(widget=BodyInput())
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changelist_instance(self, request: HttpRequest):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = changelist.result_list.defer("body", "retraction_notice").prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("profile").defer("profile__text")),
            Prefetch("taggings", ArticleTagging.objects.select_related("tag").defer("tag__description")),
        )
        return changelist

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By its own address or a footnote's; by words, author or id, and by a context or its alias."""
        text = search_term.strip()
        if is_web_url(text):
            return queryset.filter(Q(pk__in=at_address(Article, text)) | Q(body__contains=text)), False
        if not (contexts := contexts_called(text)):
            return super().get_search_results(request, queryset, search_term)
        found, _may_repeat = super().get_search_results(request, self.model.objects.all(), search_term)
        tagged = ArticleTagging.objects.filter(tag__in=contexts).values("content_object")
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=tagged)), False

    @admin.display(description=gettext_lazy("by"))
    def author_list(self, article: Article) -> str:
        return ", ".join(row.profile.name for row in article.bylines.all())
