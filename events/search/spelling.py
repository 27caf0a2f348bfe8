""" "Did you mean": names of contexts that differ from what was typed by a slip or two.

Candidates are the names that begin with the first letter typed, or with the second (where the first is one
too many, or the two are swapped), and are about as long: a range of the index of names. Which of them are
near enough is decided in memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Q
from django.db.models.functions import Length

from events.models import Context, ContextName
from events.search import backends
from events.search.query import SearchQuery
from events.text.folding import is_unspaced, name_key

SUGGESTIONS = 3
MAX_WORDS = 5
MAX_LENGTH = 60
# Names read from the index; a newsroom of 120,000 contexts has fewer that share a letter and a length.
MAX_CANDIDATES = 20_000
NEAREST = 50


@dataclass(frozen=True, slots=True)
class _Slip:
    """A name that may have been meant in place of `typed`."""

    distance: int
    typed: str
    name: str
    context_id: int


def suggest(query: SearchQuery, *, now: datetime) -> list[str]:
    """Texts to search for instead: the question with a context's name in place of what was typed.

    Names only contexts that are public at `now`. Two queries.
    """
    typed = _typed(query.text)
    if not typed:
        return []
    candidates = _candidates(typed)
    slips = sorted(_slips(typed, candidates), key=lambda slip: slip.distance)[:NEAREST]
    known = [(typed[key], context) for key, _name, context in candidates if key in typed]
    counts = (
        dict(
            Context.objects.public(now=now)
            .filter(pk__in={slip.context_id for slip in slips} | {context for _piece, context in known})
            .values_list("pk", "events_count")
        )
        if slips
        else {}
    )
    # What is a name is right, and so are the words of it.
    right = [piece for piece, context in known if context in counts]
    wrong = [slip for slip in slips if not any(slip.typed in piece for piece in right)]
    slips = [slip for slip in wrong if slip.context_id in counts]
    slips.sort(key=lambda slip: (slip.distance, -counts[slip.context_id], slip.name))
    texts = dict.fromkeys(query.text.replace(slip.typed, slip.name) for slip in slips)
    return [text for text in texts if text != query.text][:SUGGESTIONS]


def _typed(text: str) -> dict[str, str]:
    """What may be misspelt, by the key of names: the beginning of the text, its words, and pairs of them."""
    words = [word for word in text.split() if not word.startswith("-")][:MAX_WORDS]
    wanted = [" ".join(words), *map(" ".join, pairwise(words)), *words]
    keys = {name_key(piece): piece for piece in reversed(wanted)}
    return {key: piece for key, piece in keys.items() if _slips_allowed(key) and len(key) <= MAX_LENGTH}


def _candidates(typed: dict[str, str]) -> list[tuple[str, str, int]]:
    """Key, name and context of what may be meant, and of what was typed where it is a name."""
    wanted = Q()
    for key in typed:
        allowed = _slips_allowed(key)
        beginnings = Q()
        for letter in {key[0], key[1]}:
            beginnings |= backends.current().beginning_with("key", letter)
        wanted |= beginnings & Q(letters__range=(len(key) - allowed, len(key) + allowed))
    names = ContextName.objects.alias(letters=Length("key")).filter(wanted).order_by()
    return list(names.values_list("key", "name", "context_id")[:MAX_CANDIDATES])


def _slips(typed: dict[str, str], candidates: list[tuple[str, str, int]]) -> Iterator[_Slip]:
    for candidate, name, context_id in candidates:
        if candidate in typed:
            continue
        for key, piece in typed.items():
            distance = edit_distance(key, candidate, most=_slips_allowed(key))
            if distance is not None:
                yield _Slip(distance, piece, name, context_id)


def _slips_allowed(key: str) -> int:
    """How many slips a name of this length is still known by."""
    if is_unspaced(key):
        return 1 if len(key) > 2 else 0
    return 0 if len(key) < 4 else 1 if len(key) < 7 else 2


def edit_distance(first: str, second: str, *, most: int) -> int | None:
    """Letters to insert, remove, change or swap with a neighbour to make one text of the other.

    The restricted Damerau-Levenshtein distance (optimal string alignment); None if above `most`.
    """
    if abs(len(first) - len(second)) > most:
        return None
    # Each slip changes at most two of the letters that only one of the texts has.
    if len(set(first) ^ set(second)) > 2 * most:
        return None
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        # A swap looks two rows up, so both must have left the bound behind.
        if min(current) > most and min(above) > most:
            return None
        before, above = above, current
    return above[-1] if above[-1] <= most else None
