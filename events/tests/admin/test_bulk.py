"""Changes of many events: shown before they are made, made to what was seen, told, and taken back."""

from datetime import timedelta

from django.utils import timezone

from events.models import BulkChange, Event
from events.tests.admin.test_events import LIST, DeskTestCase
from events.tests.factories import make_context, make_event, make_events
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import editing

BULK = f"{LIST}bulk/"
SPORT = "Sports"
WRONG = "x 1 .5 9.9999999999 1.1 " * 900
READY = {
    "summary": "It is open.",
    "sources": [("Reuters", "https://www.reuters.com/1"), ("BBC", "https://www.bbc.com/1")],
}


def rows(*events: Event) -> str:
    return " ".join(f"{event.pk}.{event.version}" for event in events)


def names(event: Event) -> list[str]:
    return [row.tag.name for row in event.taggings.select_related("tag")]


class BulkTests(DeskTestCase):
    def choose(self, act: str, *events: Event):
        keys = [event.pk for event in events]
        return self.client.post(LIST, {"action": f"{act}_selected", "_selected_action": keys})

    def look(self, act: str, *events: Event, **values: str):
        return self.client.post(BULK, {"act": act, "rows": rows(*events), "_look": "1"} | values)

    def apply(self, act: str, *events: Event, **values: str):
        data = {"act": act, "rows": rows(*events), "_apply": "1"} | values
        return self.client.post(BULK, data, follow=True)

    def undo(self):
        return self.client.post(f"{BULK}{BulkChange.objects.first().pk}/", follow=True)

    def test_what_would_change_is_shown_and_nothing_does(self):
        make_context("Islamic State", aliases=["ISIL"])
        bare, has = make_event("Bare"), make_event("Has it", contexts=["Mosul", "Islamic State"])
        page = self.choose("add_contexts", bare, has)
        self.assertContains(page, "2 entries are chosen.")
        page = self.look("add_contexts", bare, has, contexts="isil")
        self.assertContains(page, "<del>—</del> → <ins>Islamic State</ins>", html=True)
        self.assertContains(page, "Nothing would change.")
        self.assertEqual(page.context["ready_rows"], rows(bare))
        self.assertEqual((names(bare), Event.objects.get(pk=bare.pk).version), ([], 1))
        self.assertContains(self.look("add_contexts", bare, contexts="Nobody"), "No context is called")

    def test_contexts_that_stay_do_not_look_replaced(self):
        event = make_event(contexts=["Aleppo", "Mosul"])
        make_context("Islamic State")
        page = self.look("add_contexts", event, contexts="Islamic State")
        self.assertContains(page, "<p>Aleppo, Mosul<ins>, Islamic State</ins></p>", html=True)
        page = self.look("remove_contexts", event, contexts="Mosul")
        self.assertContains(page, "<p>Aleppo<del>, Mosul</del></p>", html=True)

    def test_contexts_are_added_behind_and_taken_away_and_brought_back(self):
        make_context("Islamic State")
        first, second = make_event(contexts=["Mosul"]), make_event(contexts=["Aleppo", "Mosul"])
        page = self.apply("add_contexts", first, second, contexts="Islamic State")
        self.assertContains(page, "2 entries were changed")
        self.assertEqual(names(second), ["Aleppo", "Mosul", "Islamic State"])
        self.assertEqual(first.revisions.first().note, "Add contexts: Islamic State")
        self.assertContains(self.undo(), "2 events are as before.")
        self.assertEqual((names(first), names(second)), (["Mosul"], ["Aleppo", "Mosul"]))
        self.assertEqual(Event.objects.get(pk=first.pk).version, 3)
        # A second time nothing happens.
        self.undo()
        self.assertEqual(Event.objects.get(pk=first.pk).version, 3)
        first, second = Event.objects.order_by("pk")
        self.apply("remove_contexts", first, second, contexts="Mosul")
        self.assertEqual((names(first), names(second)), ([], ["Aleppo"]))

    def test_four_eyes_leave_what_is_published_alone(self):
        live, draft = make_event("Live"), make_event("Draft", state="draft")
        self.apply("category", live, category=SPORT)
        live.refresh_from_db()
        with self.settings(EVENTS_FOUR_EYES=True):
            page = self.undo()
            self.assertContains(page, "Live: Nothing goes live that only one person has seen.")
            page = self.apply("category", live, draft, category="Law and crime")
            self.assertContains(page, "Live: Nothing goes live that only one person has seen.")
        stored = dict(Event.objects.values_list("headline", "category"))
        self.assertEqual(stored, {"Live": SPORT, "Draft": "Law and crime"})

    def test_what_was_changed_since_is_left_alone_and_told(self):
        seen, stale = make_event("Seen"), make_event("Stale")
        with editing(Event.objects.get(pk=stale.pk)) as changed:
            changed.summary = "Not what was seen."
        self.assertContains(self.look("category", seen, stale, category=SPORT), "Somebody saved it meanwhile")
        page = self.apply("category", seen, stale, category=SPORT)
        self.assertContains(page, "Stale: Somebody saved it meanwhile")
        self.assertEqual(
            dict(Event.objects.values_list("headline", "category")), {"Seen": SPORT, "Stale": ""}
        )
        with editing(Event.objects.get(pk=seen.pk)) as changed:
            changed.summary = "Changed after the change."
        self.assertContains(self.undo(), "Seen: Somebody saved it meanwhile")
        self.assertEqual(Event.objects.get(pk=seen.pk).category, SPORT)

    def test_steps_are_those_of_the_workflow_and_go_back(self):
        ready = make_event("Ready", state="draft", contexts=["Bridges"], **READY)
        bare, live = make_event("Bare", state="draft"), make_event("Live")
        page = self.choose("publish", ready, bare, live)
        self.assertContains(page, "No source is cited.")
        self.assertEqual(len(page.context["not_ready"]), 2)
        self.assertEqual(page.context["ready_rows"], rows(ready))
        self.apply("publish", ready, bare)
        states = dict(Event.objects.values_list("headline", "state"))
        self.assertEqual(states, {"Ready": "published", "Bare": "draft", "Live": "published"})
        self.assertEqual(ready.revisions.first().act, "publish")
        self.undo()
        ready.refresh_from_db()
        self.assertEqual((ready.state, ready.publish_at), ("draft", None))
        self.assertEqual(self.client.get(live.get_absolute_url()).status_code, 200)

    def test_schedule(self):
        event = make_event("Ready", state="draft", contexts=["Bridges"], **READY)
        moment = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
        text = timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S")
        self.assertContains(self.look("schedule", event, publish_at=text), "scheduled")
        self.apply("schedule", event, publish_at=text)
        event.refresh_from_db()
        self.assertEqual((event.state, event.publish_at), ("published", moment))
        self.assertContains(self.look("schedule", event, publish_at="2001-01-01T00:00"), "does not allow")

    def test_reporters_change_only_what_they_may(self):
        self.client.force_login(make_user("Reporter"))
        draft, live = make_event("Draft", state="draft"), make_event("Live")
        self.assertContains(
            self.look("category", draft, live, category=SPORT), "You may not change this entry."
        )
        self.apply("category", draft, live, category=SPORT)
        self.assertEqual(
            dict(Event.objects.values_list("headline", "category")), {"Draft": SPORT, "Live": ""}
        )
        self.assertEqual(self.look("publish", draft).status_code, 403)
        self.client.force_login(self.user)
        self.assertContains(self.client.get(BULK), "Set the category: Sports")

    def test_reporters_do_not_publish_by_taking_back(self):
        live = make_event("Live")
        self.apply("draft", live)
        self.client.force_login(make_user("Reporter"))
        self.assertContains(self.undo(), "You may not change this entry.")
        self.assertEqual(Event.objects.get(pk=live.pk).state, "draft")
        # Nothing was taken back, so that the editor still can.
        self.client.force_login(self.user)
        self.undo()
        self.assertEqual(Event.objects.get(pk=live.pk).state, "published")

    def test_number_is_bounded_and_queries_of_a_look_do_not_grow(self):
        counts = []
        for number in (2, 12):
            events = make_events(number, contexts=["Homs"])
            with self.subTest(number), self.assertNumQueries(6) as queries:
                self.look("category", *events, category=SPORT)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])
        page = self.client.post(
            BULK, {"act": "category", "rows": "x 1 .5 9.9999999999 1.1" * 900, "_look": "1"}
        )
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self.client.post(BULK, {"act": "delete"}).status_code, 403)
