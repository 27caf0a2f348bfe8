"""The history of an entry: a whole copy of the entry at every save."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.addresses import of_one_entry


class Revision(models.Model):
    """The entry as one write left it: fields, citations in order, contexts, cover; and who, when, why."""

    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, null=True, related_name="revisions", db_index=False
    )
    article = models.ForeignKey(
        "events.Article", on_delete=models.CASCADE, null=True, related_name="revisions", db_index=False
    )
    version = models.PositiveIntegerField(_("version"))
    snapshot = models.JSONField(_("entry"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("by"),
    )
    note = models.CharField(_("note"), max_length=255, blank=True)
    act = models.CharField(
        _("act"),
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text=_("The step of the workflow that this write was, if it was one."),
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-version"]
        constraints = [
            of_one_entry("revision"),
            models.UniqueConstraint(fields=["event", "version"], name="revision_version_once"),
            # Of articles alone: writers of many events pay nothing for it.
            models.UniqueConstraint(
                fields=["article", "version"],
                name="revision_article_version_once",
                condition=Q(article__isnull=False),
            ),
        ]
        indexes = [
            # With what a person wrote at, so that nobody reads the snapshots for it; imports name no person.
            models.Index(
                fields=["made_by", "event", "article"],
                name="revision_made_by",
                condition=Q(made_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id or self.article_id} v{self.version}"

    @property
    def entry(self) -> models.Model:
        """The event or the article."""
        return self.event if self.event_id else self.article
