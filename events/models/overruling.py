"""Warnings that editors published against."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OverruledWarning(models.Model):
    """One warning that whoever made the revision overruled; by whom and when is the revision's."""

    revision = models.ForeignKey(
        "events.Revision",
        on_delete=models.CASCADE,
        related_name="overruled",
        db_index=False,  # The constraint's index begins with it.
    )
    # A finding's code: a word, and an address behind it where it is about one.
    code = models.CharField(max_length=2100)
    message = models.TextField(_("warning"))

    class Meta:
        verbose_name = _("overruled warning")
        verbose_name_plural = _("overruled warnings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "code"], name="overruled_warning_once"),
        ]

    def __str__(self) -> str:
        return self.message
