"""What larger stories told last before a story began, and first once it had ended."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

MOST_PARENTS = 4


def around(
    parents: Sequence[int], first: date, last: date, *, now: datetime
) -> tuple[int | None, int | None]:
    """The keys of the public events nearest before the day `first` and nearest after `last` in any of these
    contexts. One statement, of two look-ups in an index a context."""
    sides: list[str] = []
    values: list[Any] = []
    moment = connection.ops.adapt_datetimefield_value(now)
    for parent in parents[:MOST_PARENTS]:
        for sign, order, day in (("<", "DESC", first), (">", "ASC", last)):
            sides.append(
                f"SELECT * FROM (SELECT date, event_id, '{sign}' FROM events_contextlisting"  # noqa: S608
                f" WHERE context_id = %s AND date {sign} %s AND visible_at <= %s"
                f" ORDER BY date {order}, event_id {order} LIMIT 1) AS side"
            )
            values += [parent, connection.ops.adapt_datefield_value(day), moment]
    if not sides:
        return None, None
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sides), values)
        rows = cursor.fetchall()
    before = max(((day, pk) for day, pk, sign in rows if sign == "<"), default=(None, None))
    after = min(((day, pk) for day, pk, sign in rows if sign == ">"), default=(None, None))
    return before[1], after[1]
