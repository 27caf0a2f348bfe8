"""The article: a longer, signed text that tells of several events."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from events.dates import day_path
from events.models.contexts import Context, EntryContexts
from events.models.entries import Entry, check_label, prepare_words, tag_uri
from events.models.events import Event
from events.models.profiles import Profile
from events.querysets import ArticleQuerySet
from events.text.cleaning import clean_block, clean_line
from events.text.languages import is_language_tag


class ArticleTagging(ItemBase):
    """That an article carries a context; `position` keeps the editor's order."""

    content_object = models.ForeignKey(
        "events.Article",
        on_delete=models.CASCADE,
        related_name="taggings",
        db_index=False,  # The constraint's index begins with it.
        db_column="article_id",
        verbose_name=_("article"),
    )
    tag = models.ForeignKey(
        Context,
        on_delete=models.CASCADE,
        related_name="article_taggings",
        db_column="context_id",
        verbose_name=_("context"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("context of the article")
        verbose_name_plural = _("contexts of the article")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tagging_once_an_article"),
        ]

    def __str__(self) -> str:
        return self.tag.name


class Article(Entry):
    """A signed text under a calendar day, which is an editor's choice as an event's is."""

    OWNER = "article"

    class Kind(models.TextChoices):
        OPINION = "opinion", _("opinion")
        REPORT = "report", _("report")
        EXPLAINER = "explainer", _("explainer")
        BACKGROUND = "background", _("background")

    date = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OPINION)
    deck = models.TextField(
        _("deck"), blank=True, help_text=_("One or two sentences below the headline, and in lists and feeds.")
    )
    section = models.CharField(_("section"), max_length=80, blank=True, help_text=_("Such as Middle East."))
    agencies = models.TextField(
        _("with reporting by"), blank=True, help_text=_("Agencies that contributed, one a line.")
    )
    contexts = TaggableManager(
        verbose_name=_("contexts"),
        through=ArticleTagging,
        blank=True,
        manager=EntryContexts,
        related_name="articles",
    )
    events = models.ManyToManyField(
        Event, through="events.Coverage", related_name="articles", verbose_name=_("events covered")
    )
    profiles = models.ManyToManyField(
        Profile, through="events.Byline", related_name="articles", verbose_name=_("by")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-date", "pk"]
        get_latest_by = "date"
        constraints = Entry.Meta.constraints
        indexes = [
            models.Index("state", F("date").desc(), "id", name="article_state_date"),
            models.Index("state", F("visible_at").desc(), "id", name="article_state_visible"),
            models.Index(fields=["cover"], name="article_cover", condition=Q(cover__isnull=False)),
            # A label goes at a moment of its own, which makes pages anew.
            models.Index(
                F("label_until").desc(), name="article_label_until", condition=Q(label_until__isnull=False)
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{opinion_path(self.date)}{self.slug}/"

    def address_of(self, slug: str) -> str:
        """`opinion/2017/04/04/slug`."""
        return f"{opinion_path(self.date)}{slug}".removeprefix("/")

    def prepare_facts(self) -> None:
        prepare_words(self)
        self.deck = clean_block(self.deck)
        self.section = clean_line(self.section)
        self.agencies = "\n".join(line for line in map(clean_line, self.agencies.splitlines()) if line)
        self.guid = self.guid or tag_uri(self.OWNER, self.public_id)

    def clean_facts(self) -> None:
        if not clean_line(self.headline or ""):
            raise ValidationError({"headline": _("An article needs a headline.")})
        if self.language and not is_language_tag(self.language):
            raise ValidationError({"language": _("This is not a language tag such as en or zh-Hans.")})
        check_label(self)
        if self.state == self.State.RETRACTED and not self.retraction_notice.strip():
            raise ValidationError({"retraction_notice": _("Tell the public why the entry was retracted.")})


class Coverage(models.Model):
    """That an article tells of an event, in the editor's order."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="coverages", db_index=False)
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="coverages", verbose_name=_("event")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("event covered")
        verbose_name_plural = _("events covered")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "event"], name="coverage_once")]

    def __str__(self) -> str:
        return str(self.event)


class Byline(models.Model):
    """Who an article is by, in the order of its bylines."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines", db_index=False)
    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="bylines", verbose_name=_("profile")
    )
    role = models.CharField(
        _("role"), max_length=80, blank=True, help_text=_("Such as photographs; empty for who wrote it.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "profile"], name="byline_once")]

    def __str__(self) -> str:
        return self.profile.name


class ArticleNote(models.Model):
    """What was put right or added after an article was out, told to its readers."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        UPDATE = "update", _("update")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CORRECTION)
    text = models.TextField(_("text"), help_text=_("What was wrong or is new, in a sentence or two."))
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)

    class Meta:
        verbose_name = _("note to readers")
        verbose_name_plural = _("notes to readers")
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return self.text

    def save(self, *args, **kwargs) -> None:
        self.text = clean_block(self.text)
        super().save(*args, **kwargs)


class FrontSlot(models.Model):
    """A place on the front page, which its article leaves by itself when its time has come."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="front_slot", verbose_name=_("article")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Empty: until it is taken off.")
    )

    class Meta:
        verbose_name = _("place on the front page")
        verbose_name_plural = _("places on the front page")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(F("until").desc(), name="front_slot_until", condition=Q(until__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.article}"


def opinion_path(day: date) -> str:
    """The page of the articles of a day."""
    return f"/opinion/{day_path(day).removeprefix('/news/')}"
