"""Figures as Markdown tables, aligned so that they read as well on a terminal."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

import django

from bench.goals import Results, Verdict
from bench.load import Timing
from bench.pages import PAGES

HEADINGS = (
    "page",
    "queries",
    "rendered/s",
    "p50 ms",
    "p95 ms",
    "cached/s",
    "p50 ms",
    "p95 ms",
    "tutorial/s",
    "p50 ms",
    "p95 ms",
    "rendered ÷ tutorial",
    "cached ÷ tutorial",
    "cached ÷ hello",
    "kB",
)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out a Markdown table: first column to the left, all others to the right."""
    widths = [max(len(row[column]) for row in [headings, *rows]) for column in range(len(headings))]

    def line(cells: Sequence[str]) -> str:
        first, *rest = zip(cells, widths, strict=True)
        return (
            "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]) + " |"
        )

    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|"
    return "\n".join([line(headings), rule, *map(line, rows)])


def _timing(timing: Timing | None) -> list[str]:
    if timing is None:
        return ["–"] * 3
    return [f"{timing.rate:,.0f}" if timing.rate >= 100 else f"{timing.rate:.1f}", *_latencies(timing)]


def _latencies(timing: Timing) -> list[str]:
    return [f"{timing.percentile(percent) * 1000:.2f}" for percent in (50, 95)]


def _ratio(one: Timing | None, other: Timing | None) -> str:
    return f"{one.rate / other.rate:.2f}" if one and other else "–"


def pages_table(results: Results) -> str:
    """One row a page, the hello-world view last."""
    rows = []
    for page in PAGES:
        rendered, cached = results.rendered.get(page.key), results.cached.get(page.key)
        tutorial, count = results.tutorial.get(page.key), results.queries.get(page.key)
        size = f"{rendered.mean_bytes / 1000:.1f}" if rendered else "–"
        rows.append(
            [
                page.title,
                "–" if count is None else str(count),
                *_timing(rendered),
                *_timing(cached),
                *_timing(tutorial),
                _ratio(rendered, tutorial),
                _ratio(cached, tutorial),
                _ratio(cached, results.hello),
                size,
            ]
        )
    blank = ["–"] * (len(HEADINGS) - 5)
    rows.append(["Hello-world view", "0", *_timing(results.hello), *blank[:-1], "–"])
    return table(HEADINGS, rows)


def goals_table(verdicts: Sequence[Verdict]) -> str:
    return table(
        ["goal", "measured", "verdict"],
        [[v.goal, v.figure, "pass" if v.passed else "FAIL"] for v in verdicts],
    )


def machine() -> str:
    """Say what the figures were measured on, for whoever compares them."""
    return (
        f"{datetime.now(UTC):%-d %B %Y}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, Django {django.get_version()}, SQLite {sqlite3.sqlite_version}."
    )
