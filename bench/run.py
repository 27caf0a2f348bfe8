"""Measures import and pages beside a tutorial site and a hello-world view: `python -m bench.run --help`."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from django.utils.text import slugify

from bench import databases, report
from bench.goals import Results, verdicts
from bench.load import Request, Timing, measure, total
from bench.pages import PAGES, Addresses, find, queries
from bench.sites import CHRONICLE, HELLO, PROJECT, TUTORIAL, Run, Site, manage, served
from events.text.slugs import slugify_name

SLUGIFY = {CHRONICLE: slugify_name, TUTORIAL: slugify}
UNCACHED = {"BENCH_WITHOUT_CACHE": "1"}
# Each measurement is cut into rounds, between which the other sites have their turn.
ROUNDS = 3
COUNTED = UNCACHED | {"BENCH_COUNT_QUERIES": "1"}
INTRODUCTION = """\
# Benchmarks

Written by `python -m bench.run`; [bench/README.md](../bench/README.md) says how to run it and what the
columns mean. Requests a second are at one connection, warm, unless a heading says otherwise.
"""


@dataclass(frozen=True, slots=True)
class Bench:
    """One run's options, and the scratch folder that everything happens in."""

    folder: Path
    generator: Path
    seconds: float
    connections: tuple[int, ...]
    port: int
    sizes: dict[str, str]

    @property
    def log(self) -> Path:
        return self.folder / "servers.log"


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    shared = Path(os.environ.get("DAYLINE_SHARED") or PROJECT.parent / "shared")
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--events", default="10000,100000", help="sizes, separated by commas")
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite, postgres, or both")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of each measurement")
    parser.add_argument("--connections", default="1", help="such as 1,8; goals are judged at the first")
    parser.add_argument("--generator", type=Path, default=shared / "tools" / "make_events.py")
    parser.add_argument("--page-size", type=int, default=20, help="rows of a list page on both sites")
    parser.add_argument("--feed-size", type=int, default=50, help="entries of a feed on both sites")
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--quick", action="store_true", help="1,000 events, half a second each: does it run?")
    parser.add_argument("--out", type=Path, help="write the tables to this Markdown file too")
    options = parser.parse_args(given)
    if options.quick:
        options.events, options.seconds = "1000", 0.5
    return options


def main(given: list[str] | None = None) -> int:
    """Run everything asked for; return 1 where a goal was missed, as a shell wants it."""
    options = arguments(given)
    texts, failed = [INTRODUCTION + "\n" + report.machine()], False
    with tempfile.TemporaryDirectory(prefix="bench.") as name:
        folder = Path(name)
        # The PostgreSQL cluster inside may belong to another user than ours.
        folder.chmod(0o755)
        bench = Bench(
            folder=folder,
            generator=options.generator,
            seconds=options.seconds,
            connections=tuple(map(int, options.connections.split(","))),
            port=options.port,
            sizes={"EVENTS_PAGE_SIZE": str(options.page_size), "EVENTS_FEED_SIZE": str(options.feed_size)},
        )
        print(texts[0], flush=True)
        for size in map(int, options.events.split(",")):
            corpus = generate(bench, size)
            for kind in options.databases.split(","):
                say(f"{size:,} events on {kind}")
                for text, passed in compared(bench, corpus, kind):
                    print(f"\n{text}", flush=True)
                    texts.append(text)
                    failed |= not passed
    if options.out:
        options.out.write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    return int(failed)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Generated events, and the generator's word on what to ask for."""

    file: Path
    size: int
    manifest: dict


def generate(bench: Bench, size: int) -> Corpus:
    """Write `size` events; the generator gives the same ones every time."""
    say(f"generating {size:,} events")
    file, manifest = bench.folder / f"{size}.jsonl", bench.folder / f"{size}.json"
    command = [sys.executable, bench.generator, str(size), "--manifest", manifest, "-o", file]
    subprocess.run(command, check=True)
    return Corpus(file, size, json.loads(manifest.read_text(encoding="utf-8")))


def compared(bench: Bench, corpus: Corpus, kind: str) -> Iterator[tuple[str, bool]]:
    """Fill and measure all sites on one database; yield a section of the report a number of connections."""
    folder = bench.folder / f"{kind}-{corpus.size}"
    folder.mkdir(mode=0o755)
    with databases.scratch(kind, folder) as create:
        shared = {"NEWSROOM_VAR": str(bench.folder / "var")} | bench.sizes
        environments = {site: shared | {"DATABASE_URL": create(site.name)} for site in (CHRONICLE, TUTORIAL)}
        imported, loaded = filled(corpus, environments)
        addresses, counts = explored(bench, corpus, environments)
        for connections in bench.connections:
            say(f"measuring, {connections} at a time")
            timings = measured(bench, addresses, environments, connections)
            results = Results(
                import_rate=corpus.size / imported.seconds,
                import_peak_bytes=imported.peak_bytes,
                hello=total(timings.pop("hello").values()),
                queries=counts,
                **timings,
            )
            judged = list(verdicts(results))
            yield section(corpus, kind, connections, results, judged, loaded), all(v.passed for v in judged)


def filled(corpus: Corpus, environments: dict[Site, dict[str, str]]) -> tuple[Run, Run]:
    """Make both databases and import the corpus; return what the two imports took."""
    say("filling the databases")
    chronicle, tutorial = environments[CHRONICLE], environments[TUTORIAL]
    manage(CHRONICLE, "migrate", "--verbosity", "0", **chronicle)
    manage(CHRONICLE, "collectstatic", "--noinput", "--verbosity", "0", **chronicle)
    imported = manage(CHRONICLE, "import_events", str(corpus.file), "--format", "jsonl", **chronicle)
    manage(TUTORIAL, "migrate", "--verbosity", "0", **tutorial)
    loaded = manage(TUTORIAL, "load_events", str(corpus.file), **tutorial)
    for environment in environments.values():
        databases.settle(environment["DATABASE_URL"])
    return imported, loaded


def explored(
    bench: Bench, corpus: Corpus, environments: dict[Site, dict[str, str]]
) -> tuple[dict[Site, Addresses], dict[str, int | None]]:
    """Find the addresses to ask on each site, and count the chronicle's queries without its cache."""
    say("finding pages, counting queries")
    addresses: dict[Site, Addresses] = {}
    counts: dict[str, int | None] = {}
    for site, environment in environments.items():
        with served(site, bench.port, bench.log, workers=1, **environment, **COUNTED) as port:
            addresses[site] = find(port, corpus.manifest, SLUGIFY[site])
            if site is CHRONICLE:
                counts = {
                    key: queries(port, requests) for key, requests in addresses[site].items() if requests
                }
    return addresses, counts


def measured(
    bench: Bench, addresses: dict[Site, Addresses], environments: dict[Site, dict[str, str]], connections: int
) -> dict[str, dict[str, Timing]]:
    """Serve all sites at once and ask for each page of each in turn; return the timings by site and page.

    Idle servers cost nothing, and in turns a busy machine slows all of them alike: the ratios stay true.
    """
    chronicle, tutorial = environments[CHRONICLE], environments[TUTORIAL]
    contestants = {
        "hello": (HELLO, {}, {page.key: [Request("/")] for page in PAGES}),
        "tutorial": (TUTORIAL, tutorial, addresses[TUTORIAL]),
        "rendered": (CHRONICLE, chronicle | UNCACHED, addresses[CHRONICLE]),
        "cached": (CHRONICLE, chronicle, addresses[CHRONICLE]),
    }
    timings: dict[str, dict[str, Timing]] = {name: {} for name in contestants}
    with ExitStack() as servers:
        ports = [
            servers.enter_context(served(site, bench.port + number, bench.log, **environment))
            for number, (site, environment, _) in enumerate(contestants.values())
        ]
        for page, turn in product(PAGES, range(ROUNDS)):
            for port, (name, (site, _, asked)) in zip(ports, contestants.items(), strict=True):
                if not (requests := asked[page.key]):
                    continue
                # A slow site answers few requests in a round: the next one goes on elsewhere in the list.
                start = turn * len(requests) // ROUNDS
                timing = measure(
                    port,
                    requests[start:] + requests[:start],
                    seconds=bench.seconds / ROUNDS,
                    connections=connections,
                    expected=200 if site is HELLO else page.status,
                )
                timings[name].setdefault(page.key, Timing()).add(timing)
    return timings


def section(corpus: Corpus, kind: str, connections: int, results: Results, judged: list, loaded: Run) -> str:
    """Write one section of the report."""
    name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[kind]
    plural = "connection" if connections == 1 else "connections"
    context = corpus.manifest
    return "\n\n".join(
        [
            f"## {corpus.size:,} events, {name}, {connections} {plural}",
            f"Import: {results.import_rate:,.0f} events/s, at most "
            f"{results.import_peak_bytes / 2**20:.0f} MB (the tutorial's bulk load: "
            f"{corpus.size / loaded.seconds:,.0f} events/s, {loaded.peak_bytes / 2**20:.0f} MB). "
            f"The context has {context['big_context_events']:,} events.",
            report.pages_table(results),
            report.goals_table(judged),
        ]
    )


def say(words: str) -> None:
    print(f"… {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
