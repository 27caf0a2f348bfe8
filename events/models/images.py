"""Pictures: the file as uploaded, what must be said with it, and the renditions made of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.images.crops import OwnCrop
from events.images.listing import StoredRendition, read_listing
from events.images.names import original_name
from events.images.renditions import Framing
from events.images.validators import validate_picture
from events.text.cleaning import clean_block, clean_line

# What to tell an editor where it is missing, by the fields that the public must not see a picture without.
LACKING = {
    "alt": _("Say what the picture shows, or mark it as decorative."),
    "credit": _("Name the author of the picture or whom it comes from."),
    "licence": _("Say by what right we show the picture."),
}
NO_PICTURE = _("Upload a file or give the source address.")


class Image(models.Model):
    """A picture. Without a file it is known by its source address alone and is linked, never shown."""

    # Not an ImageField, which takes the memory of a whole picture to learn its size.
    file = models.FileField(
        _("file"), upload_to=original_name, blank=True, max_length=255, validators=[validate_picture]
    )
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    source_url = models.TextField(_("source address"), blank=True)
    alt = models.TextField(
        _("alternative text"), blank=True, help_text=_("What the picture shows, for those who cannot see it.")
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("The picture adds nothing to the text.")
    )
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=255, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=64,
        blank=True,
        help_text=_("An SPDX identifier such as CC-BY-SA-4.0, or words."),
    )
    place = models.CharField(
        _("place"), max_length=255, blank=True, help_text=_("Where it was taken, such as Homs, Syria.")
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    people = models.TextField(
        _("people shown"), blank=True, help_text=_("One name a line, from left to right.")
    )
    focal_x = models.FloatField(_("focal point, from the left"), default=0.5)
    focal_y = models.FloatField(_("focal point, from the top"), default=0.5)
    # What the file says of itself, by field: shown to editors until they have decided.
    proposals = models.JSONField(default=dict, blank=True, editable=False)
    # {"1:1": [left, top, width]}: what an editor cut out for a ratio, as shares of the picture.
    crops = models.JSONField(default=dict, blank=True, editable=False)
    # As `events.images.listing` writes them.
    renditions = models.TextField(blank=True, editable=False)
    placeholder = models.CharField(max_length=18, blank=True, editable=False)
    likeness = models.BigIntegerField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at"]
        indexes = [
            # The few that lack what must be said with a picture.
            models.Index(
                fields=["id"], name="image_without_alt", condition=Q(alt="") & Q(is_decorative=False)
            ),
            models.Index(fields=["id"], name="image_without_credit", condition=Q(credit="")),
            models.Index(fields=["id"], name="image_without_licence", condition=Q(licence="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(source_url=""),
                name="image_has_file_or_source",
                violation_error_message=NO_PICTURE,
            ),
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1)) & Q(focal_y__range=(0, 1)),
                name="image_focal_point_inside",
                violation_error_message=_("The focal point lies within 0 and 1."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.caption or self.file.name or self.source_url

    def save(self, *args, **kwargs) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Put the words in order, as importers do, so that an export of them comes in unchanged."""
        for name in ("alt", "credit", "licence", "place"):
            setattr(self, name, clean_line(getattr(self, name)))
        for name in ("caption", "people"):
            setattr(self, name, clean_block(getattr(self, name)))

    @property
    def block_key(self) -> str:
        """The start of the file's hash, by which the text of an article names the picture."""
        return self.digest[:12]

    def missing(self) -> list[str]:
        """The fields without which the public may not see it."""
        needed = ["credit", "licence"] if self.is_decorative else ["alt", "credit", "licence"]
        return [name for name in needed if not getattr(self, name).strip()]

    @property
    def stored(self) -> tuple[StoredRendition, ...]:
        """The renditions, by ratio, narrowest first."""
        return read_listing(self.renditions)

    @property
    def thumbnail(self) -> StoredRendition | None:
        """The smallest rendition that every program shows, of a list's ratio where there is one."""
        plain = (found for found in self.stored if found.type == "image/jpeg")
        return min(plain, key=lambda found: (found.ratio != "4:3", found.width), default=None)

    @property
    def framing(self) -> Framing:
        """What decides the crops."""
        crops = {ratio: OwnCrop(*edges) for ratio, edges in self.crops.items()}
        return Framing((self.focal_x, self.focal_y), crops)


class Card(models.Model):
    """The drawn card of an entry without a picture. Its name tells of which words it was made."""

    name = models.CharField(max_length=255)
    bytes = models.PositiveIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ShareCard(Card):
    """An event's."""

    event = models.OneToOneField(
        "events.Event", on_delete=models.CASCADE, primary_key=True, related_name="share_card"
    )

    class Meta:
        verbose_name = _("share card")
        verbose_name_plural = _("share cards")


class ArticleCard(Card):
    """An article's."""

    article = models.OneToOneField(
        "events.Article", on_delete=models.CASCADE, primary_key=True, related_name="share_card"
    )

    class Meta:
        verbose_name = _("share card of an article")
        verbose_name_plural = _("share cards of articles")


class OrphanFile(models.Model):
    """A stored file that nothing needs, and since when that is known (`events.workflow.cleaning`)."""

    name = models.CharField(max_length=255, primary_key=True)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("unneeded file")
        verbose_name_plural = _("unneeded files")

    def __str__(self) -> str:
        return self.name
