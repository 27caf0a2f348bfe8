"""Articles in the ranking: what one article tells of together belongs together."""

from datetime import timedelta

from django.test import TestCase

from events.models import Event
from events.related import Suggestion, related_to, related_to_many
from events.related.candidates import IN_ARTICLES, ONE
from events.tests.factories import DAY, NOW, make_article, make_event, make_events
from events.workflow.edits import editing


class CoveredTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.bridge = make_event("A bridge is opened over the Tay", contexts=["Crossings"])
        cls.ferry = make_event("The last ferry over the Tay stops", contexts=["Crossings"])
        cls.toll = make_event("A toll for the bridge over the Tay", contexts=["Crossings", "Tolls"])
        cls.strike = make_event("Pilots walk out", date=DAY - timedelta(days=90), contexts=["Unions"])

    def found(self, event: Event, *, now=NOW) -> dict[int, Suggestion]:
        return {each.pk: each for each in related_to(event, limit=10, now=now)}

    def test_it_moves_up_and_says_why(self) -> None:
        before = self.found(self.bridge)
        self.assertFalse(any(each.is_covered for each in before.values()))
        last = list(before)[-1]
        make_article(events=[self.bridge, Event.objects.get(pk=last)])
        after = self.found(self.bridge)
        self.assertEqual(next(iter(after)), last)
        self.assertTrue(after[last].is_covered)
        self.assertEqual(after[last].signals.covered, 1)
        page = self.client.get(self.bridge.get_absolute_url())
        self.assertContains(page, "told in the same article")

    def test_what_shares_no_word_is_found_too(self) -> None:
        self.assertNotIn(self.strike.pk, self.found(self.bridge))
        article = make_article(events=[self.bridge, self.strike])
        self.assertTrue(self.found(self.bridge)[self.strike.pk].is_covered)
        self.assertIn(self.bridge.pk, self.found(self.strike))
        many = related_to_many([self.ferry, self.strike], limit=3, now=NOW)
        self.assertEqual([each.pk for each in many[self.strike.pk]], [self.bridge.pk])
        with editing(article):
            article.coverages.filter(event=self.strike).delete()
        self.assertNotIn(self.strike.pk, self.found(self.bridge))

    def test_only_public_articles_and_events_count(self) -> None:
        draft = make_event("Surveyors return", state="draft")
        make_article("Not yet", state="draft", events=[self.bridge, self.strike])
        soon = NOW + timedelta(hours=1)
        self.assertNotIn(self.strike.pk, self.found(self.bridge))
        make_article("Soon", publish_at=soon, events=[self.bridge, self.strike, draft])
        self.assertNotIn(self.strike.pk, self.found(self.bridge))
        later = self.found(self.bridge, now=soon)
        self.assertIn(self.strike.pk, later)
        self.assertNotIn(draft.pk, later)
        self.assertIn(self.bridge.pk, self.found(draft, now=soon))

    def test_no_query_more(self) -> None:
        make_article(events=[self.bridge, self.strike, *make_events(30, contexts=[])])
        with self.assertNumQueries(3):
            found = related_to(self.bridge, limit=50, now=NOW)
        self.assertLessEqual(len(found), ONE.kept + IN_ARTICLES)
        events = list(Event.objects.for_list())
        with self.assertNumQueries(2):
            related_to_many(events, limit=3, now=NOW)
