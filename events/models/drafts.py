"""Changes of an entry that readers see, written without taking it down: one draft revision an entry."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.addresses import of_one_entry


class DraftRevision(models.Model):
    """The whole entry as it is to become. Readers' pages never read this table."""

    event = models.OneToOneField(
        "events.Event", on_delete=models.CASCADE, null=True, related_name="draft_revision"
    )
    article = models.OneToOneField(
        "events.Article", on_delete=models.CASCADE, null=True, related_name="draft_revision"
    )
    snapshot = models.JSONField(_("entry"))
    # The version of the entry that it changes, and its own, which moves at each save of it.
    based_on = models.PositiveIntegerField()
    serial = models.PositiveIntegerField(default=1)
    note = models.CharField(_("note"), max_length=255, blank=True)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("draft revision")
        verbose_name_plural = _("draft revisions")
        constraints = [of_one_entry("draft_revision")]
        indexes = [models.Index(fields=["written_at"], name="draft_revision_written")]

    def __str__(self) -> str:
        return f"{self.event_id or self.article_id} after v{self.based_on}"
