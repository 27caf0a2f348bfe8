from django.test import TestCase

from events.importers.entries import described
from events.importers.records import CoverRecord
from events.models import Image


class ImageTests(TestCase):
    def test_words_are_put_in_order_as_those_of_imported_pictures_are(self) -> None:
        Image.objects.create(
            source_url="https://images.example.com/a.jpg",
            alt="A canal,\r\nat noon ",
            caption="One line,\r\nanother. ",
            people="Ada Reed\r\nBen Okri",
        )
        found = Image.objects.get()
        self.assertEqual(found.alt, "A canal, at noon")
        self.assertEqual((found.caption, found.people), ("One line,\nanother.", "Ada Reed\nBen Okri"))

    def test_those_of_a_picture_that_an_import_only_links(self) -> None:
        record = CoverRecord(source_url="https://images.example.com/a.jpg", alt="A canal,\nat noon")
        self.assertEqual(described(record).alt, "A canal, at noon")
