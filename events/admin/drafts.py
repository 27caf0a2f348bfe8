"""Draft revisions on the edit page: kept by a button, opened in the form, compared, published by saving.

Opening one is a form that was posted once more, as restoring unsaved text is: a live text that changed since
leads to the merge page.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import all_valid
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from events.admin import posted
from events.admin.conflicts import known_rows, put_rows
from events.admin.entry_form import KEEP_DRAFT, RECHECK
from events.admin.preview import saved_for_now
from events.admin.version_parts import views
from events.forms import lines_of_names
from events.models import DraftRevision, Entry
from events.workflow import drafts
from events.workflow.comparison import changes
from events.workflow.kinds import kind_of
from events.workflow.parts import Snapshot

OPEN, DISCARD = "_open_draft", "_discard_draft"


class DraftDesk:
    """Mixed into the admin of a kind of entry."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.draft_view)
        name = f"events_{self.opts.model_name}_draft"
        return [path("<path:object_id>/draft/", view, name=name), *super().get_urls()]

    def draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the draft revision would change, part by part."""
        entry = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, entry):
            raise PermissionDenied
        draft = drafts.draft_of(entry) if entry else None
        if draft is None:
            raise Http404
        found = changes(kind_of(entry).whole(entry), draft.snapshot, kind_of(entry).content)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Draft revision"),
            "subtitle": str(entry),
            "opts": self.opts,
            "event": entry,
            "draft": draft,
            "parts": views(found, type(entry)),
        }
        return TemplateResponse(request, "admin/events/event/draft.html", context)

    def answer_draft(self, request: HttpRequest, entry: Entry) -> HttpResponse | None:
        """Open or discard the draft revision; None where the form is to be shown or saved."""
        if not (OPEN in request.POST or DISCARD in request.POST):
            return None
        draft = drafts.draft_of(entry)
        if draft is None:
            self.message_user(request, _("The draft revision is gone."), level=messages.WARNING)
        elif OPEN in request.POST:
            request.POST = form_of_draft(self.full_form(request, entry), entry, draft)
            request.is_kept = True
            return None
        elif drafts.may_discard(request.user, draft, entry):
            drafts.drop(entry, serial=draft.serial)
            self.message_user(request, _("The draft revision is discarded."), level=messages.SUCCESS)
        else:
            raise PermissionDenied
        return HttpResponseRedirect(request.path)

    def keep_draft(self, request: HttpRequest, entry: Entry) -> HttpResponse | None:
        """Keep the posted form as the draft revision; None where it has mistakes to be shown first."""
        form = self.full_form(request, entry)(request.POST, request.FILES, instance=entry)
        formsets, _inlines = self._create_formsets(request, form.instance, change=True)
        if all([form.is_valid(), all_valid(formsets)]):
            data = self.as_it_would_be(request, entry, form, formsets)
            try:
                drafts.keep(
                    entry,
                    data,
                    by=request.user,
                    based_on=form.cleaned_data["based_on"],
                    serial=form.cleaned_data["draft_revision"] or 0,
                    note=form.cleaned_data["revision_note"],
                    now=timezone.now(),
                )
            except drafts.DraftTaken as taken:
                words = _(
                    "Another draft revision of this entry was kept meanwhile, by %(who)s. Yours is only here."
                )
                who = taken.draft.written_by if taken.draft else "–"
                self.message_user(request, words % {"who": who}, level=messages.ERROR)
            else:
                self.forget_unsaved(request, entry, form.cleaned_data["form_token"], is_new=False)
                words = _("The draft revision is kept. Readers see the text as it was until it is published.")
                self.message_user(request, words, level=messages.SUCCESS)
                return HttpResponseRedirect(request.path)
        request.POST = request.POST.copy()
        del request.POST[KEEP_DRAFT]
        request.POST[RECHECK] = "1"
        return None

    def as_it_would_be(self, request: HttpRequest, entry: Entry, form, formsets) -> Snapshot:
        """The snapshot that saving this valid form would leave; nothing of it is written."""
        with transaction.atomic():
            data = kind_of(entry).whole(saved_for_now(self, request, form, formsets, change=True))
            transaction.set_rollback(True)
        return data

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs):
        draft = drafts.draft_of(obj) if obj else None
        is_open = request.method == "POST" and bool(request.POST.get("draft_revision"))
        context |= {
            "draft_revision": draft,
            "is_draft_open": draft is not None and is_open,
            "may_propose": obj is not None and drafts.may_propose(request.user, obj),
            "may_discard": draft is not None and drafts.may_discard(request.user, draft, obj),
        }
        if context["is_draft_open"]:
            # A step would take the draft's text along with it.
            context["moves"] = []
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def form_of_draft(form_class: type, entry: Entry, draft: DraftRevision) -> QueryDict:
    """The form as a browser would post it with the draft revision in it, to be looked at once more."""
    kind, snapshot = form_class.kind, draft.snapshot
    data = QueryDict(mutable=True)
    data.update(posted.from_draft(form_class, snapshot))
    told_by = kind.rows.told_by
    rows = [
        dict.fromkeys(told_by, "") | {key: str(value) for key, value in row.items()}
        for row in snapshot.get(kind.rows.part.name, [])
    ]
    put_rows(data, known_rows(rows, entry, kind.rows), entry, kind.rows)
    data["context_names"] = lines_of_names(snapshot.get("contexts", []))
    data.update(cover_begun_with(entry, draft))
    data["based_on"], data["draft_revision"] = str(draft.based_on), str(draft.serial)
    data["revision_note"] = draft.note
    data[RECHECK] = "1"
    return data


def cover_begun_with(entry: Entry, draft: DraftRevision) -> dict[str, str]:
    """What was said of the cover in the version that the draft began with, as the form carries it: words that
    came to the picture since then are no part of the draft."""
    base = entry.revisions.filter(version=draft.based_on).values_list("snapshot", flat=True).first() or {}
    was, now = base.get("cover", {}), draft.snapshot.get("cover", {})
    if not was or was.get("id") != now.get("id"):
        return {}
    return posted.carried_cover(was)
