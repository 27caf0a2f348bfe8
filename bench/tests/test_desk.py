"""The benchmark of the desk asks pages that exist, and judges by its goals."""

from django.test import SimpleTestCase, TestCase

from bench.desk import FILTERS, FORM, LIST, asked, figures_table, measured, misses
from events.tests.factories import make_event
from events.tests.workflow.test_permissions import make_user


class AskedTests(TestCase):
    def test_every_page_answers_and_is_counted(self) -> None:
        make_event(
            "Homs", contexts=["Syria"], sources=[("Reuters", "https://reuters.com/1")], category="Disasters"
        )
        figures = measured()
        self.assertEqual(set(FILTERS) - set(figures), set())
        for name, (queries, half, most) in figures.items():
            with self.subTest(name):
                self.assertGreater(queries, 0)
                self.assertLessEqual(half, most)

    def test_a_page_that_is_not_there_is_no_figure(self) -> None:
        self.client.force_login(make_user("Editor"))
        with self.assertRaises(AssertionError):
            asked(self.client, "/admin/events/event/999999/change/", times=1)


class GoalTests(SimpleTestCase):
    SIZES = (10, 1_000, 100_000)

    def figures(self, queries: int, half: float) -> dict:
        return {LIST: (queries, half, half), FORM: (20, 30.0, 40.0)}

    def test_reached(self) -> None:
        figures = [self.figures(9, 10.0), self.figures(9, 12.0), self.figures(9, 23.0)]
        self.assertEqual(misses(self.SIZES, figures), [])
        self.assertIn("1.92", figures_table(self.SIZES, figures))

    def test_missed(self) -> None:
        figures = [self.figures(9, 10.0), self.figures(9, 10.0), self.figures(10, 21.0)]
        self.assertEqual(len(misses(self.SIZES, figures)), 2)
