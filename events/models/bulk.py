"""Changes of many entries at once, kept so that they can be taken back together."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BulkChange(models.Model):
    """One change of many events. `rows` are lists of key, version before and version after."""

    act = models.CharField(max_length=20)
    told = models.CharField(_("change"), max_length=255)
    rows = models.JSONField(default=list)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    undone_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("change of many")
        verbose_name_plural = _("changes of many")
        ordering = ["-pk"]
        # Written by the desk alone.
        default_permissions = ()

    def __str__(self) -> str:
        return self.told
