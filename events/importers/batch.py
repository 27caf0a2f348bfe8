"""One batch of records into the database, in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from events.importers.directories import (
    Naming,
    carried,
    check_names,
    find_contexts,
    give_publishers,
    naming_of,
)
from events.importers.entries import (
    apply,
    checked_keys,
    described,
    digest_of,
    former_keys,
    kept_digest,
    new_citations,
    new_cover,
    new_entry,
    renew_cover,
    set_moments,
)
from events.importers.mentions import mentioned, without_twins
from events.importers.records import EventRecord
from events.importers.results import INVALID, NEW, SKIPPED, UNCHANGED, UPDATED, RowResult
from events.importers.suggested import named_besides
from events.models import Address, Citation, Context, Event, Image
from events.models.events import address_of
from events.sql import among
from events.text.slugs import slugify_headline
from events.workflow.batches import NewEntry, record_new
from events.workflow.edits import editing, keep_address
from events.workflow.snapshots import CITATION_FIELDS, filled, whole_entry


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all records of a run. `folder` is where the files stand that records name."""

    as_draft: bool = False
    by: AbstractBaseUser | None = None
    note: str = ""
    folder: Path | None = None
    is_dry_run: bool = False
    suggest_contexts: bool = False
    report_duplicates: bool = False
    fetch_pictures: bool = False
    picture_licence: str = ""
    now: datetime = field(kw_only=True)


def write_batch(records: Sequence[EventRecord], settings: Settings) -> list[RowResult]:
    """Write records and tell what became of each. Writes a batch of new ones at once; if the database
    refuses that, one by one, so that a single bad record costs no other."""
    records, results = without_repeats(records)
    known = find_known(records)
    fresh = without_twins([record for record in records if record.import_ref not in known])
    try:
        with transaction.atomic():
            results += write_new(fresh, settings)
    except DatabaseError:
        for record in fresh:
            # What was tried has been given keys and numbers.
            record.entry = None
            results += write_alone(record, settings)
    for record in records:
        if record.import_ref in known:
            results.append(write_known(record, known[record.import_ref], settings))
    return results


def without_repeats(records: Sequence[EventRecord]) -> tuple[list[EventRecord], list[RowResult]]:
    """The first record of each import reference; the others are reported."""
    first: dict[str, EventRecord] = {}
    repeats = []
    for record in records:
        if first.setdefault(record.import_ref, record) is not record:
            message = _("The import reference stands on %(where)s already.") % {
                "where": first[record.import_ref].where
            }
            repeats.append(RowResult(record.where, SKIPPED, message, record.import_ref))
    return list(first.values()), repeats


def find_known(records: Sequence[EventRecord]) -> dict[str, Event]:
    """The events that these records are about, by import reference: matched by it, by permanent id, by an
    old address, or as what another page had mentioned."""
    light = Event.objects.defer("body", "summary")
    refs = [record.import_ref for record in records]
    known = {event.import_ref: event for event in light.filter(import_ref__in=among(refs))}
    ids = {record.public_id: record.import_ref for record in records if record.public_id}
    if ids:
        for event in light.filter(public_id__in=among(ids)):
            known.setdefault(ids[event.public_id], event)
    paths = {
        path: record.import_ref
        for record in records
        if record.import_ref not in known
        for path in former_keys(record)
    }
    if paths:
        # An article may have had such an address too.
        rows = Address.objects.filter(path__in=among(paths), event__isnull=False)
        for row in rows.select_related("event"):
            known.setdefault(paths[row.path], row.event)
    strangers = [record for record in records if record.import_ref not in known]
    return known | mentioned(strangers, set(known.values()))


def write_new(records: Sequence[EventRecord], settings: Settings) -> list[RowResult]:
    """Write records that nobody knows yet, with the statements of one batch."""
    results: list[RowResult] = []
    entries: list[tuple[EventRecord, NewEntry]] = []
    namings: list[Naming] = []
    for record in records:
        try:
            naming = record.naming or naming_of(record)
            entry = record.entry or new_entry(record, naming, as_draft=settings.as_draft, now=settings.now)
            if record.cover and record.cover.file:
                entry.cover = new_cover(record.cover, folder=settings.folder, is_dry_run=settings.is_dry_run)
            elif record.cover:
                entry.cover = described(record.cover)
        except ValidationError as error:
            results.append(RowResult(record.where, INVALID, " ".join(error.messages), record.import_ref))
            continue
        entries.append((record, entry))
        namings.append(naming)
    # Those of an address alone, all at once.
    Image.objects.bulk_create(entry.cover for _, entry in entries if entry.cover and not entry.cover.pk)
    accepted = [record for record, _entry in entries]
    published = [naming for naming, (_, entry) in zip(namings, entries, strict=True) if entry.is_published]
    contexts, counted = find_contexts(namings, published)
    give_publishers(citation for _record, entry in entries for citation in entry.citations)
    give_addresses([entry for _record, entry in entries])
    own = [carried(naming, contexts) for naming in namings]
    suggested = named_besides(accepted, own) if settings.suggest_contexts else [[]] * len(own)
    for (record, entry), has, named in zip(entries, own, suggested, strict=True):
        entry.contexts = has + named
        results.append(RowResult(record.where, NEW, "", record.import_ref, suggested=len(named)))
    if entries:
        record_new(
            [entry for _record, entry in entries],
            counted=counted,
            by=settings.by,
            note=settings.note,
            now=settings.now,
        )
    return results


def give_addresses(entries: Sequence[NewEntry]) -> None:
    """Number the wished slugs that are not free on their day; leave out old addresses that are taken."""
    wished = {entry.path for entry in entries}
    former = {path for entry in entries for path in entry.addresses}
    rows = Address.objects.filter(path__in=among(wished | former)).order_by()
    taken = set(rows.values_list("path", flat=True))
    numbered: dict[tuple[date, str], Iterator[tuple[str, str]]] = {}
    for entry in entries:
        if entry.path in taken:
            # What has been passed over once stays taken: entries of one headline go on counting.
            found = numbered.setdefault((entry.date, entry.slug), numbered_slugs(entry.date, entry.slug))
            entry.slug, entry.path = next(each for each in found if each[1] not in taken)
        taken.add(entry.path)
        entry.addresses = [path for path in entry.addresses if path not in taken]
        taken.update(entry.addresses)


def numbered_slugs(day: date, stem: str) -> Iterator[tuple[str, str]]:
    """The numbered forms of a slug with their paths, without those that the database has on this day.

    Asked for some at a time, and ever more of them: many entries of a day may have one headline.
    """
    number, size = 2, 16
    while True:
        slugs = [f"{stem}-{each}" for each in range(number, number + size)]
        paths = [address_of(day, slug) for slug in slugs]
        known = set(Address.objects.filter(path__in=among(paths)).order_by().values_list("path", flat=True))
        yield from ((slug, path) for slug, path in zip(slugs, paths, strict=True) if path not in known)
        number, size = number + size, 2 * size


def write_alone(record: EventRecord, settings: Settings) -> list[RowResult]:
    try:
        with transaction.atomic():
            return write_new([record], settings)
    except DatabaseError as error:
        return [RowResult(record.where, INVALID, refusal(error), record.import_ref)]


def refusal(error: DatabaseError) -> str:
    return _("The database refuses this entry: %(error)s") % {"error": str(error).splitlines()[0]}


def write_known(record: EventRecord, event: Event, settings: Settings) -> RowResult:
    """Bring an entry up to date with its record, unless an editor has changed it since it was imported."""
    ref = record.import_ref
    if event.import_digest == digest_of(record) or (record.is_incomplete and not event.is_incomplete):
        return RowResult(record.where, UNCHANGED, "", ref)
    if event.imported_version != event.version:
        message = _("Changed here since it was imported; the entry stays as it is.")
        return RowResult(record.where, SKIPPED, message, ref)
    try:
        with transaction.atomic():
            has_changed, suggested = update(event, record, settings)
            if not has_changed:
                # Two pages may tell of one entry by turns: saying the same again leaves no trace.
                transaction.set_rollback(True)
    except ValidationError as error:
        return RowResult(record.where, INVALID, " ".join(error.messages), ref)
    except DatabaseError as error:
        return RowResult(record.where, INVALID, refusal(error), ref)
    if not has_changed:
        return RowResult(record.where, UNCHANGED, "", ref)
    return RowResult(record.where, UPDATED, "", ref, suggested=suggested)


def update(event: Event, record: EventRecord, settings: Settings) -> tuple[bool, int]:
    """Write the record over the event through the door for single edits.

    Tells whether anything differs, and how many contexts were suggested.
    """
    event.refresh_from_db()
    is_silent = record.edited_at is None
    before = whole(event, is_silent=is_silent)
    naming = naming_of(record)
    check_names(name.name for name in naming.names())
    own = carried(naming, find_contexts([naming])[0])
    suggested = named_besides([record], [own])[0] if settings.suggest_contexts else []
    citations = [Citation(**vars(citation)) for citation in new_citations(record)]

    def settle(event: Event, **_moments: object) -> None:
        set_moments(event, record, now=settings.now)
        event.import_digest, event.imported_version = kept_digest(record), event.version + 1

    apply(record, event, as_draft=settings.as_draft)
    event.import_ref = event.import_ref if record.import_ref == event.public_id else record.import_ref
    move(event, record)
    with editing(event, by=settings.by, note=settings.note, now=settings.now, settle=settle) as event:
        old = [filled(citation, CITATION_FIELDS) for citation in event.citations.all()]
        if old != [filled(citation, CITATION_FIELDS) for citation in citations]:
            event.citations.all().delete()
            for citation in citations:
                citation.event = event
                citation.save()
        wanted = list(Context.objects.in_order_of([found.pk for found in (*own, *suggested)]))
        if event.is_incomplete:
            # A mention knows some of the contexts; others may have been told by another page.
            wanted = list(
                dict.fromkeys([*(row.tag for row in event.taggings.select_related("tag")), *wanted])
            )
        event.contexts.put(wanted)
        if record.cover:
            where = {"folder": settings.folder, "is_dry_run": settings.is_dry_run}
            known = event.cover and renew_cover(event.cover, record.cover, **where)
            event.cover = known or new_cover(record.cover, **where)
        keep_address(event, now=settings.now, former=checked_keys(record))
    return whole(event, is_silent=is_silent) != before, len(suggested)


def move(event: Event, record: EventRecord) -> None:
    """Give the event the record's slug, where it has one, and another one if its address is not free."""
    event.normalise_date()
    if record.slug:
        event.slug = slugify_headline(record.slug, max_length=160)
    if Address.objects.filter(path=event.address_path()).exclude(event=event.pk).exists():
        event.slug = ""
        event.prepare()


def whole(event: Event, *, is_silent: bool) -> dict:
    """The entry as it stands; without the moment that every write moves, if the record `is_silent` of it."""
    data = whole_entry(event)
    addresses = sorted(event.addresses.values_list("path", flat=True))
    return data | {"addresses": addresses} | ({"edited_at": ""} if is_silent else {})
