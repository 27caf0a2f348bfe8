"""Splitting a context: some of its entries go to another one, chosen by words, days and a second context."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Context, ContextMove, Entry
from events.text.folding import name_key
from events.workflow.context_moves import move_entries
from events.workflow.contexts import refresh
from events.workflow.retagging import TAGGINGS


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries of `source` go: those for which all that is said here holds."""

    source: Context
    words: str = ""
    first_day: date | None = None
    last_day: date | None = None
    second: Context | None = None

    def entries(self) -> list[QuerySet[Entry]]:
        """The entries chosen, a queryset a kind, newest day first."""
        return [self.narrowed(model) for model in TAGGINGS]

    def narrowed(self, model: type[Entry]) -> QuerySet[Entry]:
        taggings = TAGGINGS[model].objects
        found = model.objects.filter(pk__in=taggings.filter(tag=self.source).values("content_object"))
        if self.second:
            found = found.filter(pk__in=taggings.filter(tag=self.second).values("content_object"))
        if self.first_day:
            found = found.filter(date__gte=self.first_day)
        if self.last_day:
            found = found.filter(date__lte=self.last_day)
        for word in self.words.split():
            found = found.filter(headline__icontains=word)
        return found.order_by("-date", "-pk")

    def count(self) -> int:
        return sum(found.count() for found in self.entries())


@transaction.atomic
def split(
    choice: Choice,
    *,
    into: str,
    staying: Collection[tuple[str, int]] = (),
    by: AbstractBaseUser | None = None,
    now: datetime | None = None,
) -> ContextMove:
    """Give the entries chosen, without those `staying` (kind and key), another context instead.

    `into` is the name or an alias of one, or becomes a new one of the same kind.
    Raises ValueError when it is the one that is split.
    """
    is_new = name_key(into) not in Context.objects.by_names([into])
    [target] = Context.objects.resolve([into])
    if target == choice.source:
        raise ValueError("a context cannot be split into itself")
    if is_new:
        target.kind = choice.source.kind
        target.is_for_related = choice.source.is_for_related
        target.save(update_fields=["kind", "is_for_related"])
    note = _("Split from %(source)s into %(target)s") % {"source": choice.source, "target": target}
    move = ContextMove.objects.create(
        act=ContextMove.Act.SPLIT,
        into_key=target.pk,
        facts={"sources": [choice.source.pk], "is_new": is_new},
        note=note[:255],
        made_by=by,
        made_at=now or timezone.now(),
    )
    for found in choice.entries():
        keys = [pk for pk in found.values_list("pk", flat=True) if (found.model.OWNER, pk) not in staying]
        move_entries(move, found.model, keys, {choice.source.pk: target}, now=now)
    refresh([choice.source.pk, target.pk], now=now)
    return move
