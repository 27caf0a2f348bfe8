"""Problems of events as they are stored: those that the checks before publishing find, kept up to date."""

from django.test import TestCase

from events import derived, problems
from events.models import Event, EventProblem, Publisher
from events.readiness import draft_of, report_on
from events.tests.factories import DAY, make_event
from events.tests.importers.files import import_lines
from events.workflow.edits import delete, editing

STORED = {
    "no-citation", "headline-long", "no-summary", "no-context", "single-source", "single-agency",
    "single-publisher", "single-country",
}  # fmt: skip
HOSTS = ("reuters.com", "bbc.com")
TWO = [("Reuters", "https://www.reuters.com/1"), ("BBC", "https://www.bbc.com/2")]


def kept(event: Event) -> set[str]:
    return set(EventProblem.objects.filter(event=event, date=event.date).values_list("code", flat=True))


class ProblemsTests(TestCase):
    def test_same_codes_as_the_checks_before_publishing(self):
        events = [
            make_event("Bare", state="draft"),
            make_event("Sound", sources=TWO, contexts=["Homs"], summary="It is."),
            make_event(
                "One agency", sources=[("AFP", "https://a.example/"), ("AFP via X", "https://x.example/")]
            ),
            make_event(
                "One publisher", sources=[("Dana", "https://a.example/1"), ("Eli", "https://a.example/2")]
            ),
            make_event("x" * 241, sources=TWO[:1]),
        ]
        for event in events:
            report = report_on(draft_of(event), today=DAY)
            with self.subTest(event.headline[:20]):
                self.assertEqual(kept(event), {finding.code for finding in report.findings} & STORED)
        self.assertEqual(kept(events[1]), set())

    def test_move_with_every_write_and_go_with_the_event(self):
        event = make_event("Bare", state="draft")
        self.assertEqual(kept(event), {"no-citation", "no-summary", "no-context"})
        with editing(event) as event:
            event.summary, event.date = "Told.", DAY.replace(day=1)
        self.assertEqual(kept(event), {"no-citation", "no-context"})
        pk = event.pk
        delete(event)
        self.assertFalse(EventProblem.objects.filter(event=pk).exists())

    def test_rebuilding_finds_the_same(self):
        make_event("Bare", state="draft")
        make_event("Sound", sources=TWO, contexts=["Homs"])
        before = set(EventProblem.objects.values_list("event", "code", "date"))
        EventProblem.objects.all().delete()
        list(derived.rebuild())
        self.assertEqual(set(EventProblem.objects.values_list("event", "code", "date")), before)

    def test_country_of_publishers_counts_when_their_events_are_looked_at_again(self):
        event = make_event(sources=TWO, contexts=["Homs"], summary="It is.")
        Publisher.objects.update(country="GB")
        self.assertEqual(kept(event), set())
        derived.refresh_problems([event.pk])
        self.assertEqual(kept(event), {"single-country"})

    def test_imported_entries_have_those_that_a_later_look_finds(self):
        cited = [{"label": label, "url": url} for label, url in TWO]
        entry = {"date": "2016-02-21", "headline": "A bridge opens.", "citations": cited}
        import_lines(
            *({"type": "publisher", "host": host, "name": host, "country": "GB"} for host in HOSTS),
            entry | {"id": "1"},
            entry | {"id": "2", "citations": cited[:1], "contexts": ["Bridges"]},
            entry | {"id": "3", "citations": [], "headline": "x" * 241},
        )
        found = set(EventProblem.objects.values_list("event__import_ref", "code"))
        self.assertLess({("1", "single-country"), ("2", "single-source"), ("3", "no-citation")}, found)
        problems.replace(list(Event.objects.values_list("pk", flat=True)))
        self.assertEqual(set(EventProblem.objects.values_list("event__import_ref", "code")), found)

    def test_many_events_cost_as_many_queries_as_one(self):
        pks = [make_event(f"Event {number}", sources=TWO).pk for number in range(20)]
        for some in (pks[:1], pks):
            with self.subTest(len(some)), self.assertNumQueries(5):
                problems.replace(some)
