"""The index of sitemaps names pages that are there."""

from django.test import TestCase

from events.documents.sitemaps import SHARD_ROWS
from events.models import Context
from events.tests.factories import make_context, make_event


class ShardTests(TestCase):
    def test_only_parts_that_hold_a_page_are_named(self) -> None:
        # Keys of rows long gone leave whole ranges empty.
        far = make_context("Lighthouses", pk=3 * SHARD_ROWS)
        make_event("A light goes on", contexts=[far])
        index = self.client.get("/sitemap.xml").text
        self.assertIn("/sitemap-contexts-4.xml", index)
        for number in (1, 2, 3):
            self.assertNotIn(f"/sitemap-contexts-{number}.xml", index)
        self.assertContains(self.client.get("/sitemap-contexts-4.xml"), "/contexts/lighthouses/")
        self.assertEqual(Context.objects.public().count(), 1)
