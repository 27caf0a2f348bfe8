"""Rows as the records that importers yield: an import writes the same rows again."""

from collections.abc import Iterable

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
from events.models import Citation, Context, Entry, Event, Image, Profile, Publisher, StoryLine
from events.workflow.snapshots import CITATION_FIELDS, COVER_FIELDS, steering_snapshot

# Fields that are called alike in the table and in the record.
EVENT_FIELDS = (
    "date", "headline", "end_date", "date_precision", "time", "time_zone", "short_headline", "summary",
    "body", "category", "label", "label_until", "language", "direction", "public_id", "guid", "slug", "state",
    "publish_at", "embargo_until", "first_published_at", "updated_at", "edited_at", "retracted_at",
    "retraction_notice", "is_incomplete",
)  # fmt: skip


def event_record(event: Event, *, originals: Originals) -> EventRecord:
    """An event read by `rows.events`."""
    decisions = decisions_of(event)
    return EventRecord(
        import_ref=reference_of(event),
        contexts=[row.tag.name for row in event.taggings.all()],
        citations=[citation_record(citation) for citation in event.citations.all()],
        cover=cover_record(event.cover, originals=originals) if event.cover else None,
        pins=choice_records(decisions.get("pins", ())),
        hidden=choice_records(decisions.get("hidden", ())),
        links=[LinkRecord(row["id"], row["kind"]) for row in decisions.get("links", ())],
        old_addresses=old_addresses(event),
        **fields_of(event, EVENT_FIELDS),
    )


def reference_of(entry: Entry) -> str:
    """What importers know the entry by. One that never was imported is known by its permanent id."""
    return entry.import_ref or entry.public_id


def old_addresses(entry: Entry) -> list[str]:
    """The other paths that lead to the entry, as they were read."""
    present = entry.address_path()
    return [f"/{row.path}" for row in entry.addresses.all() if row.path != present]


def choice_records(choices: Iterable[dict]) -> list[ChoiceRecord]:
    return [ChoiceRecord(row["id"], row.get("both_sides", False), row.get("note", "")) for row in choices]


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


def old_slugs(subject: Context | StoryLine | Profile) -> list[str]:
    """The other slugs that lead to the subject."""
    return sorted(row.slug for row in subject.addresses.all() if row.slug != subject.slug)


def story_record(story: Context | StoryLine) -> StoryRecord:
    """What editors made of a story line, read by `rows.stories`."""
    points = [TurningPointRecord(reference_of(point.event), point.note) for point in story.pinned]
    if isinstance(story, Context):
        return StoryRecord(context=story.name, turning_points=points)
    return StoryRecord(
        contexts=sorted(context.name for context in story.contexts.all()),
        turning_points=points,
        old_slugs=old_slugs(story),
        **fields_of(story, StoryLine.EDITED),
    )


def publisher_record(publisher: Publisher) -> PublisherRecord:
    return PublisherRecord(**fields_of(publisher, ("host", "name", "country")))


def fields_of(row: object, names: tuple[str, ...]) -> dict:
    return {name: getattr(row, name) for name in names}
