from datetime import timedelta

from django.test import SimpleTestCase, TestCase

from events.models import Context
from events.suggestions import Companion
from events.suggestions.names import Known
from events.suggestions.together import closeness, companions
from events.tests.factories import NOW, make_event


def known(*names: str) -> list[Known]:
    rows = Context.objects.filter(name__in=names)
    return [Known(row.pk, row.name, row.slug, row.kind, row.events_count) for row in rows]


def beside(*names: str, **options) -> list[Companion]:
    return companions(known(*names), **{"limit": 8, "now": NOW} | options)


def told(*names: str, **options) -> list[str]:
    return [row.context.name for row in beside(*names, **options)]


class ClosenessTests(SimpleTestCase):
    def test_bounds_and_order(self):
        self.assertLess(closeness(5, 10, 10, 1_000_000), closeness(5, 10, 10, 100))
        self.assertLess(closeness(2, 10, 10, 10), closeness(9, 10, 10, 10))
        self.assertLessEqual(closeness(100, 100, 1_000_000, 1), 1)
        self.assertGreater(closeness(2, 100, 1, 1_000_000), 0)


class CompanionsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for number in range(3):
            make_event(f"Siege {number}", contexts=["Homs", "Syria", "World"])
        for number in range(12):
            make_event(f"Elsewhere {number}", contexts=["World", f"Place {number}"])
        make_event("A vote", contexts=["Homs", "Elections"])

    def test_the_usual_ones_come_with_rare_before_hub(self):
        found = beside("Homs")
        self.assertEqual([row.context.name for row in found], ["Syria", "World"])
        self.assertEqual([row.name for row in found[0].beside], ["Homs"])
        self.assertGreater(found[0].score, found[1].score)

    def test_one_event_in_common_is_no_use(self):
        self.assertNotIn("Elections", told("Homs"))

    def test_what_is_asked_for_is_not_told(self):
        self.assertEqual(told("Homs", "World"), ["Syria"])

    def test_drafts_waiting_entries_and_the_event_itself_do_not_count(self):
        for number in range(4):
            make_event(f"Draft {number}", contexts=["Homs", "Secret"], state="draft")
            make_event(f"Later {number}", contexts=["Homs", "Embargoed"], publish_at=NOW + timedelta(hours=1))
        self.assertEqual(told("Homs"), ["Syria", "World"])
        siege = make_event("Siege again", contexts=["Elections", "Homs"])
        self.assertIn("Homs", told("Elections"))
        self.assertEqual(told("Elections", event=siege.pk), [])

    def test_limit_and_nothing_known(self):
        self.assertEqual(told("Homs", limit=1), ["Syria"])
        with self.assertNumQueries(0):
            self.assertEqual(companions([], limit=8, now=NOW), [])
