"""Merging two entries on the desk: found, shown, confirmed; nothing that a colleague saved is lost."""

from unittest.mock import patch

from django.test import TestCase

from events.models import Event
from events.tests.admin.test_events import LIST, DeskTestCase, change
from events.tests.factories import (
    make_article,
    make_context,
    make_cover,
    make_event,
    make_events,
    make_story_line,
)
from events.tests.workflow.test_permissions import make_user
from events.workflow import steering, stories
from events.workflow.edits import editing
from events.workflow.merge_plans import EventMergePlan, plan_event_merge
from events.workflow.merging import merge_events
from events.workflow.permissions import GROUPS

# Session and user, permissions (2), both entries (5, with sources and contexts), what would be moved.
PAIR_QUERIES = 20


def merge_page(event: Event, other: Event) -> str:
    return f"/admin/events/event/{event.pk}/merge/?other={other.public_id}"


class MergeTests(DeskTestCase):
    group = "Chief editor"

    def setUp(self):
        super().setUp()
        self.stays = make_event(
            "The dam breaks", contexts=["Dams"], sources=[("Reuters", "https://www.reuters.com/dam")]
        )
        self.goes = make_event(
            "A dam has <broken>", contexts=["Dams", "Floods"], sources=[("BBC", "https://www.bbc.com/dam")]
        )
        self.page = merge_page(self.stays, self.goes)

    def confirm(self, page=None, **changes):
        """What the button of the page sends."""
        shown = (page or self.client.get(self.page)).context
        data = {"stays": str(shown["stays"].pk), "seen": shown["seen"]}
        return self.client.post(self.page, data | changes)

    def test_both_are_shown_with_what_would_be_moved(self):
        page = self.client.get(self.page)
        for words in (
            "This one stays", "This one goes", "&lt;broken&gt;", "badge-published", "BBC",
            "<mark>Dams</mark>", "Contexts that come along: Floods", "Sources that come along: BBC",
            f"/e/{self.goes.public_id}/ leads to {self.stays.get_absolute_url()}", "It cannot be undone",
        ):  # fmt: skip
            with self.subTest(words):
                self.assertContains(page, words)
        self.assertIsNone(Event.objects.get(pk=self.goes.pk).merged_into)

    def test_confirmed_it_is_merged_and_every_address_leads_there(self):
        answer = self.confirm()
        self.assertEqual(answer["Location"], change(self.stays))
        self.assertContains(self.client.get(answer["Location"]), "has been merged into this entry")
        self.assertEqual([row.label for row in self.stays.citations.all()], ["Reuters", "BBC"])
        self.assertEqual(self.stays.revisions.first().made_by, self.user)
        for path in (f"/e/{self.goes.public_id}/", self.goes.get_absolute_url()):
            self.assertEqual(self.client.get(path)["Location"], self.stays.get_absolute_url(), path)

    def test_the_other_one_may_stay(self):
        page = self.client.get(self.page)
        page = self.client.get(page.context["the_other_way"])
        self.confirm(page)
        self.assertEqual(Event.objects.get(pk=self.stays.pk).merged_into, self.goes)

    def test_what_readers_know_stays_unless_it_is_asked_for(self):
        draft = make_event("A dam", state="draft")
        page = self.client.get(merge_page(draft, self.goes))
        self.assertEqual(page.context["stays"], self.goes)
        self.assertNotContains(page, "cannot read the one that stays")
        page = self.client.get(f"{merge_page(draft, self.goes)}&stays={draft.pk}")
        self.assertContains(page, "cannot read the one that stays")

    def test_what_a_colleague_saved_meanwhile_is_not_merged(self):
        for entry in (self.stays, self.goes):
            page = self.client.get(self.page)
            with editing(Event.objects.get(pk=entry.pk), by=make_user("Editor")) as event:
                event.summary = "Many are safe."
            answer = self.confirm(page)
            self.assertContains(answer, "nothing has been merged", status_code=409)
            self.assertContains(answer, "editor saved this entry", count=1, status_code=409)
            self.assertContains(
                answer, "<mark>safe</mark>" if entry == self.goes else "Many are safe.", status_code=409
            )
            self.assertFalse(Event.objects.exclude(merged_into=None).exists())
            event.revisions.first().made_by.delete()
        self.assertRedirects(self.confirm(answer), change(self.stays))

    def test_nor_what_is_saved_while_it_is_merged(self):
        def merge_too_late(goes: Event, **how) -> Event:
            with editing(Event.objects.get(pk=goes.pk)) as event:
                event.summary = "Many are safe."
            return merge_events(goes, **how)

        with patch("events.admin.event_merges.merge_events", merge_too_late):
            answer = self.confirm()
        self.assertContains(answer, "Many are safe.", status_code=409)
        self.assertEqual(self.stays.citations.count(), 1)

    def test_a_form_that_says_no_versions_merges_nothing(self):
        self.assertEqual(self.confirm(seen="").status_code, 409)
        self.assertEqual(self.client.post(self.page).status_code, 409)

    def test_the_other_entry_is_looked_for(self):
        page = self.client.get(f"/admin/events/event/{self.stays.pk}/merge/", {"other": "broken"})
        self.assertContains(page, f'href="{self.page}"')
        page = self.client.get(f"/admin/events/event/{self.stays.pk}/merge/", {"other": "nothing of it"})
        self.assertContains(page, "No event is found.")
        page = self.client.get(merge_page(self.stays, self.stays))
        self.assertContains(page, "No event is found.")

    def test_what_has_been_merged_is_not_merged_again_and_says_so(self):
        merge_events(self.goes, into=self.stays)
        self.assertRedirects(self.client.get(merge_page(self.goes, self.stays)), change(self.goes))
        self.assertContains(self.client.get(self.page), "No event is found.")
        page = self.client.get(change(self.goes))
        self.assertContains(page, "This entry has been merged into another one.")
        self.assertContains(page, f'href="{change(self.stays)}"')
        self.assertNotContains(page, "/merge/")
        self.assertNotContains(page, "_to_reinstate")

    def test_action_on_exactly_two(self):
        third = make_event("Another")
        for chosen in ([self.stays], [self.stays, self.goes, third]):
            data = {"action": "merge_selected", "_selected_action": [event.pk for event in chosen]}
            self.assertContains(
                self.client.post(LIST, data, follow=True), "Select exactly two entries to merge."
            )
        data["_selected_action"] = [self.stays.pk, self.goes.pk]
        self.assertRedirects(self.client.post(LIST, data), self.page)

    def test_queries_do_not_grow_with_what_hangs_on_the_two(self):
        for number in (1, 20):
            names = [f"Context {place} of {number}" for place in range(number)]
            sources = [(name, f"https://example.org/{name.replace(' ', '-')}") for name in names]
            one, other = (make_event(f"{number} {side}", contexts=names, sources=sources) for side in "ab")
            for event in make_events(number):
                steering.pin(Event.objects.get(pk=other.pk), event)
            self.client.get(merge_page(one, other))
            with self.subTest(number), self.assertNumQueries(PAIR_QUERIES):
                self.client.get(merge_page(one, other))


class MergeRightsTests(TestCase):
    def test_chief_editors_and_administrators(self):
        one, other = make_event("One"), make_event("Two", state="draft")
        for group in GROUPS:
            self.client.force_login(make_user(group))
            may = group in ("Chief editor", "Administrator")
            with self.subTest(group):
                self.assertEqual(self.client.get(merge_page(one, other)).status_code, 200 if may else 403)
                self.assertEqual(self.client.post(merge_page(one, other)).status_code, 409 if may else 403)
                self.assertEqual(f"/{one.pk}/merge/" in self.client.get(change(one)).content.decode(), may)


class PlanTests(TestCase):
    def test_counts_what_is_moved(self):
        stays, goes = (
            make_event("Stays", contexts=["Dams"]),
            make_event(
                "Goes",
                contexts=["Floods", "Dams"],
                sources=[("BBC", "https://bbc.com/1")],
                cover=make_cover(),
            ),
        )
        other, third = make_event("Other"), make_event("Third")
        make_article("What was lost", events=[goes])
        line = make_story_line("Water", ["Dams", "Floods"])
        stories.pin(goes, story_line=line)
        stories.pin(goes, context=make_context("The dam", kind="story"))
        stories.pin(stays, story_line=line)
        for one in (other, third, stays):
            steering.pin(Event.objects.get(pk=goes.pk), one)
        steering.hide(Event.objects.get(pk=stays.pk), third)
        steering.pin(third, Event.objects.get(pk=goes.pk))
        goes, stays = Event.objects.get(pk=goes.pk), Event.objects.get(pk=stays.pk)
        self.assertEqual(
            plan_event_merge(goes, into=stays), EventMergePlan(("BBC",), ("Floods",), True, 1, 1, 1, 1, 1)
        )
        merge_events(goes, into=stays)
        self.assertEqual(stays.citations.count(), 1)
        self.assertEqual(stays.contexts.count(), 2)
        # Its own, that of the other one, and the permanent one of that.
        self.assertEqual(stays.addresses.count(), 3)
        self.assertEqual(stays.turning_points.count(), 2)
        self.assertEqual(stays.choices.count(), 2)
