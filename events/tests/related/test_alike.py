from dataclasses import replace
from datetime import date, timedelta

from django.test import TestCase

from events.related.alike import DAYS, Text, alike
from events.tests.factories import DAY, make_event, make_events, retract
from events.workflow import edits

TOLD = "Two car bombs kill dozens near a shrine in Khalidiya"


class AlikeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_events(12, contexts=["Syria"])
        cls.other = make_event(TOLD, contexts=["Homs", "Syria"])
        cls.text = Text("Car bombs near the shrine in Khalidiya kill dozens", "", ("Homs",), DAY)

    def found(self, **changes) -> list[int]:
        return [row.event for row in alike(replace(self.text, **changes), limit=5)]

    def test_nearly_the_same_words(self):
        (row,) = alike(self.text, limit=5)
        self.assertEqual(row.event, self.other.pk)
        self.assertGreater(row.likeness, 0.8)
        self.assertEqual(self.found(contexts=()), [self.other.pk])

    def test_what_is_not_alike(self):
        self.assertEqual(self.found(headline="Talks on a truce begin in Geneva", contexts=("Syria",)), [])
        self.assertEqual(self.found(headline="Car bombs", contexts=()), [])
        self.assertEqual(self.found(event=self.other.pk), [])

    def test_within_two_days(self):
        self.assertEqual(self.found(day=DAY - timedelta(days=DAYS)), [self.other.pk])
        self.assertEqual(self.found(day=DAY - timedelta(days=DAYS + 1)), [])
        near, far = (alike(replace(self.text, day=DAY + timedelta(days=days)), limit=1) for days in (0, 2))
        self.assertGreater(near[0].likeness, far[0].likeness)

    def test_at_the_ends_of_the_calendar(self):
        for day in (date.min, date.max):
            other = make_event(TOLD, state="draft", contexts=["Homs"], date=day)
            self.assertEqual(self.found(day=day), [other.pk])

    def test_drafts_count_and_what_is_retracted_does_not(self):
        draft = make_event(TOLD, state="draft", contexts=["Homs"])
        self.assertEqual(set(self.found()), {self.other.pk, draft.pk})
        edits.delete(draft)
        retract(self.other)
        self.assertEqual(self.found(), [])

    def test_chinese(self):
        other = make_event("叙利亚霍姆斯发生两起汽车炸弹袭击", language="zh")
        self.assertEqual(self.found(headline="霍姆斯两起汽车炸弹袭击", contexts=()), [other.pk])

    def test_queries_do_not_grow(self):
        make_event(TOLD, state="draft", contexts=["Homs"])
        for number in (1, 20):
            for event in range(number):
                make_event(f"{TOLD} {event}", contexts=["Homs"])
            with self.assertNumQueries(6):
                self.assertEqual(len(alike(self.text, limit=3)), min(3, number + 2))
