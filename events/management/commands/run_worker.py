import signal
from argparse import ArgumentParser
from collections import Counter
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from events.jobs.kinds import KINDS
from events.jobs.worker import DONE, FAILED, plan, work
from events.management.progress import progress


class Command(BaseCommand):
    """Does the jobs in events/jobs/kinds.py as they fall due; any number of workers may run at once."""

    help = "Look at cited pages, draw missing cards and pictures, thin and clean, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is due any more")
        parser.add_argument(
            "--poll",
            type=float,
            default=5.0,
            metavar="SECONDS",
            help="time between two looks for work (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["poll"] <= 0:
            raise CommandError("--poll is a number of seconds above 0.")
        stopping = Event()
        before = {
            number: signal.signal(number, lambda *_signal: stopping.set())
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            results = self.work(stopping, is_once=options["once"], poll=options["poll"])
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        counts = [f"{number} {kind}" for kind, number in sorted(results[DONE].items())]
        failed = results[FAILED].total()
        self.stdout.write(f"{', '.join(counts) or 'nothing'} done, {failed} failed")
        if failed and options["once"]:
            raise CommandError("Some jobs failed and will be tried again.")

    def work(self, stopping: Event, *, is_once: bool, poll: float) -> dict[str, Counter[str]]:
        """How many jobs of each kind came to each end."""
        results: dict[str, Counter[str]] = {DONE: Counter(), FAILED: Counter()}
        number = 0
        with progress(self.stderr, "jobs") as advance:
            while not stopping.is_set():
                plan(KINDS, now=timezone.now())
                for job, result in work(KINDS, is_stopping=stopping.is_set, clock=timezone.now):
                    results.setdefault(result, Counter())[job.kind] += 1
                    if result == FAILED:
                        self.stdout.write(f"failed: {job}")
                    number += 1
                    advance(number)
                if is_once:
                    break
                close_old_connections()
                stopping.wait(poll)
        return results
