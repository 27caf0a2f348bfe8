"""What contexts give to vectors, the same from a file, an edit and a rebuild."""

from django.test import SimpleTestCase, TestCase

from events import derived
from events.related.family import Family
from events.tests.factories import make_context
from events.tests.importers.files import import_lines
from events.tests.related.test_tables import everything

WORDS = "alder birch cedar elm fir hazel holly larch lime maple oak pine rowan spruce thorn walnut willow yew"


class FamilyTests(SimpleTestCase):
    def test_names_come_in_one_order(self):
        (one,) = Family({1: ["Trees", "Plants"]}, ()).names_of({1: ("Wood", "Forest", "Copse")})
        (other,) = Family({1: ["Plants", "Trees"]}, ()).names_of({1: ("Wood", "Copse", "Forest")})
        self.assertEqual(one, other)
        self.assertEqual(
            (one.name, one.aliases, one.parents), ("Wood", ["Copse", "Forest"], ["Plants", "Trees"])
        )


class ImportTests(TestCase):
    def test_import_keeps_the_words_of_a_long_entry_that_a_rebuild_does(self):
        """More words than are compared, of which those of aliases weigh the same."""
        make_context("Wood", aliases=[f"{word} {word}land" for word in reversed(WORDS.split())])
        headline = " ".join(f"{word}yard" for word in WORDS.split())
        import_lines({"id": "1", "date": "2024-05-01", "headline": headline, "contexts": ["Wood"]})
        before = everything()
        list(derived.rebuild())
        self.assertEqual(everything(), before)
