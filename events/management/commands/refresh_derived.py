from typing import Any

from django.core.management.base import BaseCommand

from events import derived
from events.management.progress import progress
from events.models import Event


class Command(BaseCommand):
    """Makes everything anew that follows from the entries: listings, counts, search index, terms."""

    help = "Rebuild all derived data."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        with progress(self.stderr, "events", total=Event.objects.count()) as advance:
            for done in derived.rebuild():
                advance(done)
        self.stdout.write(f"{done} events refreshed")
