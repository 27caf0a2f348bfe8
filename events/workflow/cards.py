"""Drawing share cards: when an editor saves, and by a command for what came otherwise."""

import logging
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from events.documents.cards import card_text
from events.images.cards import draw_card
from events.models import Article, ArticleCard, Entry, Event, ShareCard
from events.models.images import Card

BATCH = 500
KINDS: dict[type[Entry], type[Card]] = {Event: ShareCard, Article: ArticleCard}
# What a card is drawn of.
FIELDS: dict[type[Entry], tuple[str, ...]] = {
    Event: ("date", "date_precision", "end_date", "headline", "short_headline", "language", "direction"),
    Article: ("date", "headline", "language", "direction"),
}

logger = logging.getLogger(__name__)


def without_picture(model: type[Entry]) -> QuerySet:
    """Published entries, also those that wait for their moment, that show no picture of their own."""
    shown = model.objects.filter(state=Entry.State.PUBLISHED).filter(Q(cover=None) | Q(cover__renditions=""))
    return shown.select_related("share_card").only(*FIELDS[model], "share_card__name")


def renew_card(entry: Entry) -> bool:
    """Draw the card of an entry if it needs another one; whether it was drawn.

    A card is a pleasantry: where it cannot be stored the save goes on, and pages show the site's picture.
    """
    stored = KINDS[type(entry)].objects.filter(**entry.as_owner)
    if not without_picture(type(entry)).filter(pk=entry.pk).exists():
        stored.delete()
        return False
    text = card_text(entry)
    if stored.filter(name=text.name).exists():
        return False
    try:
        return draw(entry, text.name)
    # Each storage has errors of its own.
    except Exception:
        logger.exception("the share card of %s %s could not be stored", entry.OWNER, entry.pk)
        return False


def draw(entry: Entry, name: str) -> bool:
    """Draw and store the card; False where no font has its letters."""
    data = draw_card(card_text(entry))
    if data is None:
        return False
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    values = {"name": name, "bytes": len(data)}
    KINDS[type(entry)].objects.update_or_create(**{entry.OWNER: entry}, defaults=values)
    return True


def draw_missing(entries: QuerySet) -> Iterator[bool]:
    """Draw the cards that these entries lack, latest day first; yields for each whether it was drawn."""
    for entry in entries.order_by("-date", "pk").iterator(chunk_size=BATCH):
        name = card_text(entry).name
        card = getattr(entry, "share_card", None)
        yield (card is None or card.name != name) and draw(entry, name)
