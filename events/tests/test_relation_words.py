"""Why an event is suggested beside another, in words."""

from django.test import SimpleTestCase

from events.documents.relations import why_words
from events.documents.types import EventRef, RelatedDocument
from events.tests.factories import DAY

EVENT = EventRef("abc", "", DAY, "day", "a-bridge", "A bridge is opened", "", "en", "ltr")


class WhyTests(SimpleTestCase):
    def why(self, **reasons) -> str:
        return why_words(RelatedDocument(EVENT, (), "same-day", **reasons), DAY)

    def test_a_few_names_are_all_told(self):
        self.assertEqual(
            self.why(under=("War", "Syria", "Asia")), "the same day; both under War, Syria, Asia"
        )

    def test_of_many_the_first(self):
        names = tuple(f"Name {number}" for number in range(14))
        told = "the same day; both under Name 0, Name 1, Name 2 and 11 more"
        self.assertEqual(self.why(under=names), told)
        self.assertIn("Name 2 and 1 more", self.why(under=names[:4]))
