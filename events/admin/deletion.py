"""What the page before a deletion lists: what people made, and not what is derived from it."""

from django.http import HttpRequest
from django.utils.text import capfirst

from events.models import (
    ContextDay,
    ContextListing,
    EventProblem,
    PublisherListing,
    StoryDay,
    StoryListing,
)

DERIVED = [
    model._meta
    for model in (ContextDay, ContextListing, EventProblem, PublisherListing, StoryDay, StoryListing)
]


class WithoutDerived:
    """Mixed into an admin: its rows take derived ones with them, of which editors know nothing."""

    def get_deleted_objects(self, objs, request: HttpRequest) -> tuple[list, dict, set, list]:
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        for meta in DERIVED:
            counts.pop(meta.verbose_name_plural, None)
        return underived(to_delete), counts, needed, protected


class TakingAllAlong(WithoutDerived):
    """Mixed into an admin: what hangs on its rows goes with them; only the right to delete these counts."""

    def get_deleted_objects(self, objs, request: HttpRequest) -> tuple[list, dict, set, list]:
        to_delete, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set(), protected


def underived(rows: list) -> list:
    """Django's nested list without derived rows; it tells a row by the name of its kind."""
    kinds = tuple(f"{capfirst(meta.verbose_name)}: " for meta in DERIVED)
    return [
        underived(row) if isinstance(row, list) else row
        for row in rows
        if isinstance(row, list) or not str(row).startswith(kinds)
    ]
