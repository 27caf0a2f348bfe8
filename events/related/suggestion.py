"""What every ranker hands out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from events.related.ranking import Signals
from events.related.steering import Steering


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested event by primary key, with the keys of the event's own contexts that it carries too, the
    rarest first.

    `under` names the contexts that both lie under, or one and what lies under it, without those above a
    shared one. `words` are the terms of the rarest words that both share, rarest first. `is_covered` where an
    article tells of both. `is_pinned` where an editor chose it; `relation` is how it is linked, a `Relation`
    or empty. A ranker without scores leaves 0.
    """

    pk: int
    date: date
    shared: tuple[int, ...]
    under: tuple[str, ...] = ()
    words: tuple[int, ...] = ()
    is_covered: bool = False
    is_pinned: bool = False
    relation: str = ""
    score: float = 0.0
    signals: Signals | None = None


# The suggestions of each event, with the decisions of those that have any.
Ranked = tuple[dict[int, list[Suggestion]], Mapping[int, Steering]]
