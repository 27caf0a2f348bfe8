from django.test import SimpleTestCase, TestCase

from events.models import Context, ContextPair
from events.tests.factories import make_context
from events.workflow.context_pairs import differ_little, distance, find_pairs, spelling_keys


def found() -> dict[tuple[str, str], str]:
    for _step in find_pairs():
        pass
    rows = ContextPair.objects.select_related("one", "other")
    return {(row.one.name, row.other.name): row.reason for row in rows}


class SpellingTests(SimpleTestCase):
    def test_letters_apart(self):
        self.assertEqual(distance("damascus", "damasucs", most=2), 1)
        self.assertEqual(distance("kitten", "sitting", most=3), 3)
        self.assertFalse(differ_little("resolution2254", "resolution2255"))
        self.assertFalse(differ_little("iran", "iraq"))

    def test_names_a_letter_apart_share_a_piece(self):
        name = "ceasefire"
        letters = range(len(name))
        others = {
            *(name[:at] + name[at + 1 :] for at in letters),
            *(name[:at] + "x" + name[at:] for at in (*letters, len(name))),
            *(name[:at] + "x" + name[at + 1 :] for at in letters),
        }
        for other in others:
            with self.subTest(other):
                self.assertTrue(differ_little(name, other))
                self.assertTrue(set(spelling_keys(name)) & set(spelling_keys(other)))


class PairTests(TestCase):
    def test_what_may_be_one_is_found_by_its_reason(self):
        for name in ("Protest", "Protests", "Bashar al-Assad", "Assad, Bashar al", "Iran", "Iraq"):
            make_context(name)
        make_context("Muammar Gaddafi")
        make_context("Libyan leader", aliases=["Muamar Gadafi"])
        make_context("Turkey", wikidata="Q43")
        make_context("Anatolia", wikidata="Q43")
        self.assertEqual(
            found(),
            {
                ("Turkey", "Anatolia"): "id",
                ("Protest", "Protests"): "words",
                ("Bashar al-Assad", "Assad, Bashar al"): "words",
                ("Muammar Gaddafi", "Libyan leader"): "spelling",
            },
        )

    def test_decisions_stay_and_pairs_that_are_none_go(self):
        for name in ("Protest", "Protests", "Election", "Elections"):
            make_context(name)
        self.assertEqual(len(found()), 2)
        ContextPair.objects.filter(one__name="Protest").update(are_two=True)
        Context.objects.get(name="Elections").delete()
        self.assertEqual(list(found()), [("Protest", "Protests")])
        self.assertTrue(ContextPair.objects.get().are_two)
        Context.objects.get(name="Protests").delete()
        self.assertEqual(found(), {})
