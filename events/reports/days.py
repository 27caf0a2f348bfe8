"""How many public entries the days of the last weeks have."""

from datetime import date, datetime, timedelta

from django.db.models import Count

from events.models import Event


def entries_a_day(*, until: date, days: int, now: datetime) -> dict[date, int]:
    """So many days up to `until` in order, each with its public entries; one query, a range of an index."""
    first = until - timedelta(days=days - 1)
    rows = Event.objects.public(now=now).between(first, until).order_by().values_list("date")
    counts = dict(rows.annotate(number=Count("pk")))
    return {(day := first + timedelta(days=place)): counts.get(day, 0) for place in range(days)}
