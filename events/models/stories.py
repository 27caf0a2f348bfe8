"""Story lines that editors put together, and the turning points that they pin.

A context of kind story is a story line by itself and needs no row here; only its turning points do.
"""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.contexts import Context, ContextAddress
from events.querysets import StoryLineQuerySet
from events.text.cleaning import clean_block, clean_line
from events.text.slugs import slugify_name

MOST_CONTEXTS = 6


class StoryLine(models.Model):
    """The events that carry all of some contexts, from one day to another if days are given."""

    # What editors write; the rest is counted.
    EDITED = ("title", "slug", "description", "first_day", "last_day")

    title = models.CharField(_("title"), max_length=255)
    slug = models.CharField(
        _("slug"),
        max_length=120,
        blank=True,
        help_text=_("Made from the title if left empty. Old addresses redirect."),
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    contexts = models.ManyToManyField(Context, related_name="story_lines", verbose_name=_("contexts"))
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    events_count = models.PositiveIntegerField(_("events"), default=0, editable=False)

    objects = StoryLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("story line")
        verbose_name_plural = _("story lines")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="story_line_slug_unique"),
            models.CheckConstraint(condition=~Q(title=""), name="story_line_has_title"),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(first_day__lte=models.F("last_day")),
                name="story_line_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        """Write the story line; every slug that it ever had stays its address."""
        self.title = clean_line(self.title)
        self.description = clean_block(self.description)
        self.slug = self.slug or slugify_name(self.title)
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            StoryLineAddress.objects.get_or_create(slug=self.slug, defaults={"story_line": self})

    def get_absolute_url(self) -> str:
        return f"/stories/{self.slug}/"

    def clean(self) -> None:
        if not clean_line(self.title or ""):
            raise ValidationError({"title": _("A story line needs a title.")})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes before the first one.")})
        slug = self.slug or slugify_name(self.title)
        if slug != slugify_name(slug, max_length=120):
            raise ValidationError({"slug": _("Use letters, digits and single hyphens.")})
        if StoryLineAddress.objects.filter(slug=slug).exclude(story_line_id=self.pk).exists():
            raise ValidationError({"slug": _("This address belongs to another story line.")})
        if ContextAddress.objects.filter(slug=slug, context__kind=Context.Kind.STORY).exists():
            raise ValidationError({"slug": _("This address belongs to the story line of a context.")})

    @staticmethod
    def check_contexts(contexts: Collection[Context]) -> None:
        """Raises ValidationError where there are none, or so many that no event will carry them all."""
        if not 1 <= len(contexts) <= MOST_CONTEXTS:
            raise ValidationError(
                _("Name between 1 and %(most)s contexts; an event belongs here that carries them all."),
                params={"most": MOST_CONTEXTS},
            )


class StoryLineAddress(models.Model):
    """Every slug that a story line ever had: renamed ones redirect by it."""

    slug = models.CharField(max_length=120, primary_key=True)
    story_line = models.ForeignKey(StoryLine, on_delete=models.CASCADE, related_name="addresses")

    def __str__(self) -> str:
        return self.slug


class TurningPoint(models.Model):
    """An event that an editor calls decisive for a story line, of a context or put together."""

    context = models.ForeignKey(
        Context,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="turning_points",
        db_index=False,  # The constraint's index begins with it.
    )
    story_line = models.ForeignKey(
        StoryLine,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="turning_points",
        db_index=False,  # The same.
    )
    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="turning_points", verbose_name=_("event")
    )
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("Why the story turns here, in a sentence.")
    )

    class Meta:
        verbose_name = _("turning point")
        verbose_name_plural = _("turning points")
        ordering = ["event__date", "event"]
        constraints = [
            models.UniqueConstraint(fields=["context", "event"], name="turning_point_once_a_context"),
            models.UniqueConstraint(fields=["story_line", "event"], name="turning_point_once_a_story_line"),
            models.CheckConstraint(
                condition=Q(context=None, story_line__isnull=False)
                | Q(context__isnull=False, story_line=None),
                name="turning_point_of_one_story",
            ),
        ]

    def __str__(self) -> str:
        return self.note or str(self.event)

    def save(self, *args, **kwargs) -> None:
        self.note = clean_line(self.note)
        super().save(*args, **kwargs)
