"""What is offered for an entry that is being written: contexts that it names, then their usual companions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from events.suggestions.categories import Filed, category_for
from events.suggestions.names import Known, chosen, names_by_key
from events.suggestions.passages import passages
from events.suggestions.together import Companion, companions
from events.text.folding import name_key

MOST_NAMED = 12
MOST_TOGETHER = 8


@dataclass(frozen=True, slots=True)
class Named:
    """A context named in a field, from `start` to `end`, by these `words`, which are its name or an alias."""

    context: Known
    field: str
    start: int
    end: int
    words: str
    name: str
    is_alias: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """Contexts named, in the order of the text, and contexts usually used together with them."""

    named: tuple[Named, ...] = ()
    together: tuple[Companion, ...] = ()
    filed: Filed | None = None


def offers_for(
    texts: Mapping[str, str],
    *,
    now: datetime,
    carried: Sequence[str] = (),
    event: int | None = None,
    with_category: bool = False,
) -> Offers:
    """Contexts to offer for an entry with these texts by field, in two queries; its category in a third one.

    Those whose names are `carried` already are not offered, but have companions too. `event`, the entry's
    own primary key where it is stored, does not count among what is usual.
    """
    candidates = {field: passages(text) for field, text in texts.items()}
    own = {name_key(name) for name in carried if name.strip()}
    names = names_by_key(own.union(passage.key for part in candidates.values() for passage in part))
    present = {names[key][2] for key in own if key in names}
    found: dict[Known, Named] = {}
    for field, text in texts.items():
        for place in chosen(text, candidates[field], names):
            words = text[place.start : place.end]
            named = Named(place.context, field, place.start, place.end, words, place.name, place.is_alias)
            found.setdefault(place.context, named)
    together = companions([*present, *found], limit=MOST_TOGETHER, now=now, event=event)
    named = [named for context, named in found.items() if context not in present]
    filed = category_for([*present, *found], now=now, event=event) if with_category else None
    return Offers(tuple(named[:MOST_NAMED]), tuple(together), filed)
