"""Contexts that may be one. No name is compared with all others: only names that share a key are looked at.

Names equal but for case, accents, spaces and punctuation are one context already, by a constraint.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, groupby, islice

from django.db import transaction

from events.models import Context, ContextName, ContextPair
from events.sql import among
from events.text.folding import index_text

Reason = ContextPair.Reason
Pairs = dict[tuple[int, int], str]

# Names so long may be so many letters apart; of shorter ones many are.
LETTERS_APART = ((7, 1), (12, 2))
# Of names that share a key so many are compared; of pairs so many are kept, more than anybody looks at.
MOST_ALIKE, MOST_PAIRS = 100, 5_000
STEP = 500
HASH, PLACE = (1 << 40) - 1, 32
DIGITS = re.compile(r"\d+")


def find_pairs() -> Iterator[None]:
    """Look for pairs by small steps, and keep what was found instead of what was; decisions stay."""
    found: Pairs = {}
    for field in ("wikidata", "media_topic"):
        rows = Context.objects.exclude(**{field: ""}).order_by("pk").values_list("pk", field)
        yield from collect(found, list(rows), Reason.ID, keys=lambda value: [value])
    names = ContextName.objects.order_by("pk")
    yield from collect(found, list(names.values_list("context", "name")), Reason.WORDS, keys=words_keys)
    yield from collect(
        found,
        list(names.values_list("context", "key")),
        Reason.SPELLING,
        keys=spelling_keys,
        is_pair=differ_little,
    )
    keep(found)


def collect(
    found: Pairs,
    rows: Iterable[tuple[int, str]],
    reason: Reason,
    *,
    keys: Callable[[str], list],
    is_pair: Callable[[str, str], bool] = lambda one, other: True,
) -> Iterator[None]:
    """Add the pairs of different contexts whose texts share a key and that `is_pair` agrees with."""
    texts: list[tuple[int, str]] = []
    # A key's hash and the place of the text in one number: a tenth of what lists by key would take.
    places: list[int] = []
    for place, row in enumerate(rows):
        texts.append(row)
        places += [(hash(key) & HASH) << PLACE | place for key in set(keys(row[1]))]
        if place % STEP == 0:
            yield
    places.sort()
    for number, (_key, group) in enumerate(groupby(places, lambda each: each >> PLACE)):
        if number % STEP == 0:
            yield
        alike = [texts[each & ((1 << PLACE) - 1)] for each in islice(group, MOST_ALIKE)]
        for (pk, text), (other_pk, other) in combinations(alike, 2):
            pair = (min(pk, other_pk), max(pk, other_pk))
            if pk != other_pk and pair not in found and len(found) < MOST_PAIRS and is_pair(text, other):
                found[pair] = reason


def words_keys(name: str) -> list[str]:
    """Names of the same words but for endings and order have one key; a single short word says too little."""
    words = sorted(index_text(name).split())
    return [" ".join(words)] if sum(map(len, words)) > 3 else []


def apart(length: int) -> int:
    return max((most for least, most in LETTERS_APART if length >= least), default=0)


def spelling_keys(text: str) -> list[tuple]:
    """Pieces of a name, of which two names that differ by few enough letters nearly always share one.

    Where they differ in one half, the other half is the same; where in both, they begin and end alike. The
    same numbers stand in both.
    """
    numbers, length = tuple(DIGITS.findall(text)), len(text)
    found: list[tuple] = []
    for common in range(length - apart(length), length + 1):
        if apart(common):
            half = common // 2
            found += [(common, numbers, "start", text[:half])]
            found += [(common, numbers, "end", text[half + 1 - common :])]
        if apart(common) > 1:
            found += [(common, numbers, "both", text[:3], text[-3:])]
    return found


def differ_little(one: str, other: str) -> bool:
    """Whether few enough letters are put in, left out, changed or swapped, and no digit is."""
    most = apart(min(len(one), len(other)))
    if abs(len(one) - len(other)) > most or DIGITS.findall(one) != DIGITS.findall(other):
        return False
    return distance(one, other, most=most) <= most


def distance(one: str, other: str, *, most: int) -> int:
    """Letters between two words, two neighbours that changed places being one; beyond `most` inexact."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row = row, [at] + [0] * len(other)
        for place, its in enumerate(other, 1):
            row[place] = min(last[place] + 1, row[place - 1] + 1, last[place - 1] + (letter != its))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == its:
                row[place] = min(row[place], before[place - 2] + 1)
        if min(row) > most:
            return most + 1
        before = last
    return row[-1]


@transaction.atomic
def keep(found: Pairs) -> None:
    """Store what was found; pairs that are none any more go, unless an editor decided on them."""
    known = set(ContextPair.objects.values_list("one", "other"))
    named = Context.objects.filter(pk__in=among({pk for pair in found for pk in pair}))
    there = set(named.values_list("pk", flat=True))
    ContextPair.objects.bulk_create(
        (
            ContextPair(one_id=one, other_id=other, reason=reason)
            for (one, other), reason in found.items()
            if (one, other) not in known and {one, other} <= there
        ),
        batch_size=STEP,
        ignore_conflicts=True,
    )
    gone = ContextPair.objects.filter(are_two=False)
    stale = [pk for pk, one, other in gone.values_list("pk", "one", "other") if (one, other) not in found]
    ContextPair.objects.filter(pk__in=among(stale)).delete()
