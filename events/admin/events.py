"""The desk where events are written: list, edit page, preview, conflict page."""

from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import conflicts
from events.admin.autosaves import AutosaveDesk
from events.admin.citations import CitationInline, renumber
from events.admin.context_offers import ContextOffers
from events.admin.drafts import DraftDesk
from events.admin.duplicates import BringSources
from events.admin.entry_checks import CheckedForm, EntryChecks
from events.admin.event_actions import EventActions
from events.admin.event_form import KEEP_DRAFT, RECHECK, EventAdminForm
from events.admin.event_list import (
    BoundedPaginator,
    CategoryFilter,
    CoverFilter,
    EventColumns,
    LanguageFilter,
    ScheduledFilter,
    picture_html,
    search_events,
    state_of,
    years_known,
)
from events.admin.moment_input import MomentInput
from events.admin.preview import PAGE, choices, preview
from events.admin.preview_links import PreviewLinkDesk
from events.admin.queues import QueueDesk, sent_back
from events.admin.related import RelatedDesk
from events.admin.short_writes import ShortWrites
from events.admin.source_desk import SourceDesk
from events.admin.version_parts import moment
from events.admin.widgets import DatalistInput
from events.models import Citation, Event, Image, Tagging
from events.workflow import drafts, edits, permissions, transitions
from events.workflow.cards import renew_card
from events.workflow.pictures import store_picture

DATE = {"type": "date"}


@admin.register(Event)
class EventAdmin(
    AutosaveDesk,
    DraftDesk,
    BringSources,
    EntryChecks,
    SourceDesk,
    ContextOffers,
    EventActions,
    EventColumns,
    RelatedDesk,
    QueueDesk,
    PreviewLinkDesk,
    ShortWrites,
    admin.ModelAdmin,
):
    form = CheckedForm
    inlines = [CitationInline]
    change_form_template = "admin/events/event/change_form.html"
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
        "state", ScheduledFilter, CategoryFilter, LanguageFilter, CoverFilter, "is_incomplete",
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
    actions: ClassVar = ["submit_selected", "publish_selected", "draft_selected", "add_context_to_selected"]
    raw_id_fields = ["cover"]
    readonly_fields = ["cover_preview", "record", "addresses", "revisions"]

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
        (
            gettext_lazy("Cover image"),
            {
                "fields": [
                    "cover_preview", "cover_file", "cover", "cover_source_url", "cover_alt",
                    "cover_is_decorative", "cover_caption", ("cover_credit", "cover_licence"),
                    ("cover_focal_x", "cover_focal_y"),
                ],
            },
        ),
        (
            gettext_lazy("Filing"),
            {"fields": ["category", ("language", "direction"), "slug", "is_incomplete"]},
        ),
        (
            gettext_lazy("Publication"),
            {
                "fields": [
                    ("publish_at", "embargo_until"), "retraction_notice", "is_significant", "revision_note",
                ],
            },
        ),
        (gettext_lazy("Record"), {"fields": ["record", "addresses", "revisions"], "classes": ["collapse"]}),
    ]  # fmt: skip

    class Media:
        css: ClassVar = {"all": ["css/admin-sources.css", "css/admin-checks.css"]}
        js = [
            forms.Script("js/admin-live-preview.js", type="module"),
            forms.Script("js/admin-keep-draft.js", type="module"),
            forms.Script("js/admin-autosave.js", type="module"),
            forms.Script("js/admin-related-desk.js", type="module"),
            forms.Script("js/admin-source-desk.js", type="module"),
            forms.Script("js/admin-entry-checks.js", type="module"),
        ]

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("cover", "draft_revision")
        return rows.defer("draft_revision__snapshot")

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

    # Permissions

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        # Who may not change what is published may still propose a change of it.
        return obj is None or may_save(request, obj) or drafts.may_propose(request.user, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return permissions.may(request.user, "publish")

    def get_deleted_objects(self, objs, request: HttpRequest):
        """What hangs on an event goes with it; only the right to delete events counts."""
        to_delete, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set(), protected

    # The edit page

    def get_urls(self) -> list:
        return [
            path("preview/", self.admin_site.admin_view(self.preview_view), name="events_event_preview_new"),
            path(
                "<path:object_id>/preview/",
                self.admin_site.admin_view(self.preview_view),
                name="events_event_preview",
            ),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, obj: Event | None = None, change: bool = False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in WIDGETS:
            field = db_field.formfield(widget=WIDGETS[db_field.name]())
        return field

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        if request.method == "POST":
            event = self.get_object(request, unquote(object_id)) if object_id else None
            if event:
                self.bring_sources(request, event)
            self.keep_upload(request)
            if answer := self.answer_unsaved(request, event):
                return answer
            if event and self.has_change_permission(request, event):
                if answer := self.answer_draft(request, event):
                    return answer
                if conflicts.MERGE in request.POST and (found := self.merged(request, event)):
                    request.POST = found
                elif (based_on := started_from(request)) != event.version:
                    # Before the form is checked: what a colleague changed could make it look wrong.
                    return self.conflict_page(request, edits.EditConflict(event, based_on))
                if KEEP_DRAFT in request.POST and (answer := self.keep_draft(request, event)):
                    return answer
                if not may_save(request, event) and RECHECK not in request.POST:
                    raise PermissionDenied
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except edits.EditConflict as conflict:
            return self.conflict_page(request, conflict)

    def render_change_form(self, request: HttpRequest, context: dict, obj: Event | None = None, **kwargs):
        event = Event.objects.get(pk=obj.pk) if obj else Event()
        may_edit = self.has_change_permission(request, event) if obj else self.has_add_permission(request)
        context |= {
            "moves": transitions.open_to(event, request.user) if may_edit else [],
            "may_save": may_edit and may_save(request, event),
            "badge": state_of(event)[0],
            "event_state": state_of(event)[1],
            "is_live": event.is_public(),
            "is_published": event.state == Event.State.PUBLISHED,
            "may_edit": may_edit,
            "preview_choices": choices(),
            "sent_back": sent_back(event),
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def keep_upload(self, request: HttpRequest) -> None:
        """Store an uploaded cover at once and choose it, so that no error on the page can lose it."""
        upload = request.FILES.get("cover_file")
        if upload is None or not request.user.has_perm("events.add_image"):
            return
        try:
            stored = store_picture(Image(), upload)
        except ValidationError:
            # The form says the same, beside its field.
            return
        request.FILES.pop("cover_file")
        request.POST = request.POST.copy()
        request.POST["cover"] = str(stored.pk)

    # Saving: through the one write door

    def save_model(self, request: HttpRequest, obj: Event, form: EventAdminForm, change: bool) -> None:
        self.begin_writing(request)
        if change:
            edits.claim(obj, based_on=form.cleaned_data["based_on"] or 0)
        obj.cover = form.save_cover()
        if form.transition:
            form.move(obj)
        if not change:
            obj.save()

    def save_related(self, request: HttpRequest, form: EventAdminForm, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        event = form.instance
        renumber(event)
        event.contexts.put(form.contexts())
        was_approved = event.state == Event.State.APPROVED
        form.link_followed()
        revision = edits.record(
            event,
            by=request.user,
            note=form.cleaned_data["revision_note"] or self.note_of(form),
            act=form.transition,
            is_significant=form.cleaned_data["is_significant"],
        )
        renew_card(event)
        form.keep_overruled(revision)
        if was_approved and event.state != Event.State.APPROVED:
            words = _("The approval was of the text as it was before; the entry is in review again.")
            self.message_user(request, words, level=messages.WARNING)
        if serial := form.cleaned_data["draft_revision"]:
            drafts.drop(event, serial=serial)
        self.forget_unsaved(request, event, form.cleaned_data["form_token"], is_new=not change)

    def note_of(self, form: EventAdminForm) -> str:
        if form.cleaned_data["draft_revision"]:
            return _("Draft revision published")
        return str(transitions.BY_NAME[form.transition].title) if form.transition else ""

    def delete_model(self, request: HttpRequest, obj: Event) -> None:
        edits.delete(obj)

    # Preview and conflicts

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        event = self.get_object(request, unquote(object_id)) if object_id else None
        may_edit = self.has_change_permission(request, event) if event else self.has_add_permission(request)
        if request.method != "POST" or not may_edit or (object_id and event is None):
            raise PermissionDenied
        kind = request.POST.get("_preview_as", PAGE)
        return preview(self, request, event, kind if kind in dict(choices()) else PAGE)

    def full_form(self, request: HttpRequest, event: Event) -> type[EventAdminForm]:
        return self.get_form(request, event, change=True)

    def merged(self, request: HttpRequest, event: Event) -> QueryDict | None:
        """The answer of the merge page as a form; None when somebody saved again while it was read."""
        if request.POST.get("seen_version") != str(event.version):
            return None
        if not may_save(request, event):
            request.POST = request.POST.copy()
            request.POST.pop(conflicts.MERGE_AND_SAVE, None)
        base = snapshot_at(event, started_from(request))
        return conflicts.merged(self.full_form(request, event), request.POST, event, base)

    def conflict_page(self, request: HttpRequest, conflict: edits.EditConflict) -> HttpResponse:
        """Say who came first, and show both texts part by part; nothing of what was typed is lost."""
        event = Event.objects.select_related("cover").get(pk=conflict.entry.pk)
        base = snapshot_at(event, conflict.based_on)
        found = conflicts.differences(self.full_form(request, event), request.POST, event, base)
        hidden = [
            (key, value)
            for key, values in request.POST.lists()
            for value in values
            if key not in ("csrfmiddlewaretoken", "seen_version") and not key.startswith("_")
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Somebody saved before you"),
            "opts": self.opts,
            "event": event,
            "theirs": conflict.theirs,
            "saved_since": event.revisions.filter(version__gt=conflict.based_on).count(),
            "base_version": conflict.based_on if base else None,
            "asked": [part for part in found if not part.taken],
            "joined": [part for part in found if part.taken],
            "hidden": hidden,
            "may_save": may_save(request, event),
        }
        return TemplateResponse(request, "admin/events/event/conflict.html", context, status=409)

    # What is only shown

    @admin.display(description=gettext_lazy("present cover"))
    def cover_preview(self, event: Event) -> SafeString | str:
        if not (event.pk and event.cover_id):
            return _("none")
        said = [
            (Image._meta.get_field(name).verbose_name, value)
            for name, value in event.cover.proposals.items()
            if not getattr(event.cover, name)
        ]
        # What the file proposes is taken over, or not, on the picture's own page.
        words = ((_("the file says, %s") % name, value) for name, value in said)
        return format_html(
            '{} <a href="{}">{}</a>{}',
            picture_html(event.cover),
            reverse("admin:events_image_change", args=[event.cover_id]),
            _("Crops, place, people"),
            format_html_join("", "<br>{}: {}", words),
        )

    @admin.display(description=gettext_lazy("this entry"))
    def record(self, event: Event) -> SafeString | str:
        if not event.pk:
            return _("Not saved yet.")
        facts = [
            (_("Permanent id"), event.public_id),
            (_("GUID"), event.guid),
            (_("Import reference"), event.import_ref or "—"),
            (_("Event day"), event.date),
            (_("First published"), moment(event.first_published_at)),
            (_("Updated"), moment(event.updated_at)),
            (_("Edited"), moment(event.edited_at)),
        ]
        return format_html("<dl>{}</dl>", format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", facts))

    @admin.display(description=gettext_lazy("addresses it ever had"))
    def addresses(self, event: Event) -> SafeString | str:
        if not event.pk:
            return "—"
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((row,) for row in event.addresses.all()))
        )

    @admin.display(description=gettext_lazy("revisions"))
    def revisions(self, event: Event) -> SafeString | str:
        if not event.pk:
            return "—"
        rows = event.revisions.select_related("made_by").defer("snapshot")[:50]
        return format_html(
            "<ol reversed>{}</ol>",
            format_html_join(
                "",
                '<li value="{}"><a href="/admin/events/revision/{}/change/">{}</a> {} {}</li>',
                ((r.version, r.pk, moment(r.made_at), r.made_by or _("import"), r.note) for r in rows),
            ),
        )

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        """In place of Django's log: the revisions, which tell what was changed too."""
        event = self.get_object(request, unquote(object_id))
        if event is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(reverse("admin:events_revision_of", args=[event.pk]))


def may_save(request: HttpRequest, event: Event) -> bool:
    """Whether saving may change the entry itself, and not only keep a draft revision of it."""
    return permissions.may_edit(request.user, event)


def snapshot_at(event: Event, version: int) -> dict:
    """The entry as a version had it; empty where that revision is not kept."""
    return event.revisions.filter(version=version).values_list("snapshot", flat=True).first() or {}


def started_from(request: HttpRequest) -> int:
    """The version that the posted form was made of; 0 if it does not say."""
    text = request.POST.get("based_on", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def zone_input() -> DatalistInput:
    return DatalistInput(
        [
            "UTC",
            "Africa/Cairo",
            "America/New_York",
            "Asia/Damascus",
            "Asia/Shanghai",
            "Europe/London",
            "Europe/Paris",
        ]
    )


WIDGETS = {
    "headline": lambda: forms.Textarea(attrs={"rows": 2, "class": "headline-input"}),
    "short_headline": lambda: forms.TextInput(attrs={"class": "vTextField"}),
    "summary": lambda: forms.Textarea(attrs={"rows": 4}),
    "body": lambda: forms.Textarea(attrs={"rows": 12}),
    "date": lambda: forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
    "end_date": lambda: forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
    "time": lambda: forms.TimeInput(attrs={"type": "time"}, format="%H:%M:%S"),
    "time_zone": zone_input,
    "publish_at": MomentInput,
    "embargo_until": MomentInput,
    "retraction_notice": lambda: forms.Textarea(attrs={"rows": 3}),
}
