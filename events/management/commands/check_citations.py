from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.conf import conf
from events.management.arguments import LONGEST, whole_number
from events.management.progress import progress
from events.sources.checking import FOUND, check_due, counts


class Command(BaseCommand):
    """Looks for dead links among the sources of published entries; run it from time to time."""

    help = "Look at the pages of published citations, the ones that nobody has looked at for long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=whole_number(0, LONGEST),
            default=30,
            help="look again after so many days (default 30)",
        )
        parser.add_argument("--limit", type=whole_number(1), default=500, help="pages a run (default 500)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not conf.FETCH_SOURCES:
            self.stdout.write("Nothing is fetched: EVENTS_FETCH_SOURCES is off.")
            return
        total, results = check_due(days=options["days"], limit=options["limit"], now=timezone.now())
        done: Counter[str] = Counter()
        with progress(self.stderr, "pages", total=total) as advance:
            for url, result in results:
                done[result] += 1
                if result != FOUND:
                    self.stdout.write(f"{result}: {url}")
                advance(done.total())
        self.stdout.write(counts(done))
