"""Scores the suggestions as the product makes them: `python -m bench.related_quality CORPUS`.

The corpus, JSON Lines with story lines as `topics`, is imported blind into a scratch database by
`import_events`; each ranker's lists come from `export_related`. Nothing is computed outside.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

from bench import databases
from bench.relatedness import DEPTH, Truth, blind, quality, read, truth_of
from bench.report import table
from bench.sites import CHRONICLE, manage

RANKERS = ("dayline", "shared_newest", "shared_count")
HEADINGS = ("ranker", "of", "queries", "nDCG@10", "Recall@10", "P@5", "MRR", "coverage")
# Of Dayline's own ranker, over all queries and over those not about the pandemic.
GOALS = {"nDCG@10": 0.60, "nDCG@10 without COVID-19": 0.51, "P@5": 0.60}


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.related_quality", description=__doc__)
    parser.add_argument("corpus", type=Path, help="events as JSON Lines, packed or not")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--rankers", default=",".join(RANKERS), help="separated by commas")
    parser.add_argument("--halves", metavar="DATE", help="score the queries before and from this day too")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="write each ranker's lists there")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Print the table; return 1 where a goal is missed, as a shell wants it."""
    options = arguments(given)
    events = read(options.corpus)
    truth = truth_of(events)
    lists = {}
    with tempfile.TemporaryDirectory(prefix="bench.") as name:
        folder = Path(name)
        folder.chmod(0o755)
        hidden = folder / "blind.jsonl"
        hidden.write_text("".join(json.dumps(blind(event)) + "\n" for event in events), encoding="utf-8")
        with databases.scratch(options.database, folder) as create:
            environment = {"NEWSROOM_VAR": str(folder / "var"), "DATABASE_URL": create("quality")}
            manage(CHRONICLE, "migrate", "--verbosity", "0", **environment)
            manage(CHRONICLE, "import_events", str(hidden), "--format", "jsonl", **environment)
            databases.settle(environment["DATABASE_URL"])
            for ranker in options.rankers.split(","):
                print(f"ranking by {ranker}", file=sys.stderr, flush=True)
                lists[ranker] = exported(folder / f"{ranker}.json", ranker, environment)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for ranker, found in lists.items():
            (options.keep / f"{ranker}.json").write_text(json.dumps(found), encoding="utf-8")
    days = {event["id"]: event["date"] for event in events}
    print(
        table(HEADINGS, [row for ranker in lists for row in rows(truth, ranker, lists, days, options.halves)])
    )
    return int(bool(list(missed(truth, lists.get("dayline", {})))))


def exported(file: Path, ranker: str, environment: Mapping[str, str]) -> dict[str, list[str]]:
    """The lists of one ranker, by the ids of the corpus."""
    found = environment | {"EVENTS_RELATED_RANKER": ranker}
    manage(CHRONICLE, "export_related", str(file), "--limit", str(DEPTH), **found)
    return json.loads(file.read_text(encoding="utf-8"))


def groups(truth: Truth, days: Mapping[str, str], halves: str | None) -> Iterator[tuple[str, list[str]]]:
    """The queries that figures are told of, with a name for each group."""
    everything = list(truth.related)
    parts = [("all", everything)]
    if halves:
        parts += [
            (f"before {halves}", [query for query in everything if days[query] < halves]),
            (f"from {halves}", [query for query in everything if days[query] >= halves]),
        ]
    for name, queries in parts:
        yield name, queries
        yield f"{name}, without COVID-19", [query for query in queries if query not in truth.pandemic]


def rows(
    truth: Truth,
    ranker: str,
    lists: Mapping[str, Mapping[str, Sequence[str]]],
    days: Mapping[str, str],
    halves: str | None,
) -> Iterator[tuple[str, ...]]:
    """The lines of the table for one ranker."""
    for name, queries in groups(truth, days, halves):
        count, *figures = astuple(quality(truth, lists[ranker], queries))
        yield (ranker, name, f"{count:,}", *(f"{figure:.3f}" for figure in figures))


def missed(truth: Truth, lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Which goals these lists miss."""
    whole = quality(truth, lists)
    rest = quality(truth, lists, [query for query in truth.related if query not in truth.pandemic])
    reached = dict(zip(GOALS, (whole.ndcg, rest.ndcg, whole.precision), strict=True))
    for goal, least in GOALS.items():
        if reached[goal] < least:
            print(f"missed: {goal} {reached[goal]:.3f}, goal {least}", file=sys.stderr)
            yield goal


if __name__ == "__main__":
    sys.exit(main())
