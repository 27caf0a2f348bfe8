from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from events import derived
from events.management.progress import progress
from events.models import Image
from events.workflow.pictures import remake_renditions


class Command(BaseCommand):
    """Makes the files that pages show anew from the uploads; what exists already is not written again."""

    help = "Make the renditions of pictures anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pictures", nargs="*", type=int, help="keys of pictures; all where none is given")

    def handle(self, *args: Any, **options: Any) -> None:
        images = Image.objects.exclude(file="")
        if options["pictures"]:
            images = images.filter(pk__in=options["pictures"])
        pks = list(images.order_by("pk").values_list("pk", flat=True))
        remade = failed = 0
        for pk in sorted(set(options["pictures"]) - set(pks)):
            failed += 1
            self.stderr.write(f"picture {pk}: there is none, or it has no file")
        with progress(self.stderr, "pictures", total=len(pks)) as advance:
            for done, pk in enumerate(pks, start=1):
                image = Image.objects.get(pk=pk)
                try:
                    remake_renditions(image)
                except (ValidationError, OSError) as error:
                    failed += 1
                    self.stderr.write(f"picture {pk}, {image.file.name}: {error}")
                else:
                    remade += 1
                advance(done)
        derived.touch()
        self.stdout.write(f"{remade} pictures remade, {failed} failed")
        if failed:
            raise CommandError("Some pictures were not remade.")
