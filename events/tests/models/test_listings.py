"""Listings have no foreign keys of the database's own, so that deleting has to take them along."""

from django.test import TestCase

from events.models import ContextListing, Event, PublisherListing
from events.tests.factories import make_event


class DeletionTests(TestCase):
    def setUp(self) -> None:
        self.event = make_event(contexts=["Bridge"], sources=[("BBC", "https://bbc.com/1")])

    def listed(self) -> tuple[int, int]:
        return ContextListing.objects.count(), PublisherListing.objects.count()

    def test_deleted_event_leaves_no_listing(self) -> None:
        self.assertEqual(self.listed(), (1, 1))
        Event.objects.filter(pk=self.event.pk).delete()
        self.assertEqual(self.listed(), (0, 0))

    def test_deleted_context_leaves_no_listing(self) -> None:
        self.event.contexts.get().delete()
        self.assertEqual(self.listed(), (0, 1))
