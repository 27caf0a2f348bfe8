"""How many events have each term, as far as this process has asked since the last write.

Every candidate brings some forty terms, most of them common ones that others bring too. Looked up anew for
each page they took longer than finding the candidates. A write moves the site's stamp, and with it all that
is known here is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection

from events.related.features import rarity
from events.related.tables import ask
from events.related.terms import EVERY
from events.sql import any_of

# Some tens of megabytes. A newsroom of a million events has more terms, but most of them on a single event.
MOST = 300_000

# The stamp's row cannot be taken for a term's: no term is negative.
STAMP = -1
SQL = """
SELECT term, events_count, '' FROM events_relatedterm WHERE term IN {terms}
UNION ALL
SELECT {stamp}, serial, CAST(changed_at AS text) FROM events_sitestamp
"""


# The number and the moment of the last write; none before the first.
Stamp = tuple[int, str] | tuple[()]


@dataclass(slots=True)
class TermCounts:
    """The counts of terms at one state of the site, `stamp`; with `EVERY` how many events there are.

    Terms that no event has count 0; those that nobody asked for are missing. `rarities` are of the same ones.
    """

    stamp: Stamp = ()
    counts: dict[int, int] = field(default_factory=dict)
    rarities: dict[int, float] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of events."""
        return self.counts.get(EVERY, 0)

    def add(self, counts: Mapping[int, int]) -> None:
        """Take these in; the first ones hold `EVERY`, without which nothing is rare."""
        self.counts.update(counts)
        total = self.total
        self.rarities.update((term, rarity(count, total)) for term, count in counts.items())

    def need(self, terms: set[int]) -> "TermCounts":
        """These counts with all of `terms`: one query for those that are missing, none where none is."""
        missing = terms.difference(self.counts)
        if not missing:
            return self
        marks, values = any_of(missing)
        found, stamp = dict.fromkeys(missing, 0), ()
        for term, number, moment in ask(SQL.format(terms=marks, stamp=STAMP), values):
            if term == STAMP:
                stamp = (number, moment)
            else:
                found[term] = number
        # Where somebody wrote since the first question, the answer is no part of what others are told.
        told = self if stamp == self.stamp else TermCounts((), dict(self.counts), dict(self.rarities))
        told.add(found)
        return told


_known = TermCounts()


def known_at(stamp: Stamp) -> TermCounts:
    """What this process knows at this state of the site.

    A transaction shares nothing, since its writes may be taken back.
    """
    global _known
    if connection.in_atomic_block:
        return TermCounts(stamp)
    if _known.stamp != stamp or len(_known.counts) > MOST:
        _known = TermCounts(stamp)
    return _known


def forget() -> None:
    """Know nothing: for tests, which set the site back to a state that it had."""
    global _known
    _known = TermCounts()
