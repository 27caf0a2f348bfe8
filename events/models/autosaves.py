"""What editors type and have not saved: a slot for each editor and entry, beside the history."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Autosave(models.Model):
    """The unsaved form of one editor on one entry, and that they have it open.

    Never part of the entry: nothing reads `form` but the form itself, when its editor asks for it.
    """

    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # "event/12", or "event/new/1f0c…" with the token of a form whose entry is not stored yet.
    slot = models.CharField(max_length=64)
    # As a browser sends it (application/x-www-form-urlencoded); empty while nothing is unsaved.
    form = models.TextField(_("form"), blank=True)
    form_token = models.CharField(max_length=32, blank=True)
    kept_at = models.DateTimeField(_("kept"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["slot", "editor"], name="autosave_one_slot"),
        ]
        indexes = [models.Index(fields=["editor", "slot"], name="autosave_editor")]

    def __str__(self) -> str:
        return f"{self.slot} by {self.editor_id}"
