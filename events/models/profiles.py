"""The people and organisations that articles are by."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.querysets import ProfileQuerySet
from events.text.cleaning import clean_block, clean_line
from events.text.slugs import next_free, slugify_name

SLUG_CHARS = 120


class Profile(models.Model):
    """Somebody who writes, or an organisation that does, with a page of their own."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(_("name"), max_length=255)
    slug = models.CharField(
        _("slug"),
        max_length=SLUG_CHARS,
        unique=True,
        blank=True,
        help_text=_("Made from the name if left empty. Old addresses redirect."),
    )
    text = models.TextField(_("about them"), blank=True, help_text=_("Markdown, a few sentences."))
    url = models.URLField(_("their own page"), max_length=700, blank=True)
    picture = models.ForeignKey(
        "events.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="profiles",
        verbose_name=_("picture"),
    )

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = clean_line(self.name)
        self.text = clean_block(self.text)
        if not self.slug or self.is_anothers(self.slug):
            self.slug = self.free_slug()
        super().save(*args, **kwargs)
        ProfileAddress.objects.get_or_create(slug=self.slug, defaults={"profile": self})

    def get_absolute_url(self) -> str:
        return f"/profiles/{self.slug}/"

    def is_anothers(self, slug: str) -> bool:
        """Whether the address leads to another profile, now or from before."""
        return ProfileAddress.objects.filter(slug=slug).exclude(profile=self.pk).exists()

    def free_slug(self) -> str:
        """The slug of the name, numbered if another profile has or ever had it."""
        stem = slugify_name(self.name)
        taken = ProfileAddress.objects.filter(slug__startswith=stem).exclude(profile=self.pk)
        return next_free(stem, set(taken.values_list("slug", flat=True)))

    def clean(self) -> None:
        if self.slug and self.slug != slugify_name(self.slug):
            raise ValidationError({"slug": _("Use letters, digits and single hyphens.")})
        if self.is_anothers(self.slug):
            raise ValidationError({"slug": _("This address belonged to somebody else, to whom it leads.")})


class ProfileAddress(models.Model):
    """Every slug that a profile ever had: those of renamed ones redirect."""

    slug = models.CharField(max_length=SLUG_CHARS, primary_key=True)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="addresses")

    def __str__(self) -> str:
        return self.slug
