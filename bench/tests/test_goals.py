"""A goal is passed or failed by the figures, and the report says which."""

from dataclasses import replace

from django.test import SimpleTestCase

from bench.goals import Results, Verdict, verdicts
from bench.load import Timing
from bench.pages import PAGES
from bench.report import goals_table, pages_table, table


def timing(rate: int, *, latency: float = 0.001) -> Timing:
    return Timing(seconds=1.0, latencies=[latency] * rate, body_bytes=rate * 2_000)


GOOD = Results(
    import_rate=2_500,
    import_peak_bytes=150 * 2**20,
    hello=timing(2_000),
    tutorial={page.key: timing(10) for page in PAGES if page.key != "conditional"},
    rendered={page.key: timing(100) for page in PAGES},
    cached={page.key: timing(800) for page in PAGES},
    queries={"event": 5, "day": 12, "front": None},
)


def failed(results: Results) -> list[str]:
    return [verdict.goal for verdict in verdicts(results) if not verdict.passed]


class VerdictsTests(SimpleTestCase):
    def test_good_figures_pass_every_goal(self) -> None:
        self.assertEqual(failed(GOOD), [])

    def test_each_goal_can_be_missed(self) -> None:
        for goal, results in {
            "Import, events/s ≥ 2,000": replace(GOOD, import_rate=1_999),
            "Import, memory ≤ 200 MB": replace(GOOD, import_peak_bytes=201 * 2**20),
            "Event ÷ tutorial ≥ 5": replace(GOOD, rendered=GOOD.rendered | {"event": timing(49)}),
            "Day ÷ tutorial ≥ 3": replace(GOOD, rendered=GOOD.rendered | {"day": timing(29)}),
            "Front ÷ tutorial ≥ 8": replace(GOOD, rendered=GOOD.rendered | {"front": timing(79)}),
            "Feed ÷ tutorial ≥ 4": replace(GOOD, rendered=GOOD.rendered | {"feed": timing(39)}),
            "Hundredth context page ÷ first ≥ 0.8": replace(
                GOOD, rendered=GOOD.rendered | {"deep": timing(79)}
            ),
            "Search p95 ≤ 100 ms": replace(
                GOOD, rendered=GOOD.rendered | {"search": timing(5, latency=0.101)}
            ),
            "304 ÷ hello-world ≥ 0.25": replace(GOOD, hello=timing(3_201)),
            "Queries a page ≤ 12": replace(GOOD, queries={"event": 13}),
        }.items():
            with self.subTest(goal):
                self.assertEqual(failed(results), [goal])

    def test_cache_does_not_help_a_slow_page(self) -> None:
        slow = replace(GOOD, rendered=GOOD.rendered | {"context": timing(49)})
        self.assertIn("Context ÷ tutorial ≥ 5", failed(slow))

    def test_site_without_etags_fails(self) -> None:
        cached = {key: value for key, value in GOOD.cached.items() if key != "conditional"}
        self.assertEqual(failed(replace(GOOD, cached=cached)), ["304 ÷ hello-world"])


class ReportTests(SimpleTestCase):
    def test_columns_are_aligned(self) -> None:
        self.assertEqual(table(["page", "a"], [["x", "10"]]), "| page |  a |\n|------|---:|\n| x    | 10 |")

    def test_row_holds_rates_latencies_and_ratios(self) -> None:
        row = next(line for line in pages_table(GOOD).splitlines() if "Event page" in line)
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        self.assertEqual(
            " ".join(cells[1:]),
            "5 100 1.00 1.00 800 1.00 1.00 10.0 1.00 1.00 10.00 80.00 0.40 2.0",
        )

    def test_every_row_has_as_many_cells(self) -> None:
        self.assertEqual(len({line.count("|") for line in pages_table(GOOD).splitlines()}), 1)

    def test_missed_goal_is_shouted(self) -> None:
        self.assertIn("FAIL", goals_table([Verdict("a", "1", False)]))
        self.assertNotIn("FAIL", goals_table([Verdict("a", "1", True)]))
