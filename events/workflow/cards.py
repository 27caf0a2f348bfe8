"""Drawing share cards: when an editor saves, and by a command for what came otherwise."""

import logging
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from events.documents.cards import card_text
from events.images.cards import draw_card
from events.models import Event, ShareCard

BATCH = 500
# What a card is drawn of.
FIELDS = ("date", "date_precision", "end_date", "headline", "short_headline", "language", "direction")

logger = logging.getLogger(__name__)


def without_picture() -> QuerySet:
    """Published entries, also those that wait for their moment, that show no picture of their own."""
    shown = Event.objects.filter(state=Event.State.PUBLISHED).filter(Q(cover=None) | Q(cover__renditions=""))
    return shown.select_related("share_card").only(*FIELDS, "share_card__name")


def renew_card(event: Event) -> bool:
    """Draw the card of an event if it needs another one; whether it was drawn.

    A card is a pleasantry: where it cannot be stored the save goes on, and pages show the site's picture.
    """
    if not without_picture().filter(pk=event.pk).exists():
        ShareCard.objects.filter(event=event.pk).delete()
        return False
    text = card_text(event)
    if ShareCard.objects.filter(event=event.pk, name=text.name).exists():
        return False
    try:
        return draw(event, text.name)
    # Each storage has errors of its own.
    except Exception:
        logger.exception("the share card of event %s could not be stored", event.pk)
        return False


def draw(event: Event, name: str) -> bool:
    """Draw and store the card; False where no font has its letters."""
    data = draw_card(card_text(event))
    if data is None:
        return False
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    ShareCard.objects.update_or_create(event=event, defaults={"name": name, "bytes": len(data)})
    return True


def draw_missing(events: QuerySet) -> Iterator[bool]:
    """Draw the cards that these events lack, latest day first; yields for each whether it was drawn."""
    for event in events.order_by("-date", "pk").iterator(chunk_size=BATCH):
        name = card_text(event).name
        card = getattr(event, "share_card", None)
        yield (card is None or card.name != name) and draw(event, name)
