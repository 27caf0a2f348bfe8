"""Citations and the publishers they lead to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.citations.labels import parse_label
from events.citations.publishers import publisher_host, publisher_name
from events.citations.urls import canonical_url, host_of, is_web_url
from events.querysets import PublisherQuerySet
from events.text.cleaning import clean_line


class Publisher(models.Model):
    """Who published a source, known by host."""

    host = models.CharField(_("host"), max_length=253)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166, such as GB"))
    events_count = models.PositiveIntegerField(_("events"), default=0, editable=False)

    objects = PublisherQuerySet.as_manager()

    class Meta:
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        ordering = ["name"]
        constraints = [
            # Not `unique=True`, for which PostgreSQL would keep a second index for LIKE.
            models.UniqueConstraint(fields=["host"], name="publisher_host_unique"),
        ]
        indexes = [
            models.Index(F("events_count").desc(), "host", name="publisher_events_count"),
            models.Index(fields=["name", "id"], name="publisher_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/sources/{self.host}/"


class Citation(models.Model):
    """One numbered source of an event: what was read, where, and from whom it came."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="citations")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    label = models.CharField(
        _("label"), max_length=300, help_text=_("Such as “Reuters” or “AFP via Yahoo! News”.")
    )
    url = models.TextField(_("address"), blank=True, help_text=_("Kept as it was given."))
    canonical_url = models.CharField(_("canonical address"), max_length=2000, blank=True, editable=False)
    publisher = models.ForeignKey(
        Publisher,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="citations",
        db_index=False,
        verbose_name=_("publisher"),
    )
    agency = models.CharField(_("origin agency"), max_length=100, blank=True)
    carrier = models.CharField(
        _("carrier"), max_length=200, blank=True, help_text=_("Who carried the agency's report.")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    is_paywalled = models.BooleanField(_("behind a paywall"), default=False)
    quote = models.TextField(_("quote"), blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["publisher", "event"], name="citation_publisher"),
            models.Index(
                fields=["canonical_url"], name="citation_canonical_url", condition=~Q(canonical_url="")
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args, **kwargs) -> None:
        self.prepare()
        host = publisher_host(host_of(self.url))
        self.publisher = (
            Publisher.objects.get_or_create(host=host, defaults={"name": publisher_name(host, self.label)})[0]
            if host
            else None
        )
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        prepare_citation(self)

    def clean(self) -> None:
        check_citation(self)


def prepare_citation(citation: Any) -> None:
    """Clean the label, read agency and carrier from it, find the canonical address.

    `citation` is a model, or a row with the same attributes: bulk writers make no models.
    """
    citation.label = clean_line(citation.label)[:300]
    citation.url = citation.url.strip()
    citation.canonical_url = canonical_url(citation.url)
    if not citation.agency and not citation.carrier:
        origin = parse_label(citation.label)
        citation.agency, citation.carrier = origin.agency, origin.carrier


def check_citation(citation: Any) -> None:
    """The rule for a model or a row. Raises ValidationError."""
    if citation.url and not is_web_url(citation.url.strip()):
        raise ValidationError({"url": _("Give an address that begins with http:// or https://.")})
