"""Runs an import: reads records, matches, writes batches, counts. Safe to interrupt and to run again.

A batch is one transaction with everything that belongs to it, and records are matched by import reference:
a run that was killed leaves whole batches, and the next run passes over them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any, BinaryIO

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.derived import settle
from events.importers.ahead import prepared_ahead, rising, without_garbage_rounds
from events.importers.articles import without_articles, write_articles
from events.importers.batch import Settings, refusal, write_batch
from events.importers.decisions import Decisions
from events.importers.duplicates import duplicates_in
from events.importers.facts import Waiting, adopt, write_context, write_publisher
from events.importers.jsonl_parts import MAX_REFERENCE_LENGTH
from events.importers.mentions import with_mentions
from events.importers.records import (
    ArticleRecord,
    ContextRecord,
    EventRecord,
    InvalidRecord,
    ProfileRecord,
    PublisherRecord,
    Record,
    StoryRecord,
)
from events.importers.registry import get_importer
from events.importers.results import INVALID, SKIPPED, ImportResult, RowResult
from events.importers.seen import Repeat
from events.importers.stories import without_stories, write_story
from events.models import ImportRow, ImportRun
from events.text.xml_characters import without_forbidden

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
    suggest_contexts: bool = False,
    report_duplicates: bool = False,
    fetch_pictures: bool = False,
    picture_licence: str = "",
    by: AbstractBaseUser | None = None,
    run: ImportRun | None = None,
    folder: Path | None = None,
    now: datetime | None = None,
    on_progress: Progress | None = None,
    use_two_processes: bool = False,
) -> ImportResult:
    """Import records, from however many files.

    `folder` is where cover files stand. With `dry_run` every batch is written and taken back, so that its
    report is true. With `suggest_contexts` entries carry also the known contexts that they name. With
    `report_duplicates` new records that may be about an event already there are told. With `fetch_pictures`
    those of articles are fetched from where the source shows them; `picture_licence` is by what right we show
    them, where the source does not say. With `run` the rows that need reading are
    kept there. `use_two_processes` is for commands only: a server's threads would
    be copied in the middle of their work.
    """
    now = now or timezone.now()
    told = with_mentions(records, name)
    if use_two_processes:
        told = prepared_ahead(told, as_draft=as_draft, now=now)
    result = ImportResult()
    waiting: Waiting = {}
    decisions = Decisions()
    note = _("Imported from %(file)s") % {"file": Path(name).name[:200]}
    settings = Settings(
        as_draft=as_draft,
        by=by,
        note=note,
        folder=folder,
        is_dry_run=dry_run,
        suggest_contexts=suggest_contexts,
        report_duplicates=report_duplicates,
        fetch_pictures=fetch_pictures,
        picture_licence=picture_licence,
        now=now,
    )

    def write(batch: list[Record | Repeat]) -> None:
        run_batch(batch, settings, result, waiting)
        if on_progress:
            on_progress(result)

    kept: list[StoryRecord] = []
    articles: list[ArticleRecord | ProfileRecord] = []
    with without_garbage_rounds() if use_two_processes else nullcontext():
        for batch in batches(without_articles(without_stories(told, kept), articles)):
            for record in batch:
                if isinstance(record, EventRecord):
                    decisions.add(record)
            write(batch)
            # Nobody needs them any more when the next ones come.
            batch.clear()
    if not dry_run:
        for row in adopt(waiting):
            result.add(row)
    for batch in batches(kept):
        write(batch)
    for row in write_articles(articles, settings):
        result.add(row)
        if on_progress:
            on_progress(result)
    if not dry_run:
        decisions.carry_out(settings)
        settle()
    if run:
        close(run, result)
    return result


def batches(records: Iterable[Record | Repeat]) -> Iterator[list[Record | Repeat]]:
    """The records in batches. Mentions begin one of their own: they may name what is only then written."""
    for _is_mention, group in groupby(records, key=lambda record: getattr(record, "is_mention", False)):
        sizes = rising(BATCH)
        while batch := list(islice(group, next(sizes))):
            yield batch


def run_batch(
    batch: list[Record | Repeat], settings: Settings, result: ImportResult, waiting: Waiting
) -> None:
    """Write one batch in one transaction; a dry run takes it back."""
    with transaction.atomic():
        commit_soon()
        events = [record for record in batch if isinstance(record, EventRecord)]
        others = [record for record in batch if not isinstance(record, EventRecord)]
        rows = [row for record in others if (row := write_other(record, settings, waiting))]
        doubtful = list(duplicates_in(events)) if settings.report_duplicates else []
        rows += write_batch(events, settings) if events else []
        if settings.is_dry_run:
            transaction.set_rollback(True)
    for row in rows:
        result.add(row)
    for row in doubtful:
        result.add_duplicate(row)


def commit_soon() -> None:
    """Let this transaction's commit not wait for the disk, where the database offers that (PostgreSQL).

    What a crash of the machine may lose is the last batches, whole; importing again brings them back.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def write_other(record: Record | Repeat, settings: Settings, waiting: Waiting) -> RowResult | None:
    """What is not an event: contexts, publishers and story lines; unreadable and repeated rows are told."""
    try:
        # What the database refuses costs this record alone.
        with transaction.atomic():
            match record:
                case InvalidRecord():
                    # It may quote what no database keeps and no terminal prints.
                    return RowResult(record.where, INVALID, without_forbidden(record.problem))
                case Repeat():
                    message = _("The import reference stands further up already.")
                    return RowResult(record.where, SKIPPED, message, record.import_ref)
                case ContextRecord():
                    return write_context(record, waiting)
                case PublisherRecord():
                    return write_publisher(record)
                case StoryRecord():
                    return write_story(record, now=settings.now, is_dry_run=settings.is_dry_run)
    except ValidationError as error:
        return RowResult(record.where, INVALID, " ".join(error.messages))
    except DatabaseError as error:
        return RowResult(record.where, INVALID, refusal(error))
    return None


def close(run: ImportRun, result: ImportResult) -> None:
    """Keep a run's counts and rows."""
    run.counts = dict(result.counts) | {
        "suggested": result.suggested,
        "duplicates": result.duplicates,
    }
    run.finished_at = timezone.now()
    run.save()
    ImportRow.objects.bulk_create(
        ImportRow(
            run=run,
            where=row.where[:255],
            outcome=row.outcome,
            message=row.message,
            import_ref=row.import_ref[:MAX_REFERENCE_LENGTH],
        )
        for row in result.rows
    )
