"""Every address that an event ever had."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Address(models.Model):
    """One address of an event: "news/2016/02/21/slug", or a path of an older system.

    The present address is among them; whoever asks by another one is redirected.
    """

    path = models.CharField(_("path"), max_length=700, unique=True)
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="addresses")
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["pk"]

    def __str__(self) -> str:
        return "/" + self.path
