"""An entry as plain data, whole: what revisions keep and what conflicts are told by."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Model, QuerySet

from events.models import Citation, Entry, Event, EventLink, Image, RelatedChoice, Tagging
from events.prepared import any_of, prepared

EVENT_FIELDS = (
    "public_id", "guid", "import_ref", "date", "end_date", "date_precision", "time", "time_zone", "headline",
    "short_headline", "slug", "summary", "body", "category", "label", "label_until", "language", "direction",
    "state", "publish_at", "embargo_until", "retracted_at", "retraction_notice", "is_incomplete",
    "first_published_at", "updated_at", "edited_at",
)  # fmt: skip
EVENT_FIELDS_BUT_SLUG = tuple(name for name in EVENT_FIELDS if name != "slug")
CITATION_FIELDS = (
    "label", "url", "agency", "carrier", "published_on", "accessed_on", "language", "is_paywalled", "quote",
)  # fmt: skip
COVER_FIELDS = (
    "source_url", "alt", "is_decorative", "caption", "credit", "licence", "place", "taken_on", "people",
    "focal_x", "focal_y",
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


def open_snapshot(event: Any, citations: Sequence[Any]) -> str:
    """The JSON of a new entry's snapshot as far as it is known without a database, left open at its end."""
    data = filled(event, EVENT_FIELDS_BUT_SLUG)
    data["citations"] = [filled(citation, CITATION_FIELDS) for citation in citations]
    return encode(data).removesuffix("}")


def close_snapshot(opened: str, *, slug: str, contexts: list[str], cover: Image | None) -> str:
    """What `open_snapshot` began, as the JSON of a whole `snapshot`."""
    names = ", ".join(map(encode, contexts))
    picture = f', "cover": {encode(cover_snapshot(cover))}' if cover else ""
    return f'{opened}, "slug": {encode(slug)}, "contexts": [{names}]{picture}}}'


def whole_entry(event: Event) -> dict:
    """The stored entry as a snapshot, with all that belongs to it: four queries."""
    return whole_entries([event])[0]


def whole_entries(events: Sequence[Event]) -> list[dict]:
    """The same of many, in as many queries."""
    citations = rows_of(events, Citation, "event_id")
    taggings = rows_of(events, Tagging, "content_object_id", "tag")
    choices = rows_of(events, RelatedChoice, "event_id", "other")
    links = rows_of(events, EventLink, "event_id", "other")
    return [
        snapshot(
            event,
            citations=citations[event.pk],
            contexts=[row.tag.name for row in taggings[event.pk]],
        )
        | steering_snapshot(choices[event.pk], links[event.pk])
        for event in events
    ]


def rows_of(
    entries: Sequence[Entry], model: type[Model], owner: str, with_its: str = "", only: tuple[str, ...] = ()
) -> defaultdict[int, list[Any]]:
    """The rows that belong to these entries by the column `owner`, each entry's in their order: one query.

    What each leads to by the key `with_its` is read along. Where columns are named, of both `only` these are.
    """
    found = defaultdict(list)
    for row in _rows(model, owner, with_its, only, keys=[entry.pk for entry in entries]):
        found[getattr(row, owner)].append(row)
    return found


@prepared
def _rows(model: type[Model], owner: str, with_its: str, only: tuple[str, ...], *, keys: Any) -> QuerySet:
    rows = model.objects.filter(**{f"{owner}__in": any_of(keys)}).only(*only)
    return rows.select_related(with_its) if with_its else rows


def steering_of(event: Event) -> dict[str, list[dict]]:
    """What is stored of the event's related stories, in two queries."""
    choices, links = (rows_of([event], model, "event_id", "other") for model in (RelatedChoice, EventLink))
    return steering_snapshot(choices[event.pk], links[event.pk])


def steering_snapshot(choices: Iterable[RelatedChoice], links: Iterable[EventLink]) -> dict[str, list[dict]]:
    """What editors decided about an event's related stories, the others by their permanent ids.

    Pins stand in their order, the rest by id, so that equal decisions read alike everywhere. What is empty
    is left out.
    """
    decisions: dict[str, list[dict]] = {"pins": [], "hidden": [], "links": []}
    for row in sorted(choices, key=attrgetter("position", "pk")):
        place = decisions["pins" if row.kind == RelatedChoice.Kind.PIN else "hidden"]
        place.append({"id": row.other.public_id} | filled(row, ("both_sides", "note")))
    decisions["links"] = [{"id": row.other.public_id, "kind": row.kind} for row in links]
    for name in ("hidden", "links"):
        decisions[name].sort(key=itemgetter("id"))
    return {name: rows for name, rows in decisions.items() if rows}


def cover_snapshot(cover: Image) -> dict:
    data = {"id": cover.pk, "file": cover.file.name} | filled(cover, COVER_FIELDS)
    return data | {"crops": cover.crops} if cover.crops else data


def filled(row: object, fields: tuple[str, ...]) -> dict:
    """The fields that say something, dates and moments as ISO 8601 text."""
    # In this order, because most values are texts or nothing.
    return {
        field: value if type(value) is str or not isinstance(value, _MOMENTS) else value.isoformat()
        for field, value in zip(fields, _getter(fields)(row), strict=True)
        if value or (value is not False and value is not None and value != "")
    }


# A datetime is a date too.
_MOMENTS = (date, time)
_getter: Callable[[tuple[str, ...]], attrgetter] = cache(lambda fields: attrgetter(*fields))

# For writers that step round Django's fields. Making an encoder takes as long as using it.
encode = json.JSONEncoder(ensure_ascii=False).encode
