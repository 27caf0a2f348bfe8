"""Three snapshots, of which one is the ancestor of the others, joined into one: the work behind a merge page.

What only one side touched is as that side left it. Texts join sentence by sentence, names and rows one by
one. What both touched in different ways is left to be asked for.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from events.text.differences import merge
from events.workflow.comparison import keyed
from events.workflow.parts import Kind, Part, Snapshot

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True, slots=True)
class Joint:
    """One part in which mine and theirs differ.

    `taken` says whose it is: "mine" or "theirs" where the other side had left it alone, "both" where it could
    be joined (then `value` is the joint one), and nothing where somebody must choose.
    """

    part: Part
    base: Any
    mine: Any
    theirs: Any
    taken: str
    value: Any


def join(base: Snapshot | None, mine: Snapshot, theirs: Snapshot, parts: Iterable[Part]) -> list[Joint]:
    """The parts in which `mine` and `theirs` differ, joined as far as they can be.

    Without an ancestor everything that differs has to be asked for.
    """
    found = []
    for part in parts:
        my_value, their_value = part.of(mine), part.of(theirs)
        if my_value == their_value:
            continue
        origin = part.of(base) if base is not None else None
        taken, value = join_part(part, origin, my_value, their_value)
        found.append(Joint(part, origin, my_value, their_value, taken, value))
    return found


def join_part(part: Part, base: Any, mine: Any, theirs: Any) -> tuple[str, Any]:
    if base is None:
        return "", mine
    if mine == base:
        return THEIRS, theirs
    if theirs == base:
        return MINE, mine
    joint = None
    if part.kind is Kind.TEXT:
        joint = merge(base, mine, theirs)
    elif part.kind in (Kind.NAMES, Kind.ROWS):
        joint = join_rows(base, mine, theirs, keys=part.keys)
    return ("", mine) if joint is None else (BOTH, joint)


def join_rows(
    base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], *, keys: Sequence[str] = ()
) -> list[Any] | None:
    """The rows of both sides: added by either, without those that either removed.

    None where one side changed a row that the other changed differently or removed, and where both put rows
    that they share into different orders.
    """
    origin, ours, others = keyed(base, keys), keyed(mine, keys), keyed(theirs, keys)
    rows: dict[Hashable, Any] = {}
    for key in dict.fromkeys([*origin, *ours, *others]):
        versions = [side.get(key) for side in (origin, ours, others)]
        row = versions[2] if versions[0] == versions[1] else versions[1]
        if versions[0] not in versions[1:] and versions[1] != versions[2]:
            return None
        if row is not None:
            rows[key] = row
    order = joint_order(list(origin), list(ours), list(others))
    return None if order is None else [rows[key] for key in order if key in rows]


def joint_order(base: list[Hashable], mine: list[Hashable], theirs: list[Hashable]) -> list[Hashable] | None:
    """The order of the side that put shared rows into another one, with what the other side added after the
    row that it follows there; None where both did, differently."""
    shared = set(base) & set(mine) & set(theirs)
    orders = [[key for key in side if key in shared] for side in (base, mine, theirs)]
    if orders[0] not in orders[1:] and orders[1] != orders[2]:
        return None
    first, second = (theirs, mine) if orders[1] == orders[0] else (mine, theirs)
    order = list(first)
    for place, key in enumerate(second):
        if key not in order:
            before = second[place - 1] if place else None
            order.insert(order.index(before) + 1 if before is not None else 0, key)
    return order
