"""Words for how an event stands to one that an editor linked."""

from events.models import Relation


def relation_words(relation: str) -> str:
    """ "Update of", "Led to" … in the active language. Raises ValueError for what is no `Relation`."""
    return str(Relation(relation).label)
