"""Contexts: the topics, people, places and stories that tie events together. A taggit tag model."""

from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from events.querysets import ContextQuerySet
from events.text.cleaning import clean_block, clean_line
from events.text.folding import name_key
from events.text.slugs import next_free, slugify_name

NAME_CHARS = 255


class ContextsManager(models.Manager.from_queryset(ContextQuerySet)):
    """Finds contexts by any of their names."""

    def by_names(self, names: list[str]) -> dict[str, "Context"]:
        """The known contexts among `names` or their aliases, by the key of the name asked for."""
        keys = {name_key(name) for name in names if name.strip()}
        found = ContextName.objects.filter(key__in=keys).select_related("context")
        return {row.key: row.context for row in found}

    @transaction.atomic
    def resolve(self, names: list[str]) -> list["Context"]:
        """These contexts in order, without repetition; a name that nobody knows becomes a new context.

        Raises ValidationError for one that is too long.
        """
        names = [name for name in map(clean_line, names) if name]
        known = self.by_names(names)
        for name in names:
            if name_key(name) not in known:
                known[name_key(name)] = self.create(name=name, slug=self.free_slug(name))
        return list(dict.fromkeys(known[name_key(name)] for name in names))

    def free_slug(self, name: str) -> str:
        """The slug of a new context, numbered if another one has or had it: of long names the beginning is
        the same, and of names without letters all."""
        if len(name) > NAME_CHARS:
            raise ValidationError(_("The name of a context has at most 255 characters."), code="too_long")
        stem = slugify_name(name)
        rows = ContextAddress.objects.filter(slug__startswith=stem)
        return next_free(stem, set(rows.values_list("slug", flat=True)))


class NameKeyField(models.CharField):
    """What a row's name is told apart by, worked out at every way to write a row, `bulk_create` too."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **({"max_length": 255, "editable": False} | kwargs))

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = name_key(clean_line(model_instance.name))
        setattr(model_instance, self.attname, key)
        return key


class Context(TagBase):
    """What an event is about. Names equal but for case, accents, spacing or slug are one context."""

    class Kind(models.TextChoices):
        TOPIC = "topic", _("topic")
        PERSON = "person", _("person")
        PLACE = "place", _("place")
        ORGANISATION = "organisation", _("organisation")
        STORY = "story", _("story")

    name = models.CharField(_("name"), max_length=NAME_CHARS)
    key = NameKeyField()
    slug = models.CharField(
        _("slug"),
        max_length=120,
        blank=True,
        help_text=_("Made from the name if left empty. Old addresses redirect."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TOPIC)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    parents = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="children", verbose_name=_("lies under")
    )
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True, help_text=_("Such as Q842"))
    media_topic = models.CharField(
        _("IPTC Media Topic"), max_length=20, blank=True, help_text=_("Such as medtop:16000000")
    )
    is_for_related = models.BooleanField(
        _("use for related stories"),
        default=True,
        help_text=_("Off for what ties no stories together, such as “Obituaries”."),
    )
    events_count = models.PositiveIntegerField(_("events"), default=0, editable=False)

    objects = ContextsManager()

    class Meta:
        verbose_name = _("context")
        verbose_name_plural = _("contexts")
        ordering = ["name"]
        constraints = [
            # Not `unique=True`, for which PostgreSQL would keep second indexes for LIKE.
            models.UniqueConstraint(fields=["key"], name="context_key_unique"),
            models.UniqueConstraint(fields=["slug"], name="context_slug_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="context_has_name"),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="context_name"),
            models.Index(F("events_count").desc(), "name", name="context_events_count"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        """Write the context with its own name and address; every slug it ever had stays its address."""
        self.prepare()
        if update_fields is not None:
            # The key follows the name.
            update_fields = {*update_fields, "key"}
        with transaction.atomic():
            # TagBase.save would rename on a clash; ours must fail, so it is stepped over.
            models.Model.save(self, *args, update_fields=update_fields, **kwargs)
            ContextName.objects.filter(context=self, is_alias=False).exclude(key=name_key(self.name)).delete()
            ContextName.objects.update_or_create(
                key=name_key(self.name), context=self, defaults={"name": self.name, "is_alias": False}
            )
            ContextAddress.objects.get_or_create(slug=self.slug, defaults={"context": self})

    def get_absolute_url(self) -> str:
        return f"/contexts/{self.slug}/"

    def prepare(self) -> None:
        self.name = clean_line(self.name)
        self.description = clean_block(self.description)
        self.slug = self.slug or slugify_name(self.name)

    def clean(self) -> None:
        if not clean_line(self.name or ""):
            raise ValidationError({"name": _("A context needs a name.")})
        same = ContextName.objects.filter(key=name_key(self.name)).exclude(context_id=self.pk).first()
        if same:
            raise ValidationError(
                {
                    "name": _("%(name)s is known already, as %(context)s.")
                    % {"name": self.name, "context": same.context.name}
                }
            )
        slug = self.slug or slugify_name(self.name)
        if slug != slugify_name(slug, max_length=120):
            raise ValidationError({"slug": _("Use letters, digits and single hyphens.")})
        if ContextAddress.objects.filter(slug=slug).exclude(context_id=self.pk).exists():
            raise ValidationError({"slug": _("This address belongs to another context.")})

    @property
    def aliases(self) -> list[str]:
        return [row.name for row in self.names.all() if row.is_alias]


class ContextName(models.Model):
    """Every name of a context, its own and its aliases, in one table: so one constraint keeps them apart."""

    key = NameKeyField(unique=True)
    name = models.CharField(_("name"), max_length=255)
    is_alias = models.BooleanField(default=True, editable=False)
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="names")

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names and aliases")
        ordering = ["is_alias", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["context"], condition=Q(is_alias=False), name="context_has_one_own_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = clean_line(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        same = ContextName.objects.filter(key=name_key(self.name)).exclude(pk=self.pk).first()
        if same:
            raise ValidationError(
                {
                    "name": _("%(name)s is known already, as %(context)s.")
                    % {"name": self.name, "context": same.context.name}
                }
            )


class ContextAddress(models.Model):
    """Every slug that a context ever had: renamed and merged contexts redirect by it."""

    slug = models.CharField(max_length=120, primary_key=True)
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="addresses")

    def __str__(self) -> str:
        return self.slug


class Tagging(ItemBase):
    """That an event carries a context; `position` keeps the editor's order."""

    content_object = models.ForeignKey(
        "events.Event",
        on_delete=models.CASCADE,
        related_name="taggings",
        db_index=False,  # The constraint's index begins with it.
        db_column="event_id",
        verbose_name=_("event"),
    )
    tag = models.ForeignKey(
        Context,
        on_delete=models.CASCADE,
        related_name="taggings",
        db_index=False,
        db_column="context_id",
        verbose_name=_("context"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("context of the event")
        verbose_name_plural = _("contexts of the event")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tagging_once_an_event"),
        ]
        indexes = [models.Index(fields=["tag", "content_object"], name="tagging_context")]

    def __str__(self) -> str:
        return self.tag.name


class EntryContexts(_TaggableManager):
    """`entry.contexts`: strings are looked up among names and aliases before they make a context."""

    def _to_tag_model_instances(self, tags, tag_kwargs) -> list[Context]:
        ready = [tag for tag in tags if isinstance(tag, Context)]
        return ready + Context.objects.resolve([tag for tag in tags if isinstance(tag, str)])

    def put(self, contexts: list[Context]) -> Self:
        """Make exactly these the entry's contexts, in this order."""
        entry = self.instance
        entry.taggings.exclude(tag__in=contexts).delete()
        have = {row.tag_id: row for row in entry.taggings.all()}
        for position, found in enumerate(dict.fromkeys(contexts)):
            row = have.get(found.pk)
            if row is None:
                entry.taggings.create(tag=found, position=position)
            elif row.position != position:
                entry.taggings.filter(pk=row.pk).update(position=position)
        return self
