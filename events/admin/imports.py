"""Imports: upload a file, see what would become of it, then run it."""

from pathlib import Path
from typing import BinaryIO

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.importers.base import unpacked
from events.importers.registry import IMPORTERS
from events.importers.results import ImportResult
from events.importers.runner import run_import
from events.models import ImportRow, ImportRun
from events.workflow import permissions

OUTCOMES = {
    "new": gettext_lazy("new"),
    "updated": gettext_lazy("updated"),
    "unchanged": gettext_lazy("unchanged"),
    "skipped": gettext_lazy("skipped"),
    "invalid": gettext_lazy("invalid"),
    "duplicate": gettext_lazy("possible duplicate"),
}
SHOWN_ROWS = 200


class ImportForm(forms.ModelForm):
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("Plain, or packed with gzip."))
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=lambda: [(found.name, found.title) for found in IMPORTERS]
    )

    class Meta:
        model = ImportRun
        fields = ["file", "format", "as_draft", "suggest_contexts"]


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """A new import is a dry run first; its page has the button that imports in earnest."""

    form = ImportForm
    change_form_template = "admin/events/importrun/change_form.html"
    list_display = ["file_name", "format", "is_dry_run", "counts_text", "started_at", "started_by"]
    list_select_related = ["started_by"]
    list_filter = ["format", "is_dry_run"]
    actions = None
    fields = [
        "file_name", "format", "as_draft", "suggest_contexts", "is_dry_run", "started_by", "started_at",
        "finished_at", "counts_text", "row_table",
    ]  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: ImportRun | None = None) -> list[str]:
        return self.fields if obj else ImportForm.Meta.fields

    def get_readonly_fields(self, request: HttpRequest, obj: ImportRun | None = None) -> list[str]:
        return self.fields if obj else []

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may(request.user, "import")

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ImportRun, form: ImportForm, change: bool) -> None:
        obj.file_name = Path(form.cleaned_data["file"].name).name[:255]
        obj.is_dry_run, obj.started_by = True, request.user
        obj.save()
        run(obj)

    def response_add(self, request: HttpRequest, obj: ImportRun, post_url_continue=None) -> HttpResponse:
        self.message_user(
            request, _("This was a dry run: nothing has been imported yet."), level=messages.INFO
        )
        return HttpResponseRedirect(reverse("admin:events_importrun_change", args=[obj.pk]))

    def get_urls(self) -> list:
        return [
            path("<int:pk>/run/", self.admin_site.admin_view(self.run_view), name="events_importrun_run"),
            *super().get_urls(),
        ]

    def run_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Import the file of a dry run in earnest, batch by batch, as the command does."""
        tried = get_object_or_404(ImportRun, pk=pk, is_dry_run=True)
        if request.method != "POST" or not self.has_add_permission(request):
            raise PermissionDenied
        done = ImportRun.objects.create(
            file_name=tried.file_name,
            file=tried.file.name,
            format=tried.format,
            as_draft=tried.as_draft,
            suggest_contexts=tried.suggest_contexts,
            started_by=request.user,
        )
        result = run(done)
        count = result.counts["new"] + result.counts["updated"]
        told = ngettext("%(count)d entry was written.", "%(count)d entries were written.", count)
        level = messages.SUCCESS if result.is_clean else messages.WARNING
        self.message_user(request, told % {"count": count}, level=level)
        return HttpResponseRedirect(reverse("admin:events_importrun_change", args=[done.pk]))

    @admin.display(description=gettext_lazy("result"))
    def counts_text(self, run: ImportRun) -> str:
        parts = [f"{run.counts[name]} {word}" for name, word in OUTCOMES.items() if run.counts.get(name)]
        if number := run.counts.get("suggested"):
            added = ngettext("%(count)d context added", "%(count)d contexts added", number)
            parts.append(added % {"count": number})
        if number := run.counts.get("duplicates"):
            found = ngettext("%(count)d possible duplicate", "%(count)d possible duplicates", number)
            parts.append(found % {"count": number})
        return ", ".join(parts)

    @admin.display(description=gettext_lazy("rows to look at"))
    def row_table(self, run: ImportRun) -> SafeString | str:
        rows = [
            (row.where, OUTCOMES.get(row.outcome, row.outcome), row.message, row.import_ref)
            for row in ImportRow.objects.filter(run=run)[:SHOWN_ROWS]
        ]
        if not rows:
            return _("None: every row is new or unchanged.")
        return format_html(
            '<div class="rows" tabindex="0" role="region" aria-label="{}"><table><thead><tr>'
            '<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th>'
            "</tr></thead>"
            "<tbody>{}</tbody></table></div>",
            _("Rows to look at"),
            _("Line"),
            _("Outcome"),
            _("Message"),
            _("Import reference"),
            format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", rows),
        )


def run(run: ImportRun) -> ImportResult:
    """Read the run's file, and write it unless it is a dry run; the run keeps counts and rows."""
    with opened(run) as stream:
        return run_import(
            run.format,
            stream,
            path=run.file_name,
            as_draft=run.as_draft,
            suggest_contexts=run.suggest_contexts,
            dry_run=run.is_dry_run,
            report_duplicates=run.is_dry_run,
            by=run.started_by,
            run=run,
        )


def opened(run: ImportRun) -> BinaryIO:
    """The uploaded file, unpacked."""
    return unpacked(run.file.storage.open(run.file.name, "rb").file)
