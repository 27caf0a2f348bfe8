import json
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.management.arguments import whole_number
from events.management.progress import progress
from events.models import Event
from events.related import related_to

BATCH = 500


class Command(BaseCommand):
    """Writes what is suggested beside every public event, best first, for measuring a ranking."""

    help = "Export the suggestions of every public event as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json", type=Path)
        parser.add_argument(
            "--limit", type=whole_number(1), default=10, help="suggestions an event (default 10)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # Before the work: a place that cannot be written is told at once.
            options["file"].open("a").close()
        except OSError as error:
            raise CommandError(str(error)) from error
        now = timezone.now()
        public = Event.objects.public(now=now)
        names = {
            pk: ref or public_id
            for pk, ref, public_id in public.order_by().values_list("pk", "import_ref", "public_id")
        }
        events = public.order_by("pk").for_list().iterator(chunk_size=BATCH)
        lists: dict[str, list[str]] = {}
        with progress(self.stderr, "events", total=len(names)) as advance:
            while part := list(islice(events, BATCH)):
                for event in part:
                    found = related_to(event, limit=options["limit"], now=now)
                    lists[names[event.pk]] = [names[suggestion.pk] for suggestion in found]
                advance(len(lists))
        options["file"].write_text(json.dumps(lists, ensure_ascii=False) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(lists)} events")
