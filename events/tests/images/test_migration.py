"""Pictures of older databases keep the files that their pages link."""

from importlib import import_module

from django.test import SimpleTestCase

from events.images.listing import read_listing

framing = import_module("events.migrations.0015_picture_framing")

ROWS = [
    {
        "name": f"renditions/ab/abc-full-{width}.{extension}",
        "ratio": "full",
        "width": width,
        "height": width // 2,
        "type": kind,
        "bytes": width,
    }
    for width in (480, 960)
    for extension, kind in (("jpg", "image/jpeg"), ("webp", "image/webp"))
]


class ListingMigrationTests(SimpleTestCase):
    def test_files_stay_the_same(self):
        listing = framing.as_listing(ROWS)
        self.assertEqual([found._asdict() for found in read_listing(listing)], [dict(row) for row in ROWS])

    def test_there_and_back(self):
        self.assertEqual(framing.as_rows(framing.as_listing(ROWS)), ROWS)
        self.assertEqual(framing.as_rows(framing.as_listing([])), [])
