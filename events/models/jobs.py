"""Work that nothing on a page waits for, claimed by workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work. Whoever has its lease does it; a lease that ran out is anybody's.

    A single job goes when it is done, one that comes back is due again later.
    """

    kind = models.CharField(_("kind"), max_length=40)
    # What it is about, such as an address; one job of a kind for each.
    key = models.CharField(_("subject"), max_length=2000, blank=True)
    due_at = models.DateTimeField(_("due"))
    lease = models.CharField(_("lease"), max_length=32, blank=True)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    # Since it last succeeded, those that a killed worker did not end among them.
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["due_at", "pk"]
        # Nobody but workers writes it.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="job_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()
