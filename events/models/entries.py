"""What every kind of entry is: words under an address, with a state, moments, a language and a history."""

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.conf import conf
from events.models.addresses import Address
from events.text.cleaning import clean_block, clean_line
from events.text.excerpts import excerpt
from events.text.languages import direction_of
from events.text.slugs import next_free, slugify_headline

# Crockford's base 32 in lower case: no letter that is taken for a digit, no vowel pair that makes words.
PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 12
# Of a headline of many sentences: what tells the entry from others in a message or a title of the desk.
NAME_CHARS = 120


def make_public_id() -> str:
    """A random permanent id of 60 bits."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _i in range(PUBLIC_ID_LENGTH))


def tag_uri(kind: str, public_id: str) -> str:
    """The GUID of an entry in feeds, a tag URI (RFC 4151), stored once and never changed."""
    return f"tag:{conf.TAG_AUTHORITY}:{kind}/{public_id}"


class Entry(models.Model):
    """An entry of the newsroom under a day and a slug. Each kind adds its `date`."""

    # By this name addresses, revisions and preview links know the entry that they belong to.
    OWNER: ClassVar[str]

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        RETRACTED = "retracted", _("retracted")

    # Readers see neither such an entry nor a notice of it.
    UNPUBLISHED = (State.DRAFT, State.IN_REVIEW, State.APPROVED)

    class Direction(models.TextChoices):
        AUTO = "", _("as the language is written")
        LTR = "ltr", _("left to right")
        RTL = "rtl", _("right to left")

    public_id = models.CharField(_("permanent id"), max_length=32, unique=True, editable=False)
    guid = models.CharField(_("GUID"), max_length=255, editable=False)
    import_ref = models.CharField(  # noqa: DJ001 (unique where there is one)
        _("import reference"), max_length=700, null=True, blank=True, editable=False
    )

    headline = models.TextField(_("headline"), help_text=_("May be several sentences."))
    slug = models.CharField(
        _("slug"),
        max_length=160,
        blank=True,
        help_text=_("Made from the headline if left empty. Old addresses redirect."),
    )
    body = models.TextField(_("body"), blank=True, help_text=_("Markdown, optional."))
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        help_text=_("A BCP 47 tag such as en, zh-Hans or ar; empty for the site's."),
    )
    direction = models.CharField(_("text direction"), max_length=3, choices=Direction, blank=True)
    label = models.CharField(
        pgettext_lazy("of an entry", "label"),
        max_length=40,
        blank=True,
        help_text=_("Such as Breaking news."),
    )
    label_until = models.DateTimeField(
        _("label until"), null=True, blank=True, help_text=_("Then it goes by itself; empty: it stays.")
    )
    cover = models.ForeignKey(
        "events.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        db_index=False,
        verbose_name=_("cover image"),
    )

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    # Generated, so that no way to write a row can leave it behind.
    visible_at = models.GeneratedField(
        expression=Greatest(F("publish_at"), Coalesce(F("embargo_until"), F("publish_at"))),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    retracted_at = models.DateTimeField(_("retracted"), null=True, blank=True, editable=False)
    retraction_notice = models.TextField(
        _("retraction notice"), blank=True, help_text=_("Shown to the public instead of the text.")
    )

    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(_("significantly updated"), null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    import_digest = models.CharField(max_length=32, blank=True, editable=False)
    imported_version = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            # With `unique=True` PostgreSQL would keep a second index for LIKE, which nobody asks these.
            models.UniqueConstraint(fields=["guid"], name="%(class)s_guid_unique"),
            models.UniqueConstraint(fields=["import_ref"], name="%(class)s_import_ref_unique"),
            models.UniqueConstraint(
                fields=["date", "slug"],
                name="%(class)s_slug_unique_on_day",
                violation_error_message=_("Another entry of this day has this slug."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(publish_at__isnull=False),
                name="%(class)s_published_has_moment",
                violation_error_message=_("A published entry needs its moment."),
            ),
            models.CheckConstraint(condition=~Q(headline=""), name="%(class)s_has_headline"),
        ]

    def __str__(self) -> str:
        """What editors know it by; the public reads `title` whole."""
        return excerpt(self.title, chars=NAME_CHARS)

    def save(self, *args, **kwargs) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Fill what follows from the rest: clean text, ids, slug."""
        self.prepare_facts()
        if not self.slug:
            self.slug = self.free_slug()

    def prepare_facts(self) -> None:
        """Fill what follows from the entry alone."""
        raise NotImplementedError

    def free_slug(self) -> str:
        """The slug of the headline, numbered if another entry of the day has or ever had it."""
        stem = slugify_headline(self.headline)
        others = type(self).objects.on(self.date).exclude(pk=self.pk).filter(slug__startswith=stem)
        former = Address.objects.filter(path__startswith=self.address_of(stem)).exclude(**self.as_owner)
        taken = set(others.values_list("slug", flat=True))
        taken.update(path.rpartition("/")[2] for path in former.values_list("path", flat=True))
        return next_free(stem, taken)

    def clean(self) -> None:
        self.clean_facts()
        if self.slug == "index":
            raise ValidationError({"slug": _("“index” is the address of the whole day.")})
        if self.slug and self.slug != slugify_headline(self.slug, max_length=160):
            raise ValidationError({"slug": _("Use letters, digits and single hyphens.")})
        if self.slug and Address.objects.filter(path=self.address_path()).exclude(**self.as_owner).exists():
            message = _("This address belonged to another entry, which it still leads to.")
            raise ValidationError({"slug": message})

    def clean_facts(self) -> None:
        """The rules that need no look at other rows. Raises ValidationError."""
        raise NotImplementedError

    def is_public(self, *, now: datetime | None = None) -> bool:
        """Whether `EntryQuerySet.public` would hold this entry; the rule for one row in memory."""
        if self.state != self.State.PUBLISHED or self.publish_at is None:
            return False
        now = now or timezone.now()
        return self.publish_at <= now and (self.embargo_until is None or self.embargo_until <= now)

    def has_been_public(self, *, now: datetime) -> bool:
        """Whether the public could ever read it, and so knows its address."""
        return self.first_published_at is not None and self.first_published_at <= now

    def label_at(self, now: datetime) -> str:
        """The label that the entry bears at this moment."""
        return self.label if self.label_until is None or now < self.label_until else ""

    @property
    def title(self) -> str:
        """The headline for lists."""
        return self.headline

    @property
    def text_direction(self) -> str:
        """`"rtl"` or `"ltr"`: as the entry says, else as its language is written."""
        return self.direction or direction_of(self.language_tag)

    @property
    def language_tag(self) -> str:
        return self.language or conf.LANGUAGE

    @property
    def as_owner(self) -> dict[str, Any]:
        """The entry as what belongs to it names it: `Revision.objects.filter(**entry.as_owner)`."""
        return {self.OWNER: self.pk}

    def address_of(self, slug: str) -> str:
        """The key of the address that the entry would have with this slug."""
        raise NotImplementedError

    def address_path(self) -> str:
        """The path under which the address table knows the present address."""
        return self.address_of(self.slug)


def prepare_words(entry: Any) -> None:
    """Fill what follows from any entry alone: clean text, ids.

    `entry` is a model, or a row with the same attributes: bulk writers make no models.
    """
    entry.headline = clean_line(entry.headline)
    entry.body = clean_block(entry.body)
    entry.label = clean_line(entry.label)
    entry.public_id = entry.public_id or make_public_id()


def check_label(entry: Any) -> None:
    """A moment at which a label goes needs one, of a model or a row. Raises ValidationError."""
    if entry.label_until and not entry.label:
        raise ValidationError({"label": _("Say which label is to go at that moment.")})


def visible_at(entry: Any) -> datetime | None:
    """What the database computes as `visible_at`, of a model or a row: writers of many read nothing back."""
    if entry.publish_at is None or entry.embargo_until is None:
        return entry.publish_at
    return max(entry.publish_at, entry.embargo_until)
