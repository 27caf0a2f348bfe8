from argparse import ArgumentParser
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from events import derived
from events.management.arguments import day
from events.management.progress import progress
from events.workflow.cards import KINDS, draw_missing, without_picture


class Command(BaseCommand):
    """Draws cards for entries without a picture that did not come through the desk, or whose card is old."""

    help = "Draw the share cards that entries without a picture lack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=day, metavar="DAY", help="no entries of earlier days")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [without_picture(model) for model in KINDS]
        if options["since"]:
            rows = [entries.filter(date__gte=options["since"]) for entries in rows]
        drawn = 0
        total = sum(entries.count() for entries in rows)
        with progress(self.stderr, "entries", total=total) as advance:
            for done, is_drawn in enumerate(chain.from_iterable(map(draw_missing, rows)), start=1):
                drawn += is_drawn
                advance(done)
        if drawn:
            derived.touch()
        self.stdout.write(f"{drawn} cards drawn")
