"""One record as an event: checked by the rules of the editors' form, cleaned, with its moments."""

import hashlib
from datetime import date, datetime
from os.path import isfile
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.addresses import address_key
from events.conf import conf
from events.dates import FIRST_YEAR, start_of_day
from events.images.names import digest_of as picture_digest
from events.images.validators import read_header
from events.importers.columns import check_columns, check_lengths, check_public_id
from events.importers.directories import Naming, check_names
from events.importers.records import ArticleRecord, CoverRecord, EventRecord
from events.models import Address, Citation, Entry, Event, Image
from events.models.citations import check_citation, prepare_citation
from events.models.entries import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH, visible_at
from events.models.events import check_facts, prepare_facts
from events.text.from_html import safe_url
from events.text.slugs import slugify_headline
from events.workflow.batches import BLANK_CITATION, BLANK_EVENT, NewEntry, Row, prepare_entry
from events.workflow.pictures import remake_renditions, store_picture

FIELDS = (
    "date", "end_date", "date_precision", "time", "time_zone", "headline", "short_headline", "summary",
    "body", "category", "label", "label_until", "language", "direction", "state", "embargo_until",
    "retraction_notice", "is_incomplete",
)  # fmt: skip
# The first one whose start is in a year that has dates in all zones.
FIRST_DAY = date(FIRST_YEAR, 1, 2)
ADDRESS_CHARS = Address._meta.get_field("path").max_length


def digest_of(record: EventRecord) -> str:
    """What tells whether a record has changed since it was imported: 128 bits over all it says of itself."""
    if record.digest:
        return record.digest
    where, related = record.where, record.related
    record.where, record.related = "", []
    try:
        return hashlib.blake2b(repr(record).encode("utf-8", "replace"), digest_size=16).hexdigest()
    finally:
        record.where, record.related = where, related


def kept_digest(record: EventRecord) -> str:
    """The digest to keep with an entry that was written, empty while decisions wait for other entries.

    Should the import end before they are carried out, the next one does not take the record as done.
    """
    return "" if record.has_decisions else digest_of(record)


def derived_public_id(import_ref: str) -> str:
    """The permanent id of an imported entry: the same record has the same one on every machine."""
    # Twelve digits of five bits each: the last eight bytes have more.
    number = int.from_bytes(hashlib.sha256(import_ref.encode("utf-8", "replace")).digest()[-8:])
    return "".join([PUBLIC_ID_ALPHABET[number >> place & 31] for place in range(0, 5 * PUBLIC_ID_LENGTH, 5)])


def new_entry(record: EventRecord, naming: Naming, *, as_draft: bool, now: datetime) -> NewEntry:
    """The record, with the contexts that it names, as an entry that is not stored yet, with the slug that it
    wishes for.

    Contexts, publishers and the cover are left to those who may ask the database. Raises ValidationError.
    """
    check_names(name.name for name in naming.names())
    event = Row(
        **BLANK_EVENT
        | {
            "public_id": record.public_id or derived_public_id(record.import_ref),
            "guid": record.guid,
            "import_ref": None if record.import_ref == record.public_id else record.import_ref,
            "created_at": now,
            "imported_version": 1,
            "import_digest": kept_digest(record),
            "slug": wished_slug(record),
        }
    )
    apply(record, event, as_draft=as_draft)
    set_moments(event, record, now=now)
    prepare_facts(event)
    return prepare_entry(
        event,
        new_citations(record),
        contexts=naming.distinct().values(),
        addresses=checked_keys(record),
    )


def wished_slug(record: EventRecord) -> str:
    """The record's own slug, else one made of its headline."""
    return slugify_headline(record.slug or record.headline, max_length=160 if record.slug else 80)


def apply(record: EventRecord, event: Event | Row, *, as_draft: bool) -> None:
    """Write the record's own words over the event's. Raises ValidationError."""
    state, language = event.state, own_language(event, record.language)
    for name in FIELDS:
        setattr(event, name, getattr(record, name))
    event.language = language
    if as_draft:
        # What is public already stays so: a draft is what comes in, not what becomes of an entry.
        event.state = state if event.pk else Event.State.DRAFT
    check_facts(event)
    check_record(record, Event)


def check_record(record: EventRecord | ArticleRecord, kind: type[Entry]) -> None:
    """Whether the record fits an entry of this kind. Raises ValidationError."""
    # Of a slug of any length one that fits is made.
    check_columns(record, kind, without=("slug",))
    check_public_id(record.public_id)


def own_language(entry: Entry | Row, told: str) -> str:
    """The language that a known entry has from now on: exported pages tell the site's where it has none of
    its own, and then it stays without."""
    return "" if entry.pk and not entry.language and told == conf.LANGUAGE else told


def set_moments(event: Event | Row, record: EventRecord, *, now: datetime) -> None:
    """The moments that the record tells. An entry without any came out at the start of its own day.

    So an archive that is imported today does not pass for today's news, and the same file makes the same
    entries whenever it is imported. A known entry keeps the moments of which the record says nothing.
    """
    is_known = event.pk is not None
    event.updated_at = record.updated_at
    if event.state in (Event.State.PUBLISHED, Event.State.RETRACTED):
        own_day = min(start_of_day(max(event.date, FIRST_DAY), ZoneInfo(conf.TIME_ZONE)), now)
        event.publish_at = record.publish_at or record.first_published_at or event.publish_at or own_day
        event.first_published_at = record.first_published_at or event.first_published_at or visible_at(event)
    else:
        event.publish_at = record.publish_at
        event.first_published_at = record.first_published_at
    written_at = now if is_known else event.updated_at or event.first_published_at or now
    event.edited_at = record.edited_at or written_at
    if event.state == Event.State.RETRACTED:
        event.retracted_at = record.retracted_at or event.retracted_at or event.edited_at


def new_citations(record: EventRecord) -> list[Row]:
    """The record's citations, prepared but for their publishers. Raises ValidationError."""
    citations = []
    for position, found in enumerate(record.citations):
        citation = Row(
            **BLANK_CITATION
            | {
                "position": position,
                "label": found.label,
                "url": found.url,
                "agency": found.agency,
                "carrier": found.carrier,
                "published_on": found.published_on,
                "accessed_on": found.accessed_on,
                "language": found.language,
                "is_paywalled": found.is_paywalled,
                "quote": found.quote,
            }
        )
        prepare_citation(citation)
        check_citation(citation)
        check_columns(citation, Citation)
        citations.append(citation)
    return citations


def new_cover(cover: CoverRecord, *, folder: Path | None, is_dry_run: bool = False) -> Image:
    """Store the record's cover: its file from beside the import where there is one, else its address.

    A dry run looks at the file and stores none. Raises ValidationError when the file is no picture of
    ours or lies outside `folder`.
    """
    image = described(cover)
    if not cover.file:
        image.save()
        return image
    with picture_beside(cover.file, folder).open("rb") as stream:
        if not is_dry_run:
            return store_picture(image, stream)
        read_header(stream)
    # Nothing else will ever read this row: the dry run takes it back.
    image.source_url = image.source_url or cover.file
    image.save()
    return image


def described(cover: CoverRecord) -> Image:
    """A picture with all that a record says of it, as far as it fits; not stored, and without its file.

    Raises ValidationError for an address that nobody should follow.
    """
    if cover.source_url and not safe_url(cover.source_url):
        words = {"field": "source_url", "value": cover.source_url[:80]}
        raise ValidationError(_("The field “%(field)s” is “%(value)s”, which is no web address.") % words)
    image = Image(
        source_url=cover.source_url,
        alt=cover.alt,
        is_decorative=cover.is_decorative,
        caption=cover.caption,
        credit=cover.credit[:255],
        licence=cover.licence[:64],
        place=cover.place[:255],
        taken_on=cover.taken_on,
        people=cover.people,
        crops=crops_of(cover),
        focal_x=cover.focal_x,
        focal_y=cover.focal_y,
    )
    image.prepare()
    return image


def crops_of(cover: CoverRecord) -> dict[str, list[float]]:
    """The record's own crops as a picture keeps them."""
    return {crop.ratio: [crop.left, crop.top, crop.width] for crop in cover.crops}


def picture_beside(name: str, folder: Path | None) -> Path:
    """The file of this name in `folder`. Raises ValidationError when there is none, or outside of it."""
    file = ((folder or Path()) / name).resolve()
    # Not by the path's own method, which raises an error for a name that is too long.
    if folder is None or not file.is_relative_to(folder.resolve()) or not isfile(file):
        raise ValidationError(_("%(file)s: there is no such picture beside the import.") % {"file": name})
    return file


def renew_cover(
    image: Image, cover: CoverRecord, *, folder: Path | None, is_dry_run: bool = False
) -> Image | None:
    """Bring the cover of a known entry up to date; None where another picture has to take its place.

    What the record leaves open stays as it is: an editor may have filled it in.
    """
    if cover.file:
        with picture_beside(cover.file, folder).open("rb") as stream:
            is_same = picture_digest(stream.read()) == image.digest
    else:
        # An upload never gives way to an address.
        is_same = bool(image.file) or cover.source_url == image.source_url
    if not is_same:
        return None
    framing = image.framing
    for name in ("alt", "is_decorative", "caption", "credit", "licence", "place", "taken_on", "people"):
        setattr(image, name, getattr(cover, name) or getattr(image, name))
    image.crops = crops_of(cover) or image.crops
    if (cover.focal_x, cover.focal_y) != (0.5, 0.5):
        image.focal_x, image.focal_y = cover.focal_x, cover.focal_y
    image.save()
    if image.file and framing != image.framing and not is_dry_run:
        remake_renditions(image)
    return image


def former_keys(record: EventRecord | ArticleRecord) -> list[str]:
    """The record's old addresses as they are kept."""
    return [key for key in map(address_key, record.old_addresses) if key]


def checked_keys(record: EventRecord | ArticleRecord) -> list[str]:
    """The same, for writing. Raises ValidationError for one that is too long."""
    keys = former_keys(record)
    check_lengths("old_addresses", keys, ADDRESS_CHARS)
    return keys
