"""What the share card of an event says, and the card itself where it has been drawn."""

from functools import lru_cache

from django.core.files.storage import default_storage

from events.conf import conf
from events.dates import Precision, format_day
from events.documents.types import Rendition
from events.images.cards import SIZE, CardText
from events.models import Event
from events.text.languages import direction_of

RATIO = "1.91:1"


def card_text(event: Event) -> CardText:
    """The words of an event's card, in the language of the site and of the entry."""
    is_one_day = event.date_precision == Precision.DAY and not event.end_date
    day = format_day(event.date, "month" if is_one_day else event.date_precision, end=event.end_date)
    return CardText(
        headline=event.short_headline or event.headline,
        numeral=str(event.date.day) if is_one_day else "",
        day=day,
        site=str(conf.SITE_NAME),
        is_rtl=(event.direction or direction_of(event.language_tag)) == "rtl",
    )


def card_of(event: Event) -> Rendition | None:
    """The card of an event read with its `share_card`, unless it was drawn for other words."""
    card = getattr(event, "share_card", None)
    if card is None or card.name != card_text(event).name:
        return None
    return _rendition(card.name, card.bytes)


@lru_cache(maxsize=1024)
def _rendition(name: str, length: int) -> Rendition:
    width, height = SIZE
    return Rendition(RATIO, width, height, "image/png", default_storage.url(name), length)
