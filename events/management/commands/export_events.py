import os
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.exports import rows
from events.exports.files import replacing
from events.exports.lines import lines
from events.exports.originals import Originals
from events.exports.pages import write_pages
from events.formats.registry import FORMATS, get_format
from events.management.progress import progress

JSONL = "jsonl"


class Command(BaseCommand):
    """Writes the public chronicle as files: one a page, or one of JSON Lines. Both import again."""

    help = "Export events and articles with all that belongs to them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choices = [JSONL, *(format.extension for format in FORMATS)]
        parser.add_argument("--format", required=True, choices=choices)
        parser.add_argument(
            "--out",
            metavar="DIR",
            type=Path,
            help="folder to write into; jsonl goes to standard output without",
        )
        parser.add_argument(
            "--include-unpublished",
            action="store_true",
            help="jsonl only: a whole backup, with drafts, waiting and retracted entries",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.check_options(options)
        self.now = timezone.now()
        originals = Originals(options["out"])
        done: Counter[str] = Counter()
        total = rows.chosen_events(now=self.now, is_whole=options["include_unpublished"]).count()
        try:
            with progress(self.stderr, "events", total=total) as advance:
                for kind in self.write(options, originals):
                    done[kind] += 1
                    advance(done["event"])
        except BrokenPipeError:
            # Whoever reads our output wants no more of it, nor the rest that is flushed at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise CommandError("The export was cut off by its reader.") from None
        except OSError as error:
            raise CommandError(f"The export is not complete: {error}") from error
        # Standard output may be the export itself.
        counts = ", ".join(counted(done[kind], kind) for kind in sorted(done)) or "nothing to export"
        (self.stdout if options["out"] else self.stderr).write(
            f"{counts}, {counted(originals.copied, 'picture')} copied"
        )
        for name in originals.missing:
            self.stderr.write(f"{name}: the file of this picture is missing")

    def check_options(self, options: dict[str, Any]) -> None:
        if options["format"] == JSONL:
            return
        if options["include_unpublished"]:
            raise CommandError("Only --format jsonl takes --include-unpublished: pages are public.")
        if options["out"] is None:
            raise CommandError(f"--format {options['format']} writes many files: name a folder with --out.")

    def write(self, options: dict[str, Any], originals: Originals) -> Iterator[str]:
        out = options["out"]
        if options["format"] != JSONL:
            yield from write_pages(out, get_format(options["format"]), now=self.now, originals=originals)
            return
        whole = options["include_unpublished"]
        with replacing(out / "events.jsonl") if out else nullcontext(self.stdout) as file:
            for kind, line in lines(now=self.now, originals=originals, is_whole=whole):
                file.write(f"{line}\n")
                yield kind


def counted(number: int, kind: str) -> str:
    """How many of a kind, such as one profile or two articles."""
    return f"{number} {kind}" if number == 1 else f"{number} {kind}s"
