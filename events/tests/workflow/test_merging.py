from datetime import date

from django.core.exceptions import ValidationError
from django.test import TestCase

from events.models import Event
from events.tests.factories import NOW, make_article, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import EditConflict, editing
from events.workflow.merging import merge_events
from events.workflow.transitions import carry_out, open_to


class MergeEventsTests(TestCase):
    def setUp(self) -> None:
        self.stays = make_event(
            "The dam breaks", contexts=["Dams"], sources=[("Reuters", "https://www.reuters.com/dam")]
        )
        self.goes = make_event(
            "A dam has broken",
            date=date(2024, 5, 2),
            contexts=["Dams", "Floods"],
            sources=[("Reuters", "https://reuters.com/dam?utm_source=x"), ("BBC", "https://www.bbc.com/dam")],
        )

    def test_the_one_that_stays_gains_what_it_lacks(self) -> None:
        merge_events(self.goes, into=self.stays, now=NOW)
        self.assertEqual([row.label for row in self.stays.citations.all()], ["Reuters", "BBC"])
        self.assertEqual([row.tag.name for row in self.stays.taggings.all()], ["Dams", "Floods"])
        self.assertEqual(Event.objects.public(now=NOW).get(), self.stays)

    def test_articles_tell_of_the_one_that_stays(self) -> None:
        other = make_event("The valley after the dam")
        one = make_article("What was lost", events=[self.goes, other])
        both = make_article("Twice told", events=[self.stays, self.goes])
        merge_events(self.goes, into=self.stays, now=NOW)
        self.assertEqual([row.event for row in one.coverages.all()], [self.stays, other])
        self.assertEqual([row.event for row in both.coverages.all()], [self.stays])
        snapshot = one.revisions.first().snapshot
        self.assertEqual([row["id"] for row in snapshot["events"]], [self.stays.public_id, other.public_id])

    def test_every_address_leads_to_the_one_that_stays(self) -> None:
        old_path = self.goes.get_absolute_url()
        merge_events(self.goes, into=self.stays, now=NOW)
        for path in (old_path, f"/e/{self.goes.public_id}/"):
            self.assertEqual(self.client.get(path)["Location"], self.stays.get_absolute_url(), path)

    def test_articles_go_on_showing_its_card(self) -> None:
        article = make_article("What was lost", body=f"::: event {self.goes.public_id}\n:::")
        merge_events(self.goes, into=self.stays, now=NOW)
        self.assertContains(self.client.get(article.get_absolute_url()), self.stays.get_absolute_url())

    def test_merging_again_leads_on(self) -> None:
        third = make_event("The valley after the dam", date=date(2024, 5, 3))
        merge_events(self.goes, into=self.stays, now=NOW)
        self.stays.refresh_from_db()
        merge_events(self.stays, into=third, now=NOW)
        response = self.client.get(f"/e/{self.goes.public_id}/")
        self.assertEqual(response["Location"], third.get_absolute_url())

    def test_both_keep_their_history(self) -> None:
        merge_events(self.goes, into=self.stays, now=NOW)
        self.assertEqual(self.goes.revisions.count(), 2)
        self.assertEqual(self.goes.revisions.first().snapshot["headline"], "A dam has broken")
        self.assertEqual(self.stays.revisions.count(), 2)

    def test_an_entry_cannot_be_merged_twice_or_with_itself(self) -> None:
        with self.assertRaises(ValidationError):
            merge_events(self.stays, into=self.stays, now=NOW)
        merge_events(self.goes, into=self.stays, now=NOW)
        with self.assertRaises(ValidationError):
            merge_events(self.goes, into=make_event("Another"), now=NOW)

    def test_a_colleagues_save_is_not_written_over(self) -> None:
        stale = Event.objects.get(pk=self.stays.pk)
        with editing(self.stays, now=NOW):
            self.stays.summary = "Many are safe."
        with self.assertRaises(EditConflict):
            merge_events(self.goes, into=stale, now=NOW)
        self.goes.refresh_from_db()
        self.assertIsNone(self.goes.merged_into_id)

    def test_what_was_merged_never_comes_back(self) -> None:
        merge_events(self.goes, into=self.stays, now=NOW)
        chief = make_user("Chief editor")
        self.assertEqual(open_to(self.goes, chief), [])
        with self.assertRaises(ValidationError):
            carry_out(self.goes, "reinstate", by=chief, now=NOW)
