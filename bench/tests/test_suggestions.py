"""The benchmark of suggestions counts what it says it counts."""

import pytest
from django.test import TestCase

from bench.suggestions import COLUMNS, add_names, generated, row
from events.models import Context, ContextName


class RowTests(TestCase):
    def test_means_and_queries_of_one_way(self) -> None:
        def way(headline: str, summary: str) -> int:
            return ContextName.objects.count() + len(headline) + len(summary)

        Context.objects.create(name="Homs")
        found = dict(zip(COLUMNS, row("a way", way, [("ab", ""), ("a", "abc")]), strict=True))
        self.assertEqual((found["way"], found["found a text"], found["queries"]), ("a way", "4.0", "1"))
        self.assertLessEqual(float(found["p50 ms"]), float(found["p95 ms"]))


class NamesTests(TestCase):
    def test_names_that_nobody_knows_become_contexts(self) -> None:
        Context.objects.create(name="Homs")
        add_names(["Homs", "Aleppo"])
        self.assertEqual(sorted(Context.objects.values_list("name", flat=True)), ["Aleppo", "Homs"])


@pytest.mark.corpus
def test_names_are_as_many_as_asked_for_and_differ(shared_dir) -> None:
    names = generated(shared_dir / "tools" / "make_events.py", 500)
    assert len(set(names)) == 500
