"""What was imported, by whom, and what became of each row."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One run of an import over one file."""

    file_name = models.CharField(_("file"), max_length=255)
    file = models.FileField(_("uploaded file"), upload_to="imports/", blank=True)
    format = models.CharField(_("format"), max_length=20)
    as_draft = models.BooleanField(_("as drafts"), default=False)
    suggest_contexts = models.BooleanField(
        _("add contexts that the texts name"),
        default=False,
        help_text=_("Only contexts that exist, by name or alias in headline and summary."),
    )
    is_dry_run = models.BooleanField(_("dry run"), default=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """What became of one row and why; rows that were simply new or unchanged are only counted."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    where = models.CharField(_("line"), max_length=255)
    outcome = models.CharField(_("outcome"), max_length=12)
    message = models.TextField(_("message"), blank=True)
    import_ref = models.CharField(_("import reference"), max_length=700, blank=True)

    class Meta:
        verbose_name = _("import row")
        verbose_name_plural = _("import rows")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.where}: {self.outcome}"
