"""Every address that an entry ever had."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def of_one_entry(name: str) -> models.CheckConstraint:
    """That a row belongs to an event or to an article."""
    return models.CheckConstraint(
        condition=Q(event__isnull=False, article__isnull=True) | Q(event__isnull=True, article__isnull=False),
        name=f"{name}_of_one_entry",
    )


class Address(models.Model):
    """One address of an entry: "news/2016/02/21/slug", or a path of an older system.

    The present address is among them; whoever asks by another one is redirected.
    """

    path = models.CharField(_("path"), max_length=700, unique=True)
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, null=True, related_name="addresses")
    article = models.ForeignKey(
        "events.Article", on_delete=models.CASCADE, null=True, related_name="addresses", db_index=False
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["pk"]
        constraints = [of_one_entry("address")]
        indexes = [
            # Of articles alone: writers of many events pay nothing for it.
            models.Index(fields=["article"], name="address_article", condition=Q(article__isnull=False)),
        ]

    def __str__(self) -> str:
        return "/" + self.path

    @property
    def entry(self) -> models.Model:
        """The event or the article."""
        return self.event if self.event_id else self.article


def permanent_path(public_id: str) -> str:
    """The key of an entry's permanent short address; it is a row where another entry took it over."""
    return f"e/{public_id}"
