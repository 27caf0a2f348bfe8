"""Records as lines of JSON, which `events.importers.jsonl` reads back to the same records."""

import json
from datetime import date, datetime, time
from typing import Any

from events.importers.jsonl_fields import Object
from events.importers.records import (
    ArticleRecord,
    ChoiceRecord,
    ContextRecord,
    EventRecord,
    LinkRecord,
    MentionRecord,
    ProfileRecord,
    PublisherRecord,
    Record,
    StoryRecord,
    TurningPointRecord,
)

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_KINDS = {
    EventRecord: "event",
    ContextRecord: "context",
    PublisherRecord: "publisher",
    StoryRecord: "story",
    ProfileRecord: "profile",
    ArticleRecord: "article",
}
# Keys in the order of writing; every other record has its attributes in theirs.
_KEYS = {
    EventRecord: (
        *("id", "public_id", "guid", "slug", "date", "end_date", "date_precision", "time", "time_zone"),
        *("headline", "short_headline", "summary", "body", "category", "label", "label_until", "lang", "dir"),
        *("state", "publish_at", "embargo_until", "first_published_at", "updated_at", "edited_at"),
        *("retracted_at", "retraction_notice", "is_incomplete"),
        *("topics", "contexts", "citations", "cover_image", "related"),
        *("pins", "hidden", "links", "old_addresses"),
    ),
    ArticleRecord: (
        *("id", "public_id", "guid", "slug", "date", "headline", "deck", "body", "kind", "section"),
        *("label", "label_until", "agencies", "lang", "dir"),
        *("state", "publish_at", "embargo_until", "first_published_at", "updated_at", "edited_at"),
        *("retracted_at", "retraction_notice", "bylines", "events", "contexts", "cover_image", "pictures"),
        *("notes", "front", "old_addresses"),
    ),
    ChoiceRecord: ("id", "both_sides", "note"),
    LinkRecord: ("id", "kind"),
    TurningPointRecord: ("id", "note"),
    MentionRecord: ("id", "date", "headline", "shared", "old_addresses", "lang"),
}
# Keys that are not called as their attribute.
_ATTRIBUTES = {
    "id": "import_ref",
    "lang": "language",
    "dir": "direction",
    "topics": "stories",
    "cover_image": "cover",
}
_DEFAULTS = {"date_precision": "day", "state": "published", "focal_x": 0.5, "focal_y": 0.5}


def dump_record(record: Record) -> str:
    """The record as one line of compact JSON, without a line feed; `jsonl.read` gives the same record back.

    Keys always stand in the same order; empty and default values and `where` are left out. Raises
    TypeError for an `InvalidRecord`.
    """
    if type(record) not in _KINDS:
        raise TypeError(f"no record of ours: {type(record).__name__}")
    return _encode({"type": _KINDS[type(record)], **_object(record)})


def _object(record: Any) -> Object:
    keys = _KEYS.get(type(record)) or [key for key in record.__slots__ if key != "where"]
    data = {}
    for key in keys:
        value = getattr(record, _ATTRIBUTES.get(key, key))
        # Midnight counts as a value, and so does the edge of a picture.
        if value != _DEFAULTS.get(key) and (value or isinstance(value, time | float)):
            data[key] = _topics(value) if key == "topics" else _plain(value)
    return data


def _topics(stories: list[list[str]]) -> list[Object]:
    return [{"title": story, "level": level} for level, names in enumerate(stories) for story in names]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str | bool | int | float):
        return value
    return _object(value)
