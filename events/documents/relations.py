"""Words for how one event stands to another: in time, and as an editor linked them."""

from django.utils.translation import gettext_lazy

from events.models import Relation

IN_TIME = {
    "earlier": gettext_lazy("earlier"),
    "same-day": gettext_lazy("same day"),
    "later": gettext_lazy("later"),
}


def when_words(when: str) -> str:
    """Whether it came "earlier", the "same day" or "later", in the active language."""
    return str(IN_TIME[when])


def relation_words(relation: str) -> str:
    """ "Update of", "Led to" … in the active language. Raises ValueError for what is no `Relation`."""
    return str(Relation(relation).label)
