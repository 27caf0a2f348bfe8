"""Rows as the records that importers yield: an import writes the same rows again."""

from events.documents.builders import build_cover
from events.exports.originals import Originals
from events.importers.records import (
    ChoiceRecord,
    CitationRecord,
    ContextRecord,
    CoverRecord,
    CropRecord,
    EventRecord,
    LinkRecord,
    PublisherRecord,
    StoryRecord,
    TurningPointRecord,
)
from events.models import Citation, Context, Event, Image, Publisher, StoryLine
from events.workflow.snapshots import CITATION_FIELDS, COVER_FIELDS, steering_snapshot

# Fields that are called alike in the table and in the record.
EVENT_FIELDS = (
    "date", "headline", "end_date", "date_precision", "time", "time_zone", "short_headline", "summary",
    "body", "category", "label", "label_until", "language", "direction", "public_id", "guid", "slug", "state",
    "publish_at", "embargo_until", "first_published_at", "updated_at", "edited_at", "retracted_at",
    "retraction_notice", "is_incomplete",
)  # fmt: skip


def event_record(event: Event, *, originals: Originals) -> EventRecord:
    """An event read by `rows.events`. One that never was imported is known by its permanent id."""
    present = event.address_path()
    decisions = decisions_of(event)
    return EventRecord(
        import_ref=event.import_ref or event.public_id,
        contexts=[row.tag.name for row in event.taggings.all()],
        citations=[citation_record(citation) for citation in event.citations.all()],
        cover=cover_record(event.cover, originals=originals) if event.cover else None,
        pins=[
            ChoiceRecord(row["id"], row.get("both_sides", False), row.get("note", ""))
            for row in decisions.get("pins", ())
        ],
        hidden=[
            ChoiceRecord(row["id"], row.get("both_sides", False), row.get("note", ""))
            for row in decisions.get("hidden", ())
        ],
        links=[LinkRecord(row["id"], row["kind"]) for row in decisions.get("links", ())],
        old_addresses=[f"/{row.path}" for row in event.addresses.all() if row.path != present],
        **fields_of(event, EVENT_FIELDS),
    )


def decisions_of(event: Event) -> dict[str, list[dict]]:
    """What editors decided about the related stories of an event read by `rows.events`."""
    return steering_snapshot(event.choices.all(), event.links.all())


def citation_record(citation: Citation) -> CitationRecord:
    return CitationRecord(**fields_of(citation, CITATION_FIELDS))


def cover_record(image: Image, *, originals: Originals) -> CoverRecord:
    """A picture with its file, or with the address of our own copy where no file can go along."""
    crops = [CropRecord(ratio, *edges) for ratio, edges in sorted(image.crops.items())]
    record = CoverRecord(file=originals.keep(image), crops=crops, **fields_of(image, COVER_FIELDS))
    if not record.file and not record.source_url:
        record.source_url = build_cover(image).url
    return record


def context_record(context: Context) -> ContextRecord:
    """A context read by `rows.contexts`."""
    return ContextRecord(
        parents=sorted(parent.name for parent in context.parents.all()),
        aliases=sorted(context.aliases),
        old_slugs=old_slugs(context),
        is_not_for_related=not context.is_for_related,
        **fields_of(context, ("name", "slug", "kind", "description", "wikidata", "media_topic")),
    )


def old_slugs(context: Context) -> list[str]:
    return sorted(row.slug for row in context.addresses.all() if row.slug != context.slug)


def story_record(story: Context | StoryLine) -> StoryRecord:
    """What editors made of a story line, read by `rows.stories`."""
    points = [
        TurningPointRecord(point.event.import_ref or point.event.public_id, point.note)
        for point in story.pinned
    ]
    if isinstance(story, Context):
        return StoryRecord(context=story.name, turning_points=points)
    return StoryRecord(
        contexts=sorted(context.name for context in story.contexts.all()),
        turning_points=points,
        old_slugs=sorted(row.slug for row in story.addresses.all() if row.slug != story.slug),
        **fields_of(story, StoryLine.EDITED),
    )


def publisher_record(publisher: Publisher) -> PublisherRecord:
    return PublisherRecord(**fields_of(publisher, ("host", "name", "country")))


def fields_of(row: object, names: tuple[str, ...]) -> dict:
    return {name: getattr(row, name) for name in names}
