"""The desk where an entry of any kind is written: edit page, preview, merge page, and saving.

Everything goes through the one write door. What differs by kind is the form, and what an admin mixes in.
"""

from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin import conflicts, posted
from events.admin.autosaves import AutosaveDesk
from events.admin.context_offers import ContextOffers
from events.admin.deletion import TakingAllAlong
from events.admin.drafts import DraftDesk
from events.admin.entry_checks import CheckedForm, EntryChecks
from events.admin.entry_facts import EntryFacts
from events.admin.entry_form import KEEP_DRAFT, RECHECK
from events.admin.entry_widgets import WIDGETS
from events.admin.event_list import state_of
from events.admin.history import history_address
from events.admin.open_forms import row_of_form
from events.admin.preview import PAGE, choices, preview
from events.admin.preview_elsewhere import CardDesk
from events.admin.preview_links import PreviewLinkDesk
from events.admin.refused_form import error_links, is_only_rechecked
from events.admin.short_writes import ShortWrites
from events.admin.waiting import sent_back
from events.models import Entry, Image
from events.models.entries import visible_at
from events.text.numbers import number_in
from events.workflow import drafts, edits, permissions, transitions
from events.workflow.cards import renew_card
from events.workflow.pictures import store_picture

# The parts of the edit page that are the same of every kind of entry.
COVER = (
    gettext_lazy("Cover image"),
    {
        "fields": [
            "cover_preview", "cover_file", "cover", "cover_source_url", "cover_alt", "cover_is_decorative",
            "cover_caption", ("cover_credit", "cover_licence"), ("cover_focal_x", "cover_focal_y"),
        ],
    },
)  # fmt: skip
PUBLICATION = (
    gettext_lazy("Publication"),
    {"fields": [("publish_at", "embargo_until"), "retraction_notice", "is_significant", "revision_note"]},
)
RECORD = (
    gettext_lazy("Record"),
    {"fields": ["record", "addresses", "revisions"], "classes": ["collapse"]},
)


class EntryDesk(
    AutosaveDesk,
    DraftDesk,
    EntryChecks,
    ContextOffers,
    PreviewLinkDesk,
    CardDesk,
    EntryFacts,
    ShortWrites,
    TakingAllAlong,
    admin.ModelAdmin,
):
    change_form_template = "admin/events/event/change_form.html"
    raw_id_fields = ["cover"]
    # Django would offer it of drafts too, whose address leads nowhere.
    view_on_site = False

    class Media:
        css: ClassVar = {"all": ["css/admin-checks.css"]}
        js = [
            forms.Script("js/admin-live-preview.js", type="module"),
            forms.Script("js/admin-keep-draft.js", type="module"),
            forms.Script("js/admin-autosave.js", type="module"),
            forms.Script("js/admin-entry-checks.js", type="module"),
            forms.Script("js/admin-shortcuts.js", type="module"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("cover", "draft_revision")
        return rows.defer("draft_revision__snapshot")

    # Permissions: what somebody may do with events they may do with articles.

    def has_view_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return request.user.has_perm("events.view_event") or request.user.has_perm("events.change_event")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.add_event")

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return request.user.has_perm("events.delete_event")

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        if not request.user.has_perm("events.change_event"):
            return False
        # Who may not change what is published may still propose a change of it.
        return obj is None or may_save(request, obj) or drafts.may_propose(request.user, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return permissions.may(request.user, "publish")

    # The edit page

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.preview_view)
        name = f"events_{self.opts.model_name}_preview"
        return [
            path("preview/", view, name=f"{name}_new"),
            path("<path:object_id>/preview/", view, name=name),
            *super().get_urls(),
        ]

    def get_form(self, request: HttpRequest, obj: Entry | None = None, change: bool = False, **kwargs):
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
            entry = self.get_object(request, unquote(object_id)) if object_id else None
            self.keep_upload(request)
            if object_id and entry is None and self.has_add_permission(request):
                return self.write_anew(request)
            if answer := self.answer_unsaved(request, entry):
                return answer
            if entry and self.has_change_permission(request, entry):
                if answer := self.answer_draft(request, entry):
                    return answer
                if conflicts.MERGE in request.POST and (found := self.merged(request, entry)):
                    request.POST = found
                elif (based_on := started_from(request)) != entry.version:
                    # Before the form is checked: what a colleague changed could make it look wrong.
                    return self.conflict_page(request, edits.EditConflict(entry, based_on))
                if KEEP_DRAFT in request.POST and (answer := self.keep_draft(request, entry)):
                    return answer
                if not may_save(request, entry) and RECHECK not in request.POST:
                    raise PermissionDenied
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except edits.EditConflict as conflict:
            return self.conflict_page(request, conflict)

    def render_change_form(self, request: HttpRequest, context: dict, obj: Entry | None = None, **kwargs):
        entry = self.model.objects.get(pk=obj.pk) if obj else self.model()
        form = context["adminform"].form
        if is_rechecked := is_only_rechecked(form, context["errors"]):
            context["errors"] = None
        may_edit = self.has_change_permission(request, entry) if obj else self.has_add_permission(request)
        context |= {
            "moves": transitions.open_to(entry, request.user) if may_edit else [],
            "may_save": may_edit and may_save(request, entry),
            "badge": state_of(entry)[0],
            "event_state": state_of(entry)[1],
            "goes_live": visible_at(entry) if state_of(entry)[0] == "scheduled" else None,
            "zone": timezone.get_current_timezone_name(),
            "has_public_page": entry.is_public() or entry.state == Entry.State.RETRACTED,
            "is_published": entry.state == Entry.State.PUBLISHED,
            "may_edit": may_edit,
            "preview_choices": choices(),
            "sent_back": sent_back(entry),
            "is_rechecked": is_rechecked,
            "error_links": error_links(form, context["inline_admin_formsets"]),
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def write_anew(self, request: HttpRequest) -> HttpResponse:
        """What was typed into an entry that a colleague has deleted since, as the form of a new one."""
        request.POST = posted.as_new(self.form.kind, request.POST)
        request.POST[RECHECK] = "1"
        words = _("This entry is gone: a colleague has deleted it. What you typed stands here as a new one.")
        self.message_user(request, words, level=messages.WARNING)
        address = reverse(f"admin:events_{self.opts.model_name}_add")
        return super().changeform_view(request, None, address)

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

    def save_model(self, request: HttpRequest, obj: Entry, form: CheckedForm, change: bool) -> None:
        self.begin_writing(request)
        if change:
            edits.claim(obj, based_on=form.cleaned_data["based_on"] or 0)
        obj.cover = form.save_cover()
        if form.transition:
            form.move(obj)
        if not change:
            obj.save()

    def save_related(self, request: HttpRequest, form: CheckedForm, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        entry = form.instance
        form.put_rows()
        was_approved = entry.state == Entry.State.APPROVED
        revision = edits.record(
            entry,
            by=request.user,
            note=form.cleaned_data["revision_note"] or self.note_of(form),
            act=form.transition,
            is_significant=form.cleaned_data["is_significant"],
        )
        renew_card(entry)
        form.keep_overruled(revision)
        if was_approved and entry.state != Entry.State.APPROVED:
            words = _("The approval was of the text as it was before; the entry is in review again.")
            self.message_user(request, words, level=messages.WARNING)
        if form.label_is_over():
            words = _("“Label until” lies in the past: readers never see the label.")
            self.message_user(request, words, level=messages.WARNING)
        if serial := form.cleaned_data["draft_revision"]:
            drafts.drop(entry, serial=serial)
        self.forget_unsaved(request, entry, form.cleaned_data["form_token"], is_new=not change)

    def note_of(self, form: CheckedForm) -> str:
        if form.cleaned_data["draft_revision"]:
            return _("Draft revision published")
        return str(transitions.BY_NAME[form.transition].title) if form.transition else ""

    def delete_model(self, request: HttpRequest, obj: Entry) -> None:
        edits.delete(obj)

    # Preview and conflicts

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        entry = row_of_form(self, request, object_id)
        kind = request.POST.get("_preview_as", PAGE)
        return preview(self, request, entry, kind if kind in dict(choices()) else PAGE)

    def full_form(self, request: HttpRequest, entry: Entry) -> type[CheckedForm]:
        return self.get_form(request, entry, change=True)

    def merged(self, request: HttpRequest, entry: Entry) -> QueryDict | None:
        """The answer of the merge page as a form; None when somebody saved again while it was read."""
        if request.POST.get("seen_version") != str(entry.version):
            return None
        if not may_save(request, entry):
            request.POST = request.POST.copy()
            request.POST.pop(conflicts.MERGE_AND_SAVE, None)
        base = snapshot_at(entry, started_from(request))
        return conflicts.merged(self.full_form(request, entry), request.POST, entry, base)

    def conflict_page(self, request: HttpRequest, conflict: edits.EditConflict) -> HttpResponse:
        """Say who came first, and show both texts part by part; nothing of what was typed is lost."""
        entry = self.model.objects.select_related("cover").get(pk=conflict.entry.pk)
        base = snapshot_at(entry, conflict.based_on)
        found = conflicts.differences(self.full_form(request, entry), request.POST, entry, base)
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
            "event": entry,
            "theirs": conflict.theirs,
            "saved_since": entry.revisions.filter(version__gt=conflict.based_on).count(),
            "base_version": conflict.based_on if base else None,
            "asked": [part for part in found if not part.taken],
            "joined": [part for part in found if part.taken],
            "hidden": hidden,
            "may_save": may_save(request, entry),
        }
        return TemplateResponse(request, "admin/events/event/conflict.html", context, status=409)

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        """In place of Django's log: the revisions, which tell what was changed too."""
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(history_address(entry))


def may_save(request: HttpRequest, entry: Entry) -> bool:
    """Whether saving may change the entry itself, and not only keep a draft revision of it."""
    return permissions.may_edit(request.user, entry)


def snapshot_at(entry: Entry, version: int) -> dict:
    """The entry as a version had it; empty where that revision is not kept."""
    return entry.revisions.filter(version=version).values_list("snapshot", flat=True).first() or {}


def started_from(request: HttpRequest) -> int:
    """The version that the posted form was made of; 0 if it does not say."""
    return number_in(request.POST.get("based_on", "")) or 0
