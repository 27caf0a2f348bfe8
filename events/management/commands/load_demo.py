from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.importers.files import read_files
from events.importers.registry import get_importer
from events.importers.runner import run_records

DEMO = Path(__file__).parent.parent.parent / "demo"


class Command(BaseCommand):
    """Loads the demo newsroom through the importer for JSON Lines. Loaded again, it changes nothing."""

    help = "Load the demo newsroom that comes with Dayline."

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("contexts.jsonl", "events.jsonl", "stories.jsonl", "articles.jsonl")
        files = [str(DEMO / name) for name in names]
        result = run_records(read_files(files, get_importer("jsonl")), name="demo", folder=DEMO)
        if not result.is_clean:
            raise CommandError("\n".join(f"{row.where}: {row.message}" for row in result.rows))
        self.stdout.write(f"Demo newsroom: {result.counts['new']} entries, contexts and articles are new.")
