"""The derived days of story lines: the same after any run of writes as counted anew."""

import random
from datetime import date, timedelta

from django.db.models import Count
from django.test import TestCase

from events import derived
from events.models import Context, ContextDay, ContextListing, Event, StoryDay, StoryLine, StoryListing
from events.tests.factories import NOW, find_contexts, make_context, make_event, make_story_line, retract
from events.workflow import edits
from events.workflow.contexts import delete, merge, refresh

NAMES = ("Bridge", "River", "Steel")


def stored() -> dict[str, list]:
    """All that is derived of story lines, in an order of its own."""
    return {
        "context days": sorted(ContextDay.objects.values_list("context", "date", "count")),
        "story days": sorted(StoryDay.objects.values_list("story_line", "date", "count")),
        "listings": sorted(StoryListing.objects.values_list("story_line", "event", "date", "visible_at")),
        "counts": sorted(StoryLine.objects.values_list("pk", "events_count")),
    }


class StoryDaysTests(TestCase):
    def setUp(self) -> None:
        for name in NAMES[:2]:
            make_context(name, kind="story")
        make_story_line("Both", ["Bridge", "River"])
        make_story_line("Window", ["Bridge"], first_day=date(2020, 1, 3), last_day=date(2020, 1, 6))

    def assert_right(self) -> None:
        before = stored()
        for _done in derived.rebuild():
            pass
        self.assertEqual(stored(), before)
        counted = (
            ContextListing.objects.filter(context__kind="story")
            .order_by()
            .values_list("context", "date")
            .annotate(Count("event"))
        )
        self.assertEqual(before["context days"], sorted(counted))

    def test_random_writes_leave_what_a_rebuild_would(self) -> None:
        chance = random.Random(7)  # noqa: S311
        for number in range(25):
            make_event(f"Event {number}", contexts=chance.sample(NAMES, chance.randint(1, 3)),
                       date=date(2020, 1, 1) + timedelta(days=chance.randrange(8)),
                       state=chance.choice(["published", "draft"]))  # fmt: skip
        for _step in range(60):
            event = Event.objects.order_by("pk")[chance.randrange(Event.objects.count())]
            act = chance.choice(["move", "contexts", "retract", "publish", "delete"])
            if act == "delete" and Event.objects.count() > 10:
                edits.delete(event, now=NOW)
            elif act == "retract" and event.state == "published":
                retract(event)
            else:
                with edits.editing(event, now=NOW):
                    event.date = date(2020, 1, 1) + timedelta(days=chance.randrange(8))
                    event.state = "published" if act == "publish" else event.state
                    if act == "contexts":
                        event.contexts.put(find_contexts(chance.sample(NAMES, chance.randint(1, 3))))
        self.assertTrue(ContextDay.objects.exists() and StoryDay.objects.exists())
        self.assert_right()

    def test_context_that_becomes_a_story_gets_its_days(self) -> None:
        make_event("One", contexts=["Steel"])
        steel = Context.objects.get(name="Steel")
        self.assertFalse(ContextDay.objects.filter(context=steel).exists())
        for kind, number in (("story", 1), ("topic", 0)):
            steel.kind = kind
            steel.save(update_fields=["kind"])
            refresh([steel.pk], now=NOW)
            self.assertEqual(ContextDay.objects.filter(context=steel).count(), number)
            self.assert_right()

    def test_merging_and_deleting_contexts(self) -> None:
        for number in range(4):
            make_event(f"Event {number}", contexts=NAMES, date=date(2020, 1, 4 + number))
        bridge, river, steel = (Context.objects.get(name=name) for name in NAMES)
        merge([river], into=steel, now=NOW)
        both = StoryLine.objects.get(title="Both")
        self.assertEqual({found.name for found in both.contexts.all()}, {"Bridge", "Steel"})
        self.assertEqual(both.events_count, 4)
        self.assert_right()
        delete(bridge, now=NOW)
        self.assertEqual(StoryLine.objects.get(title="Window").events_count, 0)
        self.assertEqual(StoryLine.objects.get(title="Both").events_count, 4)
        self.assert_right()
