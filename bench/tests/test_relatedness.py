"""The yardstick of related stories, on events of its own."""

import gzip
import json
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import SimpleTestCase

from bench.related_quality import groups, missed
from bench.relatedness import blind, innermost, quality, read, truth_of

WAR = [{"title": "War", "level": 0}, {"title": "Siege", "level": 1}, {"title": "Relief", "level": 1}]


def event(number: int, topics: list[dict], **fields) -> dict:
    return {
        "id": f"e{number}",
        "date": f"2020-01-0{number}",
        "topics": topics,
        "contexts": ["Siege", "Town"],
    } | fields


EVENTS = [
    *(event(number, WAR) for number in (1, 2, 3)),
    event(4, [{"title": "Relief", "level": 0}]),
    event(5, [{"title": "COVID-19 pandemic", "level": 0}]),
    event(6, []),
]


class TruthTests(SimpleTestCase):
    def test_related_are_those_under_the_same_innermost_line(self):
        self.assertEqual(innermost(EVENTS[0]), {"Siege", "Relief"})
        truth = truth_of(EVENTS)
        # Whoever has fewer than three others is no query.
        self.assertEqual(set(truth.related), {"e1", "e2", "e3", "e4"})
        self.assertEqual(truth.related["e4"], {"e1", "e2", "e3"})
        self.assertEqual(truth.pandemic, frozenset())

    def test_the_pandemic_is_known_by_its_lines(self):
        covid = [event(number, [{"title": "COVID-19 in Malta", "level": 0}]) for number in (1, 2, 3, 4)]
        truth = truth_of(covid)
        self.assertEqual(truth.pandemic, {"e1", "e2", "e3", "e4"})
        names = dict(groups(truth, {each["id"]: each["date"] for each in covid}, "2020-01-03"))
        self.assertEqual(names["all, without COVID-19"], [])
        self.assertEqual(names["before 2020-01-03"], ["e1", "e2"])

    def test_blind_hides_lines_and_their_titles(self):
        self.assertEqual(blind(EVENTS[0])["contexts"], ["Town"])
        self.assertNotIn("topics", blind(EVENTS[0]))
        self.assertEqual(blind(EVENTS[5])["contexts"], ["Siege", "Town"])

    def test_corpora_are_read_packed_or_not(self):
        with TemporaryDirectory() as folder:
            lines = "".join(json.dumps(each) + "\n" for each in reversed(EVENTS))
            plain, packed = Path(folder, "a.jsonl"), Path(folder, "a.jsonl.gz")
            plain.write_text(lines, encoding="utf-8")
            packed.write_bytes(gzip.compress(lines.encode()))
            self.assertEqual(read(plain), EVENTS)
            self.assertEqual(read(packed), EVENTS)


class QualityTests(SimpleTestCase):
    def test_figures(self):
        truth = truth_of(EVENTS)
        found = quality(truth, {"e1": ["e6", "e2", "e3", "e4", "e5"]}, ["e1"])
        ideal = 1 + 1 / log2(3) + 1 / log2(4)
        self.assertAlmostEqual(found.ndcg, (1 / log2(3) + 1 / log2(4) + 1 / log2(5)) / ideal)
        self.assertEqual((found.queries, found.recall, found.precision, found.mrr), (1, 1, 0.6, 0.5))
        self.assertAlmostEqual(found.coverage, 1 / 6)

    def test_perfect_and_empty_lists(self):
        truth = truth_of(EVENTS)
        perfect = {query: sorted(others) for query, others in truth.related.items()}
        self.assertEqual(quality(truth, perfect).ndcg, 1)
        self.assertEqual(next(missed(truth, {})), "nDCG@10")
        nothing = quality(truth, {})
        self.assertEqual((nothing.ndcg, nothing.mrr, nothing.coverage), (0, 0, 0))
        self.assertEqual(quality(truth, {}, []).ndcg, 0)
