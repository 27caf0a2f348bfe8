"""What merging and splitting of contexts moved, kept so that it can be undone."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.addresses import of_one_entry


class ContextMove(models.Model):
    """One merge or split. `facts` say what hung on the contexts besides entries, which have their own rows.

    Contexts are known by their keys alone: one that a later merge took away comes back under its key.
    """

    class Act(models.TextChoices):
        MERGE = "merge", _("merge")
        SPLIT = "split", _("split")

    act = models.CharField(_("what was done"), max_length=5, choices=Act)
    into_key = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    note = models.CharField(_("note"), max_length=255)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge or split")
        verbose_name_plural = _("merges and splits")
        ordering = ["-made_at", "-pk"]
        # Written by merging and splitting alone.
        default_permissions = ()
        indexes = [models.Index(fields=["-made_at", "-id"], name="context_move_made")]

    def __str__(self) -> str:
        return self.note


class MovedEntry(models.Model):
    """The contexts of an entry before and after a move, as keys in their order."""

    move = models.ForeignKey(ContextMove, on_delete=models.CASCADE, related_name="entries")
    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, null=True, related_name="+")
    article = models.ForeignKey("events.Article", on_delete=models.CASCADE, null=True, related_name="+")
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        verbose_name = _("entry moved")
        verbose_name_plural = _("entries moved")
        default_permissions = ()
        constraints = [of_one_entry("moved_entry")]

    def __str__(self) -> str:
        return f"{self.event_id or self.article_id}"


class ContextPair(models.Model):
    """Two contexts that may be one, until an editor merges them or says that they are two."""

    class Reason(models.TextChoices):
        ID = "id", _("the same external id")
        WORDS = "words", _("the same words, but for endings and order")
        SPELLING = "spelling", _("names a letter or two apart")

    one = models.ForeignKey("events.Context", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("events.Context", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("what they share"), max_length=8, choices=Reason)
    are_two = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("pair of contexts")
        verbose_name_plural = _("pairs of contexts")
        default_permissions = ()
        indexes = [models.Index(fields=["are_two", "id"], name="context_pair_open")]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="context_pair_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="context_pair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"
