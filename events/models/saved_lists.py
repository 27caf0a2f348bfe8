"""Views of a list that editors named, to find them again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedList(models.Model):
    """Filters, search and order of a list of entries, as a query string that was checked."""

    name = models.CharField(_("name"), max_length=60)
    # Which list: the OWNER of its entries.
    kind = models.CharField(max_length=10)
    query = models.CharField(max_length=1000)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("for the whole newsroom"), default=False)

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        ordering = ["name", "pk"]
        # Everybody keeps their own; `events.workflow.permissions` says who shares.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "name"],
                name="saved_list_name_once",
                violation_error_message=_("You have a list of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_list_has_name"),
        ]
        indexes = [models.Index(fields=["kind"], name="saved_list_shared", condition=Q(is_shared=True))]

    def __str__(self) -> str:
        return self.name
