"""Editors' decisions over any ranking: the rule itself, and what is read of it."""

import random
from datetime import timedelta

from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from events.models import Context, Event, EventLink, RelatedChoice
from events.related import UNSTEERED, Steering, related_to, related_to_many, steering_of
from events.tests.factories import DAY, NOW, make_event, retract
from events.workflow.contexts import refresh

PIN, HIDE = RelatedChoice.Kind.PIN, RelatedChoice.Kind.HIDE


def choose(event: Event, other: Event, kind: str, **fields) -> RelatedChoice:
    return RelatedChoice.objects.create(event=event, other=other, kind=kind, **fields)


def tie(event: Event, kind: str, other: Event) -> EventLink:
    return EventLink.objects.create(event=event, other=other, kind=kind)


class OrderTests(SimpleTestCase):
    def test_nothing_chosen_changes_nothing(self):
        self.assertEqual(UNSTEERED.order([3, 1, 2], limit=2), [3, 1])

    def test_pins_then_links_then_the_ranking(self):
        steering = Steering(pins=(7, 2), links={9: "led_to", 2: "part_of"}, hidden=frozenset({3}))
        self.assertEqual(steering.order([3, 1, 2, 9, 4], limit=10), [7, 2, 9, 1, 4])

    def test_hidden_wins_over_all(self):
        steering = Steering(pins=(7,), links={9: "led_to"}, hidden=frozenset({7, 9, 1}))
        self.assertEqual(steering.order([1, 2], limit=10), [2])

    def test_whatever_is_chosen(self):
        """Of a thousand random rankings and decisions: nothing hidden, nothing twice, pins lead in order,
        links before what is only ranked, the ranking's order kept, as many as there are."""
        choice = random.Random(1)  # noqa: S311 (the same draws at every run)
        for _round in range(1000):
            ranked = choice.sample(range(30), choice.randrange(20))
            pins = tuple(choice.sample(range(30), choice.randrange(5)))
            links = dict.fromkeys(choice.sample(range(30), choice.randrange(4)), "part_of")
            hidden = frozenset(choice.sample(range(30), choice.randrange(10)))
            limit = choice.randrange(1, 12)
            order = Steering(pins, links, hidden).order(ranked, limit=limit)
            allowed = ({*ranked, *pins, *links}) - hidden
            self.assertEqual(len(order), min(limit, len(allowed)))
            self.assertEqual(len(set(order)), len(order))
            self.assertLessEqual(set(order), allowed)
            ranks = [
                (0, pins.index(pk))
                if pk in pins
                else (1, list(links).index(pk))
                if pk in links
                else (2, ranked.index(pk))
                for pk in order
            ]
            self.assertEqual(ranks, sorted(ranks))


class SteeredTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.event = make_event("Asked", contexts=["A", "B"])
        cls.first = make_event("First", contexts=["A", "B"])
        cls.second = make_event("Second", contexts=["A"], date=DAY + timedelta(days=1))
        cls.third = make_event("Third", contexts=["A"], date=DAY - timedelta(days=1))
        cls.apart = make_event("Shares nothing", contexts=["C"])

    def titles(self, event: Event | None = None, **options) -> list[str]:
        """The suggestions, which a list and the event's own page must agree upon."""
        event = event or self.event
        alone = related_to(event, limit=10, now=NOW, **options)
        in_list = related_to_many([event], limit=10, now=NOW)[event.pk]
        self.assertEqual([found.pk for found in in_list], [found.pk for found in alone])
        headlines = dict(Event.objects.values_list("pk", "headline"))
        return [headlines[found.pk] for found in alone]

    def test_without_a_choice(self):
        self.assertEqual(self.titles(), ["First", "Second", "Third"])
        self.assertEqual(steering_of([self.event.pk], now=NOW), {})

    def test_pins_lead_in_the_editors_order(self):
        choose(self.event, self.third, PIN, position=1)
        choose(self.event, self.apart, PIN, position=0)
        self.assertEqual(self.titles(), ["Shares nothing", "Third", "First", "Second"])
        pinned, third, *_rest = related_to(self.event, limit=10, now=NOW)
        self.assertEqual((pinned.is_pinned, pinned.shared, pinned.date), (True, (), DAY))
        self.assertEqual(third.shared, (Context.objects.get(name="A").pk,))

    def test_a_pin_is_of_one_side(self):
        choose(self.event, self.apart, PIN)
        self.assertEqual(self.titles(self.apart), [])

    def test_hidden_from_one_side_or_from_both(self):
        choice = choose(self.event, self.first, HIDE)
        self.assertEqual(self.titles(), ["Second", "Third"])
        self.assertIn("Asked", self.titles(self.first))
        RelatedChoice.objects.filter(pk=choice.pk).update(both_sides=True)
        self.assertNotIn("Asked", self.titles(self.first))
        # No pin brings back what the other entry hides from both.
        choose(self.first, self.event, PIN)
        self.assertNotIn("Asked", self.titles(self.first))

    def test_a_hidden_one_leaves_its_place_to_the_next(self):
        choose(self.event, self.first, HIDE)
        self.assertEqual(len(related_to(self.event, limit=2, now=NOW)), 2)
        self.assertEqual(len(related_to_many([self.event], limit=2, now=NOW)[self.event.pk]), 2)

    def test_links_outrank_the_signals_from_either_side(self):
        tie(self.event, "update_of", self.third)
        tie(self.apart, "led_to", self.event)
        self.assertEqual(self.titles(), ["Third", "Shares nothing", "First", "Second"])
        found = {row.pk: row.relation for row in related_to(self.event, limit=10, now=NOW)}
        self.assertEqual(found[self.third.pk], "update_of")
        self.assertEqual(found[self.apart.pk], "result_of")
        self.assertEqual(related_to(self.third, limit=1, now=NOW)[0].relation, "updated_by")

    def test_a_pair_linked_both_ways_is_told_once(self):
        tie(self.event, "led_to", self.apart)
        tie(self.apart, "update_of", self.event)
        steering = steering_of([self.event.pk], now=NOW)[self.event.pk]
        self.assertEqual(steering.links, {self.apart.pk: "led_to"})

    def test_nothing_that_is_not_public_is_pinned_or_linked(self):
        draft = make_event("Draft", state="draft")
        waiting = make_event("Waiting", publish_at=NOW + timedelta(hours=1))
        embargoed = make_event("Embargoed", embargo_until=NOW + timedelta(hours=1))
        gone = retract(make_event("Gone"))
        for number, other in enumerate((draft, waiting, embargoed, gone)):
            choose(self.event, other, PIN, position=number)
            tie(other, "part_of", self.event)
        self.assertEqual(self.titles(), ["First", "Second", "Third"])
        later = related_to(self.event, limit=10, now=NOW + timedelta(hours=1))
        self.assertEqual([row.pk for row in later[:2]], [waiting.pk, embargoed.pk])

    def test_a_context_of_no_use_for_related_stories_ties_nothing(self):
        Context.objects.filter(name="A").update(is_for_related=False)
        refresh(Context.objects.filter(name="A").values_list("pk", flat=True), now=NOW)
        self.assertEqual(self.titles(), ["First"])

    def test_queries_do_not_grow(self):
        for number in range(5):
            other = make_event(f"Pinned {number}", contexts=["C"])
            choose(self.event, other, PIN, position=number)
            tie(self.event, "led_to", other)
        # Contexts, steering, candidates, the contexts of those that were only chosen.
        with self.assertNumQueries(4):
            related_to(self.event, limit=10, now=NOW)
        with self.assertNumQueries(4):
            related_to_many([self.event, self.first, self.apart], limit=10, now=NOW)
        with self.assertNumQueries(1):
            steering_of([self.event.pk, self.first.pk], now=NOW)

    def test_sqlite_begins_with_the_decisions(self):
        """And not with the entries, nearly all of which are public, whatever it has counted or not."""
        with CaptureQueriesContext(connection) as captured:
            steering_of([self.event.pk], now=NOW)
        self.assertEqual(len(captured), 1)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
                plan = [row[-1] for row in cursor.fetchall()]
            looks = [step for step in plan if step.startswith("SEARCH o")]
            self.assertEqual(looks, ["SEARCH o USING INTEGER PRIMARY KEY (rowid=?)"] * 3)
