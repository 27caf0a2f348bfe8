"""Secret links by which somebody without an account reads an entry that is not public."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.addresses import of_one_entry


class PreviewLink(models.Model):
    """One link to one entry. Only the digest of its secret is kept: whoever reads the table opens nothing."""

    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, null=True, related_name="preview_links"
    )
    article = models.ForeignKey(
        "events.Article", on_delete=models.CASCADE, null=True, related_name="preview_links"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(_("for whom"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]
        constraints = [
            of_one_entry("preview_link"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="preview_link_lives"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id or self.article_id} until {self.expires_at:%Y-%m-%d}"

    def opens(self, *, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    @property
    def entry(self) -> models.Model:
        """The event or the article."""
        return self.event if self.event_id else self.article
