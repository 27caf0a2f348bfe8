from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.management.arguments import LONGEST, whole_number
from events.workflow.cleaning import GRACE, NothingKnown, clean


class Command(BaseCommand):
    """Removes files that neither a picture nor a card nor a revision needs, days after it found them."""

    help = "Remove files of pictures that nothing needs any more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument(
            "--after",
            type=whole_number(0, LONGEST),
            default=GRACE.days,
            metavar="DAYS",
            help="how long a file stays after it was first found to be unneeded (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = clean(
                now=timezone.now(),
                grace=timedelta(days=options["after"]),
                is_dry_run=options["dry_run"],
            )
        except NothingKnown:
            raise CommandError(
                "Uploads are stored, and this database knows none of them. Is it the right one?"
            ) from None
        for word, names in (("unneeded", done.marked), ("removed", done.removed)):
            for name in names:
                self.stdout.write(f"{word}: {name}")
        self.stdout.write(
            f"{done.files} files, {len(done.marked)} newly found unneeded, {len(done.removed)} removed"
        )
