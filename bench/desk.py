"""Measures the editors' desk at growing sizes: `python -m bench.desk --help`.

The newsroom is asked for its lists, filters and forms as an administrator's browser would. A list or a form
has to cost the same number of queries at any size, and the list at most twice the time at a hundred times the
entries.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import django

from bench import databases
from bench.load import Timing
from bench.report import machine, table
from bench.sites import CHRONICLE, PROJECT, environment, manage

TIMES = 30
# From this size on pages are judged: of ten entries there is nothing to find.
SMALL = 1_000
MOST_SLOWER = 2.0
LIST, FORM = "list", "form of an event"
# What is put behind the list's address; names stand for what the generated events have.
FILTERS = {
    LIST: "",
    "list, older": "?p=2",
    "search": "?q=government",
    "published": "?state__exact=published",
    "scheduled": "?visible=pending",
    "category": "?category={category}",
    "year": "?date__year={year}",
    "context": "?context={context}",
    "publisher": "?publisher={publisher}",
    "person": "?person=me",
    "no source": "?problem=no-citation",
    "single origin": "?problem=single-source",
    "dead link": "?problem=dead-link",
    "context and problem": "?context={context}&problem=single-source",
}
Figures = Mapping[str, tuple[int, float, float]]


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    shared = Path(os.environ.get("DAYLINE_SHARED") or PROJECT.parent / "shared")
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--events", default="10,1000,100000", help="sizes, separated by commas, rising")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres, or both")
    parser.add_argument("--generator", type=Path, default=shared / "tools" / "make_events.py")
    parser.add_argument("--inside", action="store_true", help="measure this environment's database, as JSON")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Measure each database at each size in a process of its own; 1 where a goal is missed."""
    options = arguments(given)
    if options.inside:
        django.setup()
        print(json.dumps(measured()))
        return 0
    print(machine(), flush=True)
    missed = []
    sizes = [int(size) for size in options.events.split(",")]
    for kind in options.databases.split(","):
        figures = [filled_and_measured(kind, size, options.generator) for size in sizes]
        print(f"\n## The desk on {kind}\n\n{figures_table(sizes, figures)}", flush=True)
        missed += [f"{kind}: {words}" for words in misses(sizes, figures)]
    print("\n" + ("\n".join(missed) or "All goals are reached."))
    return 1 if missed else 0


def filled_and_measured(kind: str, size: int, generator: Path) -> Figures:
    """The figures of a database with so many generated events."""
    with tempfile.TemporaryDirectory(prefix="bench.") as name:
        folder = Path(name)
        folder.chmod(0o755)
        events = folder / "events.jsonl"
        command = [sys.executable, generator, str(size), "--manifest", folder / "m.json", "-o", events]
        subprocess.run(command, check=True)
        place = folder / kind
        place.mkdir(mode=0o755)
        with databases.scratch(kind, place) as create:
            own = {"NEWSROOM_VAR": str(folder / "var"), "DATABASE_URL": create("desk")}
            manage(CHRONICLE, "migrate", "--verbosity", "0", **own)
            manage(CHRONICLE, "collectstatic", "--noinput", "--verbosity", "0", **own)
            manage(CHRONICLE, "import_events", str(events), "--format", "jsonl", **own)
            databases.settle(own["DATABASE_URL"])
            inside = [sys.executable, "-m", "bench.desk", "--inside"]
            done = subprocess.run(
                inside, cwd=PROJECT, env=environment(CHRONICLE, **own), check=True, stdout=subprocess.PIPE
            )
            return json.loads(done.stdout)


def measured() -> Figures:
    """Queries, p50 and p95 in milliseconds of each page, by its name."""
    from django.contrib.auth.models import User
    from django.test import Client

    from events.models import Context, Event, Publisher

    user, _is_new = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    event = Event.objects.order_by("-date", "pk").first()
    names = {
        "category": Event.objects.exclude(category="").values_list("category", flat=True).first(),
        "year": event.date.year,
        "context": Context.objects.order_by("-events_count").first().slug,
        "publisher": Publisher.objects.order_by("-events_count").first().host,
    }
    paths = {name: f"/admin/events/event/{query.format(**names)}" for name, query in FILTERS.items()}
    paths |= {
        FORM: f"/admin/events/event/{event.pk}/change/",
        "planner": "/admin/events/event/planner/",
        "queues": "/admin/events/event/queues/",
        "front page": "/admin/",
    }
    return {name: asked(client, path) for name, path in paths.items()}


def asked(client, path: str, times: int = TIMES) -> tuple[int, float, float]:
    """One page: its queries, and p50 and p95 in milliseconds, after a first time that does not count."""
    from bench.counting import HEADER, QueryCountMiddleware

    assert client.get(path).status_code == 200, path
    counted = QueryCountMiddleware(lambda _request: client.get(path))
    queries = int(counted(None)[HEADER])
    timing = Timing()
    for _time in range(times):
        start = time.perf_counter()
        client.get(path)
        timing.latencies.append(time.perf_counter() - start)
    return queries, *(round(timing.percentile(percent) * 1000, 2) for percent in (50, 95))


def figures_table(sizes: Sequence[int], figures: Sequence[Figures]) -> str:
    """One row a page; three columns a size, and how much slower the largest is than `SMALL` entries."""
    headings = ["page"]
    for size in sizes:
        headings += [f"{size:,}: queries", "p50 ms", "p95 ms"]
    rows = []
    for name in figures[-1]:
        cells = [str(cell) for each in figures for cell in each[name]]
        ratio = slower(name, sizes, figures)
        rows.append([name, *cells, f"{ratio:.2f}" if ratio else "–"])
    return table([*headings, f"{sizes[-1]:,} ÷ {SMALL:,}"], rows)


def slower(name: str, sizes: Sequence[int], figures: Sequence[Figures]) -> float | None:
    """How many times longer the page takes at the largest size than at `SMALL` entries, by its p50."""
    if SMALL not in sizes or sizes[-1] == SMALL:
        return None
    return figures[-1][name][1] / figures[sizes.index(SMALL)][name][1]


def misses(sizes: Sequence[int], figures: Sequence[Figures]) -> list[str]:
    """What does not reach the goals, in words: list and form at the same queries, the list at most twice
    as slow."""
    found = []
    for name in (LIST, FORM):
        counts = [each[name][0] for each in figures]
        if len(set(counts)) > 1:
            found.append(f"{name}: {counts} queries at {list(sizes)} entries")
    if (ratio := slower(LIST, sizes, figures)) and ratio > MOST_SLOWER:
        found.append(f"{LIST}: {ratio:.2f} times slower")
    return found


if __name__ == "__main__":
    sys.exit(main())
