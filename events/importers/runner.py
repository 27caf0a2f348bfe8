"""Runs an import: reads records, matches, writes batches, counts. Safe to interrupt and to run again.

A batch is one transaction with everything that belongs to it, and records are matched by import reference:
a run that was killed leaves whole batches, and the next run passes over them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.derived import settle
from events.importers.batch import Settings, write_batch
from events.importers.facts import write_context, write_publisher
from events.importers.mentions import Mentions, without_twins
from events.importers.records import ContextRecord, EventRecord, InvalidRecord, PublisherRecord, Record
from events.importers.registry import get_importer
from events.importers.results import INVALID, ImportResult, RowResult
from events.models import ImportRow, ImportRun

BATCH = 1000

Progress = Callable[[ImportResult], None]


def run_import(importer: str, stream: BinaryIO, *, path: str = "", **options: Any) -> ImportResult:
    """Import one stream; `path` names it in reports. Options as for `run_records`.

    Raises KeyError for an unknown importer.
    """
    return run_records(get_importer(importer).read(stream, path=path), name=path, **options)


def run_records(
    records: Iterable[Record],
    *,
    name: str = "",
    as_draft: bool = False,
    dry_run: bool = False,
    by: AbstractBaseUser | None = None,
    run: ImportRun | None = None,
    folder: Path | None = None,
    now: datetime | None = None,
    on_progress: Progress | None = None,
) -> ImportResult:
    """Import records, from however many files.

    `folder` is where cover files stand. With `dry_run` every batch is written and taken back, so that its
    report is true. With `run` the rows that need reading are kept there.
    """
    now = now or timezone.now()
    result = ImportResult()
    mentions = Mentions()
    note = _("Imported from %(file)s") % {"file": Path(name).name[:200]}
    settings = Settings(as_draft=as_draft, by=by, folder=folder, now=now, note=note)

    def write(batch: list[Record]) -> None:
        run_batch(batch, settings, result, dry_run=dry_run)
        if on_progress:
            on_progress(result)

    for batch in batches(records):
        for record in batch:
            if isinstance(record, EventRecord):
                mentions.add(record)
        write(batch)
    for batch in batches(mentions.records(name)):
        write(without_twins(batch))
    if not dry_run:
        settle()
    if run:
        close(run, result)
    return result


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    records = iter(records)
    while batch := list(islice(records, BATCH)):
        yield batch


def run_batch(batch: list[Record], settings: Settings, result: ImportResult, *, dry_run: bool) -> None:
    """Write one batch in one transaction; a dry run takes it back."""
    with transaction.atomic():
        rows = [row for record in batch if (row := write_other(record, settings))]
        events = [record for record in batch if isinstance(record, EventRecord)]
        rows += write_batch(events, settings) if events else []
        if dry_run:
            transaction.set_rollback(True)
    for row in rows:
        result.add(row)


def write_other(record: Record, settings: Settings) -> RowResult | None:
    """What is not an event: contexts and publishers are written, unreadable rows are reported."""
    try:
        match record:
            case InvalidRecord():
                return RowResult(record.where, INVALID, record.problem)
            case ContextRecord():
                return write_context(record)
            case PublisherRecord():
                return write_publisher(record)
    except ValidationError as error:
        return RowResult(record.where, INVALID, " ".join(error.messages))
    return None


def close(run: ImportRun, result: ImportResult) -> None:
    """Keep a run's counts and rows."""
    run.counts = dict(result.counts)
    run.finished_at = timezone.now()
    run.save()
    ImportRow.objects.bulk_create(
        ImportRow(
            run=run,
            where=row.where[:255],
            outcome=row.outcome,
            message=row.message,
            import_ref=row.import_ref,
        )
        for row in result.rows
    )
