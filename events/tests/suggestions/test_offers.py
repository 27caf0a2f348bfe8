from django.test import TestCase

from events.suggestions import offers_for
from events.tests.factories import NOW, make_context, make_event, make_events


class OffersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for number in range(3):
            make_event(f"Siege {number}", contexts=["Homs", "Syrian Civil War", "Refugees"])
        make_context("Damascus", aliases=["Dimashq"])

    def test_named_first_then_usual_companions(self):
        texts = {"headline": "Truce in Homs", "summary": "Talks in *Dimashq* and Homs."}
        offers = offers_for(texts, now=NOW)
        self.assertEqual(
            [(named.context.name, named.field, named.words, named.is_alias) for named in offers.named],
            [("Homs", "headline", "Homs", False), ("Damascus", "summary", "Dimashq", True)],
        )
        self.assertEqual({row.context.name for row in offers.together}, {"Syrian Civil War", "Refugees"})

    def test_carried_contexts_are_not_offered_and_have_companions(self):
        offers = offers_for({"headline": "A truce"}, now=NOW, carried=["homs", "Refugees", "Nobody's"])
        self.assertEqual(offers.named, ())
        self.assertEqual([row.context.name for row in offers.together], ["Syrian Civil War"])
        self.assertEqual(offers_for({"headline": "Homs"}, now=NOW, carried=["Homs"]).named, ())

    def test_two_queries_whatever_the_text(self):
        make_events(20, contexts=["Homs", "Bridges"])
        for text in ("Homs", "Homs and Damascus and Bridges and Refugees " * 30):
            with self.assertNumQueries(2):
                offers_for({"headline": text, "summary": text}, now=NOW, carried=["Refugees"])
        with self.assertNumQueries(1):
            offers_for({"headline": "Nothing known"}, now=NOW)
        with self.assertNumQueries(0):
            self.assertEqual(offers_for({"headline": " "}, now=NOW).named, ())
