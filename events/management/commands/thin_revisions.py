from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.management.progress import progress
from events.workflow import autosaves
from events.workflow.thinning import thin


class Command(BaseCommand):
    """Lets old revisions go by the rule in events/workflow/thinning.py, never those that were public, and
    unsaved texts that nobody came back for."""

    help = "Thin out old revisions: never those that were public, the first, the newest, or changes of state."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tells how many would go")

    def handle(self, *args: Any, **options: Any) -> None:
        is_dry, now = options["dry_run"], timezone.now()
        entries = revisions = 0
        with progress(self.stderr, "entries") as advance:
            for looked_at, gone in thin(now=now, is_dry=is_dry):
                entries += looked_at
                revisions += gone
                advance(entries)
        verb = "would go" if is_dry else "went"
        self.stdout.write(f"{revisions} revisions {verb}, {entries} entries with old ones looked at")
        self.stdout.write(f"{autosaves.thin(now=now, is_dry=is_dry)} unsaved texts {verb}")
