"""What editors decided about related stories, carried out once all entries of an import are there.

Editors here have the last word: an entry that one of them steered keeps what it has.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from events.importers.batch import Settings
from events.importers.entries import digest_of
from events.importers.records import ChoiceRecord, EventRecord, LinkRecord
from events.models import Event
from events.sql import among
from events.workflow.edits import EditConflict, editing
from events.workflow.snapshots import steering_of
from events.workflow.steering import put

BATCH = 500
# What is told together: a record that says nothing of a part takes nothing of it away. Pages of the site have
# the links, which are public, and not the choices.
PARTS = (("pins", "hidden"), ("links",))


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of one record, with what finds its entry again and tells that they are done."""

    import_ref: str
    digest: str
    data: dict[str, list[dict]]


class Decisions:
    """Keeps the decisions of a run, of which most records have none."""

    def __init__(self) -> None:
        self.waiting: list[Decided] = []

    def add(self, record: EventRecord) -> None:
        if record.has_decisions:
            data = {
                name: list(map(row_of, getattr(record, name)))
                for part in PARTS
                if any(getattr(record, name) for name in part)
                for name in part
            }
            self.waiting.append(Decided(record.import_ref, digest_of(record), data))

    def carry_out(self, settings: Settings) -> None:
        """Decide for each entry that an import has just written; whom nobody knows waits for the next one."""
        for part in (self.waiting[start : start + BATCH] for start in range(0, len(self.waiting), BATCH)):
            events = find_events([decided.import_ref for decided in part])
            for decided in part:
                if event := events.get(decided.import_ref):
                    decide(event, decided, settings)


def row_of(record: ChoiceRecord | LinkRecord) -> dict[str, Any]:
    """The record as revisions keep it."""
    row = asdict(record)
    return {"id": row.pop("import_ref")} | row


def find_events(refs: Sequence[str]) -> dict[str, Event]:
    """The entries of these references; one that was made here is known by its permanent id."""
    found = Event.objects.filter(Q(import_ref__in=among(refs)) | Q(public_id__in=among(refs)))
    return {event.import_ref or event.public_id: event for event in found.select_related("cover")}


def decide(event: Event, decided: Decided, settings: Settings) -> None:
    """Write the decisions, as one recorded write that moves no moment of the entry."""
    if event.import_digest == decided.digest or event.imported_version != event.version:
        return
    missing: list[str] = []

    def settle(event: Event, **_moments: Any) -> None:
        event.imported_version = event.version + 1
        event.import_digest = "" if missing else decided.digest

    has_changed = False
    try:
        with transaction.atomic():
            before = steering_of(event)
            if not is_steered_here(event):
                with editing(event, by=settings.by, note=settings.note, now=settings.now, settle=settle):
                    missing += put(event, before | decided.data, by=None, now=settings.now)
                has_changed = steering_of(event) != before
            transaction.set_rollback(not has_changed)
    except EditConflict:
        # Somebody saves it at this moment, so that it is theirs.
        return
    if not has_changed and not missing:
        Event.objects.filter(pk=event.pk).update(import_digest=decided.digest)


def is_steered_here(event: Event) -> bool:
    """Whether an editor of this newsroom has decided anything for the entry."""
    return any(rows.filter(made_by__isnull=False).exists() for rows in (event.choices, event.links))
