"""What the figures have to reach, and whether they do."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.load import Timing

# Rendered pages a second, as a multiple of the tutorial site's.
TIMES_TUTORIAL = {"event": 5.0, "day": 3.0, "front": 8.0, "context": 5.0, "feed": 4.0}
# The hundredth page of a list may be this much slower than its first and still count as equal: noise.
DEEP_TOLERANCE = 0.2
SEARCH_P95_SECONDS = 0.100
CONDITIONAL_SHARE_OF_HELLO = 0.25
MOST_QUERIES = 12
IMPORT_RATE = 2_000
IMPORT_BYTES = 200 * 2**20


@dataclass(frozen=True, slots=True)
class Verdict:
    """One goal: what was asked, what came out, whether that is enough."""

    goal: str
    figure: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Results:
    """Everything measured on one database at one size; timings by page key, at one connection."""

    import_rate: float
    import_peak_bytes: int
    hello: Timing
    tutorial: dict[str, Timing]
    rendered: dict[str, Timing]
    cached: dict[str, Timing]
    queries: dict[str, int | None]


def verdicts(results: Results) -> Iterator[Verdict]:
    """Hold the results against each goal. Pages are judged as rendered, without their cache."""
    yield _at_least("Import, events/s", results.import_rate, IMPORT_RATE)
    peak = results.import_peak_bytes / 2**20
    most = IMPORT_BYTES / 2**20
    yield Verdict(f"Import, memory ≤ {most:.0f} MB", f"{peak:.0f} MB", peak <= most)
    for key, least in TIMES_TUTORIAL.items():
        ratio = results.rendered[key].rate / results.tutorial[key].rate
        yield _at_least(f"{key.capitalize()} ÷ tutorial", ratio, least)
    deep = results.rendered["deep"].rate / results.rendered["context"].rate
    yield _at_least("Hundredth context page ÷ first", deep, 1 - DEEP_TOLERANCE)
    slow = results.rendered["search"].percentile(95)
    yield Verdict(
        f"Search p95 ≤ {SEARCH_P95_SECONDS * 1000:.0f} ms",
        f"{slow * 1000:.1f} ms",
        slow <= SEARCH_P95_SECONDS,
    )
    # The kept copy is what an answer 304 is given from; without it the page has to be made to be compared.
    if "conditional" in results.cached:
        share = results.cached["conditional"].rate / results.hello.rate
        yield _at_least("304 ÷ hello-world", share, CONDITIONAL_SHARE_OF_HELLO)
    else:
        yield Verdict("304 ÷ hello-world", "no ETag", False)
    counts = [count for count in results.queries.values() if count is not None]
    yield Verdict(f"Queries a page ≤ {MOST_QUERIES}", str(max(counts)), max(counts) <= MOST_QUERIES)


def _at_least(goal: str, figure: float, least: float) -> Verdict:
    return Verdict(
        f"{goal} ≥ {least:,.6g}", f"{figure:,.4g}" if figure < 100 else f"{figure:,.0f}", figure >= least
    )
