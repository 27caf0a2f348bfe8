"""Pages that citations lead to, as they were when the newsroom last looked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.citations.fetching import PROBLEMS
from events.citations.labels import carrier_of, label_of


class SourcePage(models.Model):
    """What a page said of itself, by the canonical form of the address it was asked by.

    A look that failed leaves what an earlier one found; `problem` tells why it failed, `missing_since` since
    when nobody found the page. Nothing of this is published.
    """

    key = models.CharField(_("canonical address"), max_length=2000)
    checked_at = models.DateTimeField(_("looked at"))
    problem = models.CharField(_("problem"), max_length=12, blank=True)
    missing_since = models.DateTimeField(_("missing since"), null=True, blank=True)
    # Of the archive that the settings name: when it was asked, and its copy if it had one.
    archive_asked_at = models.DateTimeField(_("archive asked"), null=True, blank=True)
    archived_copy = models.CharField(_("archived copy"), max_length=2000, blank=True)

    title = models.TextField(_("title"), blank=True)
    description = models.TextField(_("description"), blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    author = models.TextField(_("author"), blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    canonical = models.CharField(_("the page's own address"), max_length=2000, blank=True)
    picture = models.TextField(_("picture"), blank=True)
    picture_alt = models.TextField(_("alternative text of the picture"), blank=True)
    agency = models.CharField(_("origin agency"), max_length=100, blank=True)
    section = models.CharField(_("section"), max_length=200, blank=True)
    is_paywalled = models.BooleanField(_("behind a paywall"), default=False)

    # What `PageFacts` tells.
    FACTS = (
        "title", "description", "publisher", "author", "published_on", "language", "canonical", "picture",
        "picture_alt", "agency", "section", "is_paywalled",
    )  # fmt: skip

    class Meta:
        verbose_name = _("page of a source")
        verbose_name_plural = _("pages of sources")
        ordering = ["pk"]
        constraints = [
            # Not `unique=True`, for which PostgreSQL would keep a second index for LIKE.
            models.UniqueConstraint(fields=["key"], name="source_page_key_unique"),
        ]
        indexes = [
            models.Index(fields=["checked_at", "id"], name="source_page_checked"),
            models.Index(
                fields=["-missing_since", "-id"],
                name="source_page_missing",
                condition=models.Q(missing_since__isnull=False),
            ),
            models.Index(
                fields=["key"], name="source_page_gone", condition=models.Q(missing_since__isnull=False)
            ),
            models.Index(
                fields=["canonical"], name="source_page_canonical", condition=~models.Q(canonical="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def why(self) -> str:
        """What went wrong at the last look, in words."""
        return str(PROBLEMS.get(self.problem, ""))

    @property
    def is_unarchived(self) -> bool:
        """Whether the archive was asked and had no copy."""
        return self.archive_asked_at is not None and not self.archived_copy

    @property
    def carrier(self) -> str:
        return carrier_of(self.agency, self.publisher)

    @property
    def label(self) -> str:
        return label_of(self.agency, self.publisher)
