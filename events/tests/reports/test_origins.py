from datetime import date, timedelta

from django.test import TestCase

from events.reports import origins
from events.tests.factories import NOW, make_event
from events.tests.reports.works_out import finish
from events.tests.workflow.test_permissions import make_user

TODAY = date(2024, 6, 1)
ONE = [("Reuters", "https://www.reuters.com/1")]
CARRIED = [("AFP via Yahoo! News", "https://yahoo.com/2"), ("AFP", "https://www.afp.com/3")]
TWO = [*ONE, ("BBC News", "https://www.bbc.com/news/4")]


class OriginsTests(TestCase):
    def make(self, headline: str, sources, *, ago: int = 0, **fields):
        return make_event(headline, sources=sources, date=TODAY - timedelta(days=ago), **fields)

    def work_out(self) -> dict:
        return finish(origins.work_out(today=TODAY, now=NOW))

    def test_entries_with_one_origin_however_many_carry_it(self):
        single = [self.make("One", ONE), self.make("Carried", CARRIED, ago=1)]
        self.make("Two", TWO)
        self.make("No source", [])
        self.make("Draft", ONE, state="draft")
        self.make("Not yet", ONE, publish_at=NOW + timedelta(hours=1))
        self.make("Long ago", ONE, ago=7 * origins.WEEKS)
        self.make("To come", ONE, ago=-1)
        facts = self.work_out()
        self.assertEqual(facts["events"], [event.pk for event in single])
        week = origins.weeks_in(facts)[0]
        self.assertEqual((week.entries, week.single, week.share), (3, 2, 67))
        self.assertEqual((week.first, week.last), (date(2024, 5, 26), TODAY))

    def test_weeks_lie_side_by_side(self):
        for ago in (6, 7, 55):
            self.make(f"{ago}", ONE, ago=ago)
        weeks = origins.weeks_in(self.work_out())
        self.assertEqual([week.single for week in weeks], [1, 1, 0, 0, 0, 0, 0, 1])
        self.assertEqual([week.entries for week in weeks], [week.single for week in weeks])

    def test_a_source_added_since_takes_an_entry_off_the_list(self):
        event, other = self.make("One", ONE), self.make("Other", ONE)
        facts = self.work_out()
        event.citations.create(position=1, label="BBC News", url="https://www.bbc.com/news/4")
        with self.assertNumQueries(2):
            found = origins.still_single(facts["events"], now=NOW)
        self.assertEqual([(row.event, row.origin, row.citations) for row in found], [(other, "Reuters", 1)])

    def test_only_those_that_one_editor_wrote_at(self):
        reporter = make_user("Reporter")
        own = self.make("Own", ONE, by=reporter)
        self.make("Other's", ONE)
        facts = self.work_out()
        self.assertEqual(len(origins.singles_in(facts)), 2)
        self.assertEqual(origins.singles_in(facts, by=reporter), [own.pk])
