"""Measures suggestions of contexts beside scans over all names: `python -m bench.suggestions --help`.

The database holds as many names as asked for, made by the generator of test events, and some of its events,
whose headlines and summaries are the texts that contexts are then suggested for.
"""

import argparse
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import django

from bench import databases
from bench.load import Timing
from bench.report import machine, table
from bench.sites import CHRONICLE, PROJECT, environment, manage

TEXTS, SCANNED = 300, 10
COLUMNS = ("way", "found a text", "queries", "p50 ms", "p95 ms", "CPU ms")
Way = Callable[[str, str], int]


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    shared = Path(os.environ.get("DAYLINE_SHARED") or PROJECT.parent / "shared")
    parser = argparse.ArgumentParser(prog="python -m bench.suggestions", description=__doc__)
    parser.add_argument("--names", type=int, default=120_000, help="names of contexts in the database")
    parser.add_argument("--events", type=int, default=10_000, help="events that carry some of them")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres, or both")
    parser.add_argument("--generator", type=Path, default=shared / "tools" / "make_events.py")
    parser.add_argument("--inside", action="store_true", help="fill and measure this environment's database")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Measure each database in a process of its own, as Django knows one for its life."""
    options = arguments(given)
    if options.inside:
        django.setup()
        print(measured(options))
        return 0
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="bench.") as name:
        folder = Path(name)
        folder.chmod(0o755)
        events = folder / "events.jsonl"
        numbers = [str(options.events), "--contexts", str(options.names)]
        command = [sys.executable, options.generator, *numbers, "--manifest", folder / "m.json", "-o", events]
        subprocess.run(command, check=True)
        for kind in options.databases.split(","):
            place = folder / kind
            place.mkdir(mode=0o755)
            with databases.scratch(kind, place) as create:
                url = create("suggestions")
                own = {"NEWSROOM_VAR": str(folder / "var"), "DATABASE_URL": url}
                manage(CHRONICLE, "migrate", "--verbosity", "0", **own)
                manage(CHRONICLE, "import_events", str(events), "--format", "jsonl", **own)
                inside = [sys.executable, "-m", "bench.suggestions", "--inside"]
                inside += ["--names", str(options.names), "--generator", str(options.generator)]
                print(f"\n## {options.names:,} names, {options.events:,} events, {kind}\n", flush=True)
                subprocess.run(inside, cwd=PROJECT, env=environment(CHRONICLE, **own), check=True)
    return 0


def measured(options: argparse.Namespace) -> str:
    """Fill up the names and measure every way over the same texts, which take turns; return the table."""
    from django.utils import timezone

    from events.models import ContextName, Event
    from events.suggestions import mentions_in, offers_for

    add_names(generated(options.generator, options.names))
    databases.settle(os.environ["DATABASE_URL"])
    texts = list(Event.objects.order_by("?").values_list("headline", "summary")[:TEXTS])
    kept = [name.lower() for name in ContextName.objects.values_list("name", flat=True)]

    def offered(headline: str, summary: str) -> int:
        return len(offers_for({"headline": headline, "summary": summary}, now=timezone.now()).named)

    def named(headline: str, summary: str) -> int:
        return sum(map(len, mentions_in([headline, summary])))

    def scanned(headline: str, summary: str, names: Sequence[str] | None = None) -> int:
        text = f"{headline}\n{summary}".lower()
        if names is None:
            names = [name.lower() for name in ContextName.objects.values_list("name", flat=True)]
        return sum(1 for name in names if name in text and re.search(rf"\b{re.escape(name)}\b", text))

    def scanned_kept(headline: str, summary: str) -> int:
        return scanned(headline, summary, kept)

    rows = [
        row("suggestions for the editor", offered, texts),
        row("names alone", named, texts),
        row("scan, all names read each time", scanned, texts[:SCANNED]),
        row("scan, all names kept in memory", scanned_kept, texts[: SCANNED * 3]),
    ]
    start = time.process_time()
    count = sum(map(len, mentions_in(text for pair in texts for text in pair)))
    cpu = (time.process_time() - start) / len(texts) * 1000
    rows.append(["import, a text of a batch", f"{count / len(texts):.1f}", "–", "–", "–", f"{cpu:.2f}"])
    return table(COLUMNS, rows)


def add_names(names: Iterable[str]) -> None:
    """Make contexts of the names that nobody knows yet."""
    from events.importers.directories import make_contexts, name_of
    from events.models import ContextName

    wanted = {name.key: name for name in map(name_of, names)}
    known = set(ContextName.objects.values_list("key", flat=True))
    make_contexts([name for key, name in wanted.items() if key not in known], set(), Counter())


def generated(generator: Path, number: int) -> list[str]:
    """The names that the generator gives its contexts."""
    spec = importlib.util.spec_from_file_location("make_events", generator)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.context_names(number, random.Random(1))


def row(title: str, way: Way, texts: Sequence[tuple[str, str]]) -> list[str]:
    """One way over the texts, after a first one that does not count: a row of the table."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        way(*texts[0])
    timing, found, used = Timing(), 0, time.process_time()
    for text in texts:
        start = time.perf_counter()
        found += way(*text)
        timing.latencies.append(time.perf_counter() - start)
    used = (time.process_time() - used) / len(texts)
    percentiles = [f"{timing.percentile(percent) * 1000:.2f}" for percent in (50, 95)]
    return [title, f"{found / len(texts):.1f}", str(len(queries)), *percentiles, f"{used * 1000:.2f}"]


if __name__ == "__main__":
    sys.exit(main())
