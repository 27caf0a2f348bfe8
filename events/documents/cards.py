"""What the share card of an entry says, and the card itself where it has been drawn."""

from functools import lru_cache

from django.core.files.storage import default_storage

from events.conf import conf
from events.dates import Precision, format_day
from events.documents.types import Rendition
from events.images.cards import SIZE, CardText
from events.models import Article, Event

RATIO = "1.91:1"


def card_text(entry: Event | Article) -> CardText:
    """The words of an entry's card, in the language of the site and of the entry."""
    precision, end = Precision.DAY, None
    if isinstance(entry, Event):
        precision, end = entry.date_precision, entry.end_date
    is_one_day = precision == Precision.DAY and not end
    return CardText(
        headline=entry.title,
        numeral=str(entry.date.day) if is_one_day else "",
        day=format_day(entry.date, "month" if is_one_day else precision, end=end),
        site=str(conf.SITE_NAME),
        is_rtl=entry.text_direction == "rtl",
    )


def card_of(entry: Event | Article) -> Rendition | None:
    """The card of an entry read with its `share_card`, unless it was drawn for other words."""
    card = getattr(entry, "share_card", None)
    if card is None or card.name != card_text(entry).name:
        return None
    return _rendition(card.name, card.bytes)


@lru_cache(maxsize=1024)
def _rendition(name: str, length: int) -> Rendition:
    width, height = SIZE
    return Rendition(RATIO, width, height, "image/png", default_storage.url(name), length)
