"""What became of an import's rows."""

from collections import Counter
from dataclasses import dataclass, field

NEW, UPDATED, UNCHANGED, SKIPPED, INVALID = "new", "updated", "unchanged", "skipped", "invalid"
OUTCOMES = (NEW, UPDATED, UNCHANGED, SKIPPED, INVALID)
# Of a row beside the one that tells what became of the record; never counted among the outcomes.
DUPLICATE = "duplicate"
# Enough for anybody to see what is wrong with a file; the counts stay true.
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row: where it stands, what became of it, why, which entry it is, and how many contexts it names
    that were suggested for it."""

    where: str
    outcome: str
    message: str = ""
    import_ref: str = ""
    suggested: int = 0


@dataclass(slots=True)
class ImportResult:
    """Counts by outcome, and the rows that are not simply new or unchanged.

    `suggested` counts the contexts that were added to entries because their texts name them, `duplicates` the
    new records that may be about an event that was there already.
    """

    counts: Counter = field(default_factory=lambda: Counter(dict.fromkeys(OUTCOMES, 0)))
    rows: list[RowResult] = field(default_factory=list)
    suggested: int = 0
    duplicates: int = 0

    def add_duplicate(self, row: RowResult) -> None:
        self.duplicates += 1
        if len(self.rows) < MOST_ROWS:
            self.rows.append(row)

    def add(self, row: RowResult) -> None:
        self.counts[row.outcome] += 1
        self.suggested += row.suggested
        if row.outcome not in (NEW, UNCHANGED) and len(self.rows) < MOST_ROWS:
            self.rows.append(row)

    @property
    def is_clean(self) -> bool:
        return not self.counts[INVALID]
