from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.conf import conf
from events.importers.files import read_files
from events.importers.registry import IMPORTERS, get_importer
from events.importers.results import OUTCOMES, ImportResult
from events.importers.runner import run_records
from events.management.progress import progress
from events.text.file_names import readable


class Command(BaseCommand):
    """Imports files. Ends with 0 only when nothing was invalid; run again, it passes over what is there."""

    help = "Import events and articles from files or folders."
    # They load every page and form, of which an import needs none.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help='files or folders; "-" is standard input'
        )
        parser.add_argument("--format", required=True, choices=[importer.name for importer in IMPORTERS])
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, change nothing")
        parser.add_argument("--draft", action="store_true", help="import everything as drafts")
        parser.add_argument(
            "--suggest-contexts",
            action="store_true",
            help="add the known contexts that headlines and summaries name",
        )
        parser.add_argument(
            "--fetch-pictures",
            action="store_true",
            help="fetch the pictures of articles from where the source shows them",
        )
        parser.add_argument(
            "--picture-licence",
            default="",
            metavar="WORDS",
            help="the licence of fetched pictures of which the source tells none",
        )
        parser.add_argument(
            "--report-duplicates",
            action="store_true",
            help="name new records that may be about an event that is there already",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fetch_pictures"] and not conf.FETCH_SOURCES:
            raise CommandError("--fetch-pictures: EVENTS_FETCH_SOURCES is switched off.")
        first = Path(options["files"][0])
        folder = first if first.is_dir() else first.parent
        with progress(self.stderr, "events") as advance:

            def show(result: ImportResult) -> None:
                # As they come: of a long file more rows may be wrong than a result keeps.
                self.tell_rows(result)
                advance(result.counts.total())

            result = run_records(
                read_files(options["files"], get_importer(options["format"])),
                name=readable(str(first)),
                folder=folder,
                as_draft=options["draft"],
                dry_run=options["dry_run"],
                suggest_contexts=options["suggest_contexts"],
                report_duplicates=options["report_duplicates"],
                fetch_pictures=options["fetch_pictures"],
                picture_licence=options["picture_licence"],
                on_progress=show,
                use_two_processes=True,
            )
        if options["suggest_contexts"]:
            self.stdout.write(f"{result.suggested} contexts added that the texts name")
        if options["report_duplicates"]:
            self.stdout.write(f"{result.duplicates} possible duplicates")
        self.tell_rows(result)
        self.stdout.write(", ".join(f"{result.counts[outcome]} {outcome}" for outcome in OUTCOMES))
        if not result.is_clean:
            raise CommandError(f"{result.counts['invalid']} invalid", returncode=1)

    def tell_rows(self, result: ImportResult) -> None:
        """Name the rows that need reading, and forget them."""
        for row in result.rows:
            if row.outcome in ("invalid", "skipped", "duplicate"):
                self.stderr.write(f"{row.where}: {row.outcome}: {row.message}")
        result.rows.clear()
