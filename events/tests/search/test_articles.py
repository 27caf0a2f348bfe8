"""Signed articles are found beside events, by the same words and filters, and only what is public."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import TestCase

from events import derived
from events.models import Article, Context
from events.tests.factories import NOW, make_article, make_context, make_event, make_profile
from events.workflow import contexts
from events.workflow.edits import delete, editing

LATER = datetime(2030, 1, 1, tzinfo=UTC)


class ArticleSearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.rana = make_profile("Rana Haddad")
        make_context("Harbour strike", aliases=["Dock walkout"])
        cls.article = make_article(
            "What the bridge changes",
            deck="Two towns grow together.",
            body="The ferry was Shi’ite property.[^1]\n\n[^1]: [A paper](https://e.org/)",
            contexts=["Harbour strike"],
            by_profiles=[cls.rana],
        )
        # Bylines are written after the first revision.
        with editing(cls.article, now=NOW):
            pass
        cls.event = make_event(
            "A bridge is opened", contexts=["Harbour strike"], sources=[("BBC", "https://bbc.com/1")]
        )

    def found(self, **query: str) -> list[str]:
        data = self.client.get("/search/index.json", query).json()
        return [row["headline"] for row in data.get("articles", ())]

    def test_by_every_part(self):
        for words in (
            "bridge",
            '"towns grow"',
            "ferry",
            "Shi'ite",
            "haddad",
            "dock walkout",
            "bridge -tunnel",
        ):
            self.assertEqual(self.found(q=words), ["What the bridge changes"], words)
        for words in ("tunnel", "bridge -ferry", "e.org"):
            self.assertEqual(self.found(q=words), [], words)

    def test_narrowed_as_events_are(self):
        self.assertTrue(self.found(q="bridge", context="harbour-strike"))
        self.assertTrue(self.found(context="harbour-strike"))
        self.assertTrue(self.found(**{"q": "bridge", "from": "2024-05-01", "to": "2024-05-01"}))
        self.assertFalse(self.found(**{"q": "bridge", "from": "2024-05-02"}))
        # An article cites no publisher.
        self.assertFalse(self.found(q="bridge", source="bbc.com"))

    def test_page_and_markdown(self):
        page = self.client.get("/search/?q=bridge")
        self.assertContains(page, self.article.get_absolute_url())
        self.assertContains(page, self.event.get_absolute_url())
        self.assertContains(self.client.get("/search/index.md?q=bridge"), "What the bridge changes")
        self.assertContains(self.client.get("/search/index.xml?q=bridge"), "What the bridge changes")

    def test_articles_alone_are_an_answer(self):
        page = self.client.get("/search/?q=ferry")
        self.assertContains(page, "What the bridge changes")
        self.assertNotContains(page, "Nothing found")

    def test_only_what_is_public_and_time_alone_shows_it(self):
        make_article("A bridge of drafts", state="draft")
        make_article("A bridge to come", publish_at=LATER)
        self.assertEqual(self.found(q="bridge"), ["What the bridge changes"])
        with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
            self.assertEqual(set(self.found(q="bridge")), {"A bridge to come", "What the bridge changes"})

    def test_writes_keep_the_index_true(self):
        with editing(self.article) as article:
            article.headline = "What the tunnel changes"
        self.assertEqual(self.found(q="tunnel"), ["What the tunnel changes"])
        self.assertEqual(self.found(q="bridge"), [])
        contexts.rename(
            Context.objects.get(name="Harbour strike"), "Port dispute", slug="port-dispute", now=NOW
        )
        self.assertTrue(self.found(q='"port dispute"'))
        with editing(Article.objects.get(pk=self.article.pk)) as article:
            article.state = Article.State.DRAFT
            article.publish_at = None
        self.assertEqual(self.found(q="tunnel"), [])

    def test_deleted_and_rebuilt(self):
        list(derived.rebuild())
        self.assertTrue(self.found(q="ferry"))
        delete(self.article)
        self.assertEqual(self.found(q="ferry"), [])

    def test_queries_do_not_grow_with_the_articles(self):
        for number in (1, 9):
            for place in range(number):
                make_article(f"Harbour {number} {place}", by_profiles=[self.rana])
            with self.assertNumQueries(11):
                self.client.get("/search/?q=harbour")
