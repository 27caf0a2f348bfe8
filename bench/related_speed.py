"""Measures suggestions at growing sizes beside the tutorial way: `python -m bench.related_speed --help`.

The tables that suggestions are read from are filled with generated events directly, since importing a million
of them takes an hour; what is read is the product's own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

import django

from bench import databases
from bench.report import machine, table
from bench.sites import CHRONICLE, PROJECT, environment, manage
from bench.suggestions import row

COLUMNS = ("way", "suggested", "queries", "p50 ms", "p95 ms", "CPU ms")
BATCH = 2_000
DAY, DAYS = 60, 40
# Of the tutorial way's scans fewer are enough to see what they cost.
SCANS = 20


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    shared = Path(os.environ.get("DAYLINE_SHARED") or PROJECT.parent / "shared")
    parser = argparse.ArgumentParser(prog="python -m bench.related_speed", description=__doc__)
    parser.add_argument("--events", default="10000,100000,1000000", help="sizes, separated by commas")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres, or both")
    parser.add_argument("--asked", type=int, default=300, help="events whose suggestions are asked for")
    parser.add_argument("--generator", type=Path, default=shared / "tools" / "make_events.py")
    parser.add_argument(
        "--inside", type=Path, metavar="FILE", help="fill and measure this environment's database"
    )
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Measure each database in a process of its own, as Django knows one for its life."""
    options = arguments(given)
    if options.inside:
        django.setup()
        print(measured(options.inside, options.asked))
        return 0
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="bench.") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for size in map(int, options.events.split(",")):
            file = folder / "events.jsonl"
            manifest = str(folder / "manifest.json")
            command = [sys.executable, options.generator, str(size), "--manifest", manifest, "-o", file]
            subprocess.run(command, check=True)
            for kind in options.databases.split(","):
                place = folder / f"{kind}-{size}"
                place.mkdir(mode=0o755)
                with databases.scratch(kind, place) as create:
                    own = {"NEWSROOM_VAR": str(folder / "var"), "DATABASE_URL": create("speed")}
                    manage(CHRONICLE, "migrate", "--verbosity", "0", **own)
                    inside = [sys.executable, "-m", "bench.related_speed", "--inside", str(file)]
                    inside += ["--asked", str(options.asked)]
                    print(f"\n## {size:,} events, {kind}\n", flush=True)
                    subprocess.run(inside, cwd=PROJECT, env=environment(CHRONICLE, **own), check=True)
    return 0


def measured(file: Path, asked: int) -> str:
    """Fill the database and measure every way over the same events, evenly spread; return the table."""
    from django.db.models import Count
    from django.utils import timezone

    from events import derived
    from events.models import Event, Tagging
    from events.related import related_to, related_to_many

    start = time.perf_counter()
    number = fill(file)
    derived.touch()
    databases.settle(os.environ["DATABASE_URL"])
    print(f"filled in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    now = timezone.now()
    events = list(Event.objects.filter(pk__in=range(1, number + 1, max(1, number // asked))).for_page())
    days = [
        list(Event.objects.filter(pk__in=range(event.pk, event.pk + DAY)).for_list())
        for event in events[:DAYS]
    ]

    def suggested(event: Event) -> int:
        return len(related_to(event, limit=10, now=now))

    def of_a_day(day: list[Event]) -> int:
        return sum(map(len, related_to_many(day, limit=3, now=now).values()))

    def similar(event: Event) -> int:
        return len(event.contexts.similar_objects()[:10])

    def counted(event: Event) -> int:
        shared = Tagging.objects.filter(tag__in=event.contexts.all()).exclude(content_object=event)
        return len(shared.values("content_object").annotate(n=Count("pk")).order_by("-n")[:10])

    return table(
        COLUMNS,
        [
            row("of one event, first look", suggested, [(event,) for event in events]),
            row("of one event, warm", suggested, [(event,) for event in events]),
            row(f"of a day of {DAY}", of_a_day, [(day,) for day in days if len(day) == DAY]),
            row("tutorial: a count over the tags", counted, [(event,) for event in events[-SCANS:]]),
            row("tutorial: similar_objects()", similar, [(event,) for event in events[-SCANS // 4 :]]),
        ],
    )


def fill(file: Path) -> int:
    """Write events with contexts, and what suggestions are read from; returns how many."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous = OFF")
    contexts: dict[str, int] = {}
    done = 0
    with file.open(encoding="utf-8") as lines:
        events = map(json.loads, lines)
        while part := list(islice(events, BATCH)):
            with transaction.atomic():
                write(part, done + 1, contexts)
            done += len(part)
    return done


def write(part: Sequence[dict], first: int, contexts: dict[str, int]) -> None:
    """Write a batch of generated events, numbered from `first`; `contexts` are those written so far."""
    from events.models import Context, Event, Tagging
    from events.related import tables
    from events.related.vectors import ContextNames, vector_of
    from events.sql import among
    from events.text.folding import index_text, name_key

    moment = datetime(2000, 1, 1, tzinfo=UTC)
    names = {name_key(name): name for event in part for name in event["contexts"]}
    new = {key: name for key, name in names.items() if key not in contexts}
    Context.objects.bulk_create(
        Context(name=name, slug=f"c{len(contexts) + number}") for number, name in enumerate(new.values())
    )
    contexts.update(Context.objects.filter(key__in=among(list(new))).values_list("key", "pk"))
    entries, taggings, vectors = [], [], []
    for pk, event in enumerate(part, first):
        entry = Event(
            pk=pk,
            public_id=f"p{pk}",
            guid=f"tag:bench:{pk}",
            slug=f"e{pk}",
            date=date.fromisoformat(event["date"]),
            headline=event["headline"],
            summary=event["summary"] or "",
            category=event["category"] or "",
            state=Event.State.PUBLISHED,
            publish_at=moment,
            first_published_at=moment,
        )
        entries.append(entry)
        carried = {contexts[name_key(name)]: name for name in event["contexts"]}
        taggings += [
            Tagging(content_object_id=pk, tag_id=context, position=position)
            for position, context in enumerate(carried)
        ]
        vectors.append(
            vector_of(
                pk,
                date=entry.date,
                visible_at=moment,
                category=entry.category,
                headline=index_text(entry.headline),
                summary=index_text(entry.summary),
                contexts=map(ContextNames, carried.values()),
                publishers=(),
            )
        )
    Event.objects.bulk_create(entries)
    Tagging.objects.bulk_create(taggings)
    tables.write(vectors)


if __name__ == "__main__":
    sys.exit(main())
