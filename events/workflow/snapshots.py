"""An entry as plain data, whole: what revisions keep and what conflicts are told by."""

from events.models import Citation, Event, Image

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


def snapshot(event: Event, *, citations: list[Citation], contexts: list[str]) -> dict:
    """The whole entry as JSON-ready data; empty values are left out. `contexts` are names in order."""
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
    data = {}
    for field in fields:
        value = getattr(row, field)
        if value is None or value == "" or value is False:
            continue
        data[field] = value.isoformat() if hasattr(value, "isoformat") else value
    return data
