"""Results that a worker worked out, with the moment."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from events.models import NewsroomReport


def keep(name: str, facts: Any, *, now: datetime) -> None:
    """Put a result, plain JSON, in the place of the one before."""
    NewsroomReport.objects.update_or_create(name=name, defaults={"facts": facts, "made_at": now})


def kept(names: Iterable[str]) -> dict[str, NewsroomReport]:
    """The latest results of these names, in one query; a name is missing until a worker has been there."""
    return NewsroomReport.objects.in_bulk(list(names))
