"""Bulk-load generated events into the tutorial site."""

import itertools
import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.text import slugify
from taggit.models import Tag, TaggedItem

from bench.tutorial.models import Citation, Event

BATCH = 1_000


class Command(BaseCommand):
    help = "Load a file of JSON Lines as the generator of test events writes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, file: Path, **options: object) -> None:
        tags: dict[str, Tag] = {}
        with file.open(encoding="utf-8") as lines:
            while batch := [json.loads(line) for line in itertools.islice(lines, BATCH)]:
                save(batch, tags)


@transaction.atomic
def save(records: list[dict], tags: dict[str, Tag]) -> None:
    """Write one batch; `tags` collects the tags known so far, by name."""
    events = Event.objects.bulk_create(
        Event(
            date=record["date"],
            slug=f"{slugify(record['headline'])[:70]}-{record['id']}",
            category=record["category"],
            headline=record["headline"],
            summary=record["summary"],
        )
        for record in records
    )
    Citation.objects.bulk_create(
        Citation(event=event, **citation)
        for event, record in zip(events, records, strict=True)
        for citation in record["citations"]
    )
    make_tags((name for record in records for name in record["contexts"]), tags)
    kind = ContentType.objects.get_for_model(Event)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tags[name], object_id=event.pk, content_type=kind)
        for event, record in zip(events, records, strict=True)
        for name in record["contexts"]
    )


def make_tags(names: Iterable[str], tags: dict[str, Tag]) -> None:
    """Create the tags that are not in `tags` yet; equal slugs are numbered as taggit does it."""
    taken = {tag.slug for tag in tags.values()}
    new = {}
    for name in names:
        if name not in tags and name not in new:
            slug = slugify(name)
            slug = next(
                s
                for s in itertools.chain([slug], (f"{slug}_{n}" for n in itertools.count(1)))
                if s not in taken
            )
            taken.add(slug)
            new[name] = Tag(name=name, slug=slug)
    tags.update({tag.name: tag for tag in Tag.objects.bulk_create(new.values())})
