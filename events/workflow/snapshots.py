"""An entry as plain data, whole: what revisions keep and what conflicts are told by."""

import json
from collections.abc import Callable, Sequence
from datetime import date, time
from functools import cache
from operator import attrgetter
from typing import Any

from events.models import Image

EVENT_FIELDS = (
    "public_id", "guid", "import_ref", "date", "end_date", "date_precision", "time", "time_zone", "headline",
    "short_headline", "slug", "summary", "body", "category", "language", "direction", "state", "publish_at",
    "embargo_until", "retracted_at", "retraction_notice", "is_incomplete", "first_published_at", "updated_at",
    "edited_at",
)  # fmt: skip
CITATION_FIELDS = (
    "label", "url", "agency", "carrier", "published_on", "accessed_on", "language", "is_paywalled", "quote",
)  # fmt: skip
COVER_FIELDS = (
    "source_url", "alt", "is_decorative", "caption", "credit", "licence", "focal_x", "focal_y",
)  # fmt: skip


def snapshot(event: Any, *, citations: Sequence[Any], contexts: list[str]) -> dict:
    """The whole entry as JSON-ready data; empty values are left out. `contexts` are names in order.

    Event and citations are models, or rows with the same attributes.
    """
    data = filled(event, EVENT_FIELDS)
    data["citations"] = [filled(citation, CITATION_FIELDS) for citation in citations]
    data["contexts"] = contexts
    if event.cover_id:
        data["cover"] = cover_snapshot(event.cover)
    return data


def cover_snapshot(cover: Image) -> dict:
    return {"id": cover.pk, "file": cover.file.name} | filled(cover, COVER_FIELDS)


def filled(row: object, fields: tuple[str, ...]) -> dict:
    """The fields that say something, dates and moments as ISO 8601 text."""
    return {
        field: value.isoformat() if isinstance(value, _MOMENTS) else value
        for field, value in zip(fields, _getter(fields)(row), strict=True)
        if value is not None and value != "" and value is not False
    }


# A datetime is a date too.
_MOMENTS = (date, time)
_getter: Callable[[tuple[str, ...]], attrgetter] = cache(lambda fields: attrgetter(*fields))

# For writers that step round Django's fields. Making an encoder takes as long as using it.
encode = json.JSONEncoder(ensure_ascii=False).encode
