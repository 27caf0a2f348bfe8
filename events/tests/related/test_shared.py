"""The plain rankers, for comparison: more shared contexts first, then the newest or the first."""

from datetime import timedelta

from django.test import TestCase, override_settings

from events.models import Context, Event
from events.related import related_to, related_to_many
from events.tests.factories import DAY, NOW, make_event


def read(event: Event) -> Event:
    """The event as pages read it, with its contexts' counts as they are now."""
    return Event.objects.for_page().get(pk=event.pk)


@override_settings(EVENTS_RELATED_RANKER="shared_newest")
class NewestTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.event = make_event("Asked", contexts=["A", "B", "C"])
        cls.two = make_event("Two, older", contexts=["B", "C", "X"], date=DAY - timedelta(days=30))
        cls.one_new = make_event("One, newer", contexts=["A"], date=DAY + timedelta(days=1))
        cls.one_old = make_event("One, older", contexts=["A"], date=DAY - timedelta(days=1))
        make_event("None", contexts=["X"])
        make_event("Draft", contexts=["A", "B", "C"], state="draft")
        cls.waiting = make_event("Waiting", contexts=["A", "B", "C"], publish_at=NOW + timedelta(hours=1))

    def test_more_shared_contexts_first_then_newest(self):
        event = read(self.event)
        # Contexts and steering, unless the caller has them already, and one for the suggestions.
        with self.assertNumQueries(3):
            found = related_to(event, limit=10, now=NOW)
        self.assertEqual([row.pk for row in found], [self.two.pk, self.one_new.pk, self.one_old.pk])
        names = dict(Context.objects.values_list("pk", "name"))
        self.assertEqual({names[pk] for pk in found[0].shared}, {"B", "C"})

    def test_time_alone_brings_suggestions(self):
        found = related_to(read(self.event), limit=10, now=NOW + timedelta(hours=1))
        self.assertEqual(found[0].pk, self.waiting.pk)

    def test_limit_and_event_itself(self):
        found = related_to(read(self.event), limit=1, now=NOW)
        self.assertEqual([row.pk for row in found], [self.two.pk])
        self.assertEqual(related_to(read(make_event("Alone")), limit=5, now=NOW), [])

    def test_many_cost_no_more_queries_and_agree(self):
        events = [read(event) for event in (self.event, self.two, self.one_new, self.one_old)]
        with self.assertNumQueries(3):
            found = related_to_many(events, limit=3, now=NOW)
        for event in events:
            alone = related_to(event, limit=3, now=NOW)
            self.assertEqual([row.pk for row in found[event.pk]], [row.pk for row in alone])
        self.assertEqual(related_to_many([], limit=3, now=NOW), {})

    @override_settings(EVENTS_RELATED_RANKER="shared_count")
    def test_a_plain_count_knows_no_days(self):
        found = related_to(read(self.event), limit=10, now=NOW)
        self.assertEqual([row.pk for row in found], [self.two.pk, self.one_new.pk, self.one_old.pk])
        elder = make_event("One, eldest, entered last", contexts=["B"], date=DAY - timedelta(days=90))
        found = related_to(read(self.event), limit=10, now=NOW)
        self.assertEqual(found[-1].pk, elder.pk)
