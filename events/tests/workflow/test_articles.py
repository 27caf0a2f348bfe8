"""Articles go through the same door as events: versions, revisions, addresses, steps, restoring."""

from datetime import date, timedelta

from django.test import TestCase

from events.models import Address, Article, SiteStamp
from events.tests.factories import NOW, make_article, make_context, make_event, make_profile
from events.tests.workflow.test_permissions import make_user
from events.workflow import contexts, thinning
from events.workflow.article_snapshots import put_bylines, put_coverage, whole_article
from events.workflow.edits import EditConflict, delete, editing
from events.workflow.kinds import content_of
from events.workflow.preview_links import entry_of, make_link
from events.workflow.restoring import restorable, restore
from events.workflow.transitions import carry_out

LATER = NOW + timedelta(days=1)


class ArticleTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.editor = make_user("Editor")
        cls.event = make_event("A bridge is opened")
        cls.other = make_event("A ferry stops")
        cls.profile = make_profile("Rana Haddad")
        cls.article = make_article(
            "What the bridge changes",
            deck="Two towns grow together.",
            body="The *first* day.",
            contexts=["Bridges", "Ferries"],
            events=[cls.event, cls.other],
            by_profiles=[cls.profile],
            notes=[("correction", "The bridge is 300 metres long.")],
            agencies="AFP\n Reuters ",
            now=NOW,
        )

    def test_an_address_under_opinion_and_a_guid_of_its_own(self) -> None:
        self.assertEqual(self.article.get_absolute_url(), "/opinion/2024/05/01/what-the-bridge-changes/")
        self.assertIn(":article/", self.article.guid)
        self.assertEqual(Address.objects.get(article=self.article).entry, self.article)
        self.assertEqual(self.article.agencies, "AFP\nReuters")

    def test_time_alone_makes_it_public(self) -> None:
        waiting = make_article("Tomorrow", publish_at=LATER)
        self.assertNotIn(waiting, Article.objects.public(now=NOW))
        self.assertIn(waiting, Article.objects.public(now=LATER))
        self.assertTrue(waiting.is_public(now=LATER))

    def test_a_second_saver_is_told(self) -> None:
        with editing(self.article, by=self.editor, now=LATER) as article:
            article.deck = "Three towns."
        stale = Article.objects.get(pk=self.article.pk)
        with self.assertRaises(EditConflict) as caught, editing(stale, based_on=1):
            stale.deck = "Four towns."
        self.assertEqual(caught.exception.theirs.snapshot["deck"], "Three towns.")

    def test_an_old_address_stays_its_own(self) -> None:
        with editing(self.article, now=LATER) as article:
            article.slug, article.date = "after-the-bridge", date(2024, 5, 2)
        paths = set(Address.objects.filter(article=self.article).values_list("path", flat=True))
        self.assertEqual(
            paths, {"opinion/2024/05/01/what-the-bridge-changes", "opinion/2024/05/02/after-the-bridge"}
        )
        twin = make_article("What the bridge changes")
        self.assertEqual(twin.slug, "what-the-bridge-changes-2")

    def test_every_write_makes_pages_anew(self) -> None:
        before = SiteStamp.objects.get().serial
        with editing(self.article, now=LATER) as article:
            article.deck = "Anew."
        self.assertGreater(SiteStamp.objects.get().serial, before)

    def test_all_of_it_comes_back(self) -> None:
        before = whole_article(self.article)
        with editing(self.article, now=LATER) as article:
            article.headline, article.body, article.label = "Gone", "", "Breaking"
            article.kind, article.agencies = Article.Kind.REPORT, ""
            article.contexts.put([])
            put_bylines(article, [])
            put_coverage(article, [self.other.public_id])
            article.notes.all().delete()
        names = [part.name for part in restorable(self.editor, self.article)]
        lost = restore(self.article, before, names=names, by=self.editor, now=LATER)
        self.assertEqual(lost, [])
        after = whole_article(Article.objects.get(pk=self.article.pk))
        self.assertEqual(content_of(self.article, after), content_of(self.article, before))
        self.assertEqual(self.article.revisions.count(), 3)

    def test_what_is_gone_is_told(self) -> None:
        before = whole_article(self.article)
        with editing(self.article, now=LATER) as article:
            put_bylines(article, [])
        self.profile.delete()
        delete(self.other)
        lost = restore(self.article, before, names=["bylines", "events"], now=LATER)
        self.assertEqual(len(lost), 2)
        self.assertIn("Rana Haddad", lost[0])

    def test_steps_of_the_workflow(self) -> None:
        draft = make_article("Draft", state="draft", by=self.editor)
        carry_out(draft, "submit", by=self.editor)
        carry_out(draft, "approve", by=self.editor)
        self.assertEqual(draft.state, "approved")
        with editing(draft, by=self.editor) as article:
            article.deck = "Changed after it was approved."
        self.assertEqual(Article.objects.get(pk=draft.pk).state, "in_review")

    def test_secret_links_open_articles(self) -> None:
        draft = make_article("Draft", state="draft")
        secret = make_link(draft, by=self.editor, now=NOW)
        self.assertEqual(entry_of(secret, now=NOW), draft)
        self.assertIsNone(entry_of(secret, now=NOW + timedelta(days=8)))

    def test_merged_contexts_move(self) -> None:
        into = make_context("Crossings")
        loser = self.article.contexts.get(name="Ferries")
        contexts.merge([loser], into=into, by=self.editor)
        names = [row.tag.name for row in self.article.taggings.select_related("tag")]
        self.assertEqual(names, ["Bridges", "Crossings"])
        self.assertEqual(self.article.revisions.first().snapshot["contexts"], names)

    def test_old_revisions_are_thinned(self) -> None:
        draft = make_article("Draft", state="draft", now=NOW)
        for minute in range(1, 5):
            with editing(draft, now=NOW + timedelta(minutes=minute)) as article:
                article.deck = f"Deck {minute}"
        looked, gone = map(sum, zip(*thinning.thin(now=NOW + timedelta(days=60)), strict=True))
        self.assertEqual((looked, gone), (1, 3))
        self.assertEqual(list(draft.revisions.values_list("version", flat=True)), [5, 1])

    def test_a_label_goes_by_itself(self) -> None:
        article = make_article("Storm", label="Breaking", label_until=LATER)
        self.assertEqual(article.label_at(NOW), "Breaking")
        self.assertEqual(article.label_at(LATER), "")
