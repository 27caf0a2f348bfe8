"""A list that does not say the same thing ten times: rules over a ranking that is in order already."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from events.related.features import cosine
from events.related.ranking import Scored

# Two entries of the same or neighbouring days that read alike are one story told twice.
TWIN_DAYS = 1
TWIN_LIKENESS = 0.95
# Of a list, the share that may rest on one wide context while there are others: one on more than so many of
# all events. A narrow one is a story, which may fill the list.
CONTEXT_SHARE = 0.7
WIDE = 0.02
# A rare context is on few events: to be named without being carried says something.
RARE = 0.002
RARE_LEAST = 10
# What happened the same day is what a reader of a chronicle wants to see, also under another label: the best
# one of the event's own day that lies under the same parent stands among the first so many; if there is none,
# the best of which the text names a rare context of the other. What shares a context needs no such help.
TIED_PLACE = 3
NAMED_PLACE = 5
# Suggestions of any one day but the event's own, while there are others.
DAY_MOST = 3


def varied(
    scored: Sequence[Scored],
    *,
    limit: int,
    resting_on: Mapping[int, int | None],
    place_of: Callable[[Scored], int | None],
) -> list[Scored]:
    """The first `limit` by the rules above, each in its place; who breaks one comes after all who do not.

    `resting_on` tells by primary key the wide context that is the rarest one a suggestion shares, or None.
    Twins are left out for good. `place_of` tells for one of the event's own day by which place it should
    stand, counted from 1, or None.
    """
    scored = with_own_day(scored, place_of)
    chosen: list[Scored] = []
    waiting: list[Scored] = []
    by_context: Counter[int | None] = Counter()
    by_day: Counter[int] = Counter()
    for each in scored:
        if len(chosen) >= limit:
            break
        if is_twin(each, chosen):
            continue
        context = resting_on.get(each.candidate.pk)
        too_many = context is not None and by_context[context] >= CONTEXT_SHARE * limit
        if too_many or (each.days and by_day[each.days] >= DAY_MOST):
            waiting.append(each)
            continue
        by_context[context] += 1
        by_day[each.days] += 1
        chosen.append(each)
    return [*chosen, *waiting][:limit]


def with_own_day(scored: Sequence[Scored], place_of: Callable[[Scored], int | None]) -> list[Scored]:
    """The ranking with the best of the event's own day moved up to the place that it should have."""
    order = list(scored)
    for most in (TIED_PLACE, NAMED_PLACE):
        for number, each in enumerate(order):
            if each.days == 0 and place_of(each) == most:
                if number >= most:
                    order.insert(most - 1, order.pop(number))
                return order
    return order


def is_twin(each: Scored, chosen: Collection[Scored]) -> bool:
    """Whether one of those chosen tells the same, in the same words."""
    return any(
        abs(each.days - other.days) <= TWIN_DAYS and cosine(each.words, other.words) >= TWIN_LIKENESS
        for other in chosen
    )
