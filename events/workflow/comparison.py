"""Two snapshots compared part by part, in plain data that any page can show."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from events.text.differences import ADDED, REMOVED, SAME, Run, compare
from events.workflow.parts import Kind, Part, Snapshot

CHANGED, MOVED = "changed", "moved"

Row = dict[str, Any]
# What tells a row from the others, and which of those that are alike it is.
RowKey = tuple[Hashable, int]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What became of one row of a list; places are counted from 1, None where the row is not there.

    `fate` is "same", "added", "removed", "changed" or "moved"; a row that was changed may have moved too.
    """

    fate: str
    old: Any
    new: Any
    old_place: int | None
    new_place: int | None
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One part in which two snapshots differ: `runs` of a text, `rows` of a list, both values of the rest."""

    part: Part
    old: Any
    new: Any

    @property
    def runs(self) -> list[Run]:
        return compare(self.old, self.new) if self.part.kind is Kind.TEXT else []

    @property
    def rows(self) -> list[RowChange]:
        if self.part.kind not in (Kind.NAMES, Kind.ROWS):
            return []
        return compare_rows(self.old, self.new, keys=self.part.keys)


def changes(old: Snapshot, new: Snapshot, parts: Iterable[Part]) -> list[Change]:
    """The parts in which two snapshots differ, in the order of `parts`."""
    found = (Change(part, part.of(old), part.of(new)) for part in parts)
    return [change for change in found if change.old != change.new]


def compare_rows(old: Sequence[Any], new: Sequence[Any], *, keys: Sequence[str] = ()) -> list[RowChange]:
    """The fate of each row, in the order of the new list; what was removed follows at the end.

    A row is the one of the other list that is told by the same key. Moved are as few as possible: those that
    do not stand in the longest run of rows that kept their order.
    """
    before, after = keyed(old, keys), keyed(new, keys)
    places = {key: place for place, key in enumerate(before, 1)}
    common = [key for key in after if key in before]
    settled = in_order(common, [places[key] for key in common])
    found = []
    for place, (key, row) in enumerate(after.items(), 1):
        if key not in before:
            found.append(RowChange(ADDED, None, row, None, place))
            continue
        has_moved = key not in settled
        fate = CHANGED if before[key] != row else MOVED if has_moved else SAME
        found.append(RowChange(fate, before[key], row, places[key], place, has_moved))
    gone = [key for key in before if key not in after]
    return found + [RowChange(REMOVED, before[key], None, places[key], None) for key in gone]


def keyed(rows: Iterable[Any], keys: Sequence[str] = ()) -> dict[RowKey, Any]:
    """The rows in their order, each under what tells it from the others; names tell themselves."""
    return dict(zip(row_keys(rows := list(rows), keys), rows, strict=True))


def row_keys(rows: Iterable[Any], keys: Sequence[str]) -> Iterator[RowKey]:
    seen: Counter[Hashable] = Counter()
    for row in rows:
        name = next((row[key] for key in keys if row.get(key)), "") if keys else row
        yield name, seen[name]
        seen[name] += 1


def in_order(keys: Sequence[RowKey], places: Sequence[int]) -> set[RowKey]:
    """The keys of a longest increasing subsequence of `places` (patience sorting; Fredman 1975)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else None)
        ends[length:] = [place] if length == len(ends) else [place, *ends[length + 1 :]]
        last[length:] = [index] if length == len(last) else [index, *last[length + 1 :]]
    found: set[RowKey] = set()
    at = last[-1] if last else None
    while at is not None:
        found.add(keys[at])
        at = before[at]
    return found
