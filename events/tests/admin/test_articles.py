"""The articles' desk: the form with its lines, the one write door, checks, merge page, drafts, history."""

from django.test import TestCase

from events.models import Article, FrontSlot, OverruledWarning, Profile
from events.tests.admin.test_events import form_of
from events.tests.factories import make_article, make_event, make_profile
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import editing

LIST, ADD = "/admin/events/article/", "/admin/events/article/add/"
TEXT = "Said in Homs.[^1]\n\n[^1]: [A paper](https://paper.example/1)\n"


def change(article: Article) -> str:
    return f"/admin/events/article/{article.pk}/change/"


class ArticleDeskTestCase(TestCase):
    group = "Editor"

    @classmethod
    def setUpTestData(cls):
        cls.user = make_user(cls.group)

    def setUp(self):
        self.client.force_login(self.user)

    def add(self, **changes):
        return self.client.post(ADD, form_of(self.client.get(ADD)) | changes)

    def edit(self, article: Article, **changes):
        return self.client.post(change(article), form_of(self.client.get(change(article))) | changes)


class WritingTests(ArticleDeskTestCase):
    def test_all_parts_are_written_as_one_revision(self):
        first, second = make_event("The first"), make_event("The second")
        make_profile("Rana Haddad")
        answer = self.add(
            headline="What both have in common", date="2024-05-02", deck="In one sentence.", body=TEXT,
            byline_names="Rana Haddad\n+ Anna Example | photographs",
            event_names=f"{second.public_id} whatever\n{first.get_absolute_url()}",
            agencies="AFP\nReuters", section="Middle East", label="Breaking news", kind="opinion",
            label_until="2030-01-01T10:00",
        )  # fmt: skip
        self.assertRedirects(answer, LIST)
        article = Article.objects.get()
        self.assertEqual(
            [(str(row), row.role) for row in article.bylines.all()],
            [("Rana Haddad", ""), ("Anna Example", "photographs")],
        )
        self.assertEqual([row.event for row in article.coverages.all()], [second, first])
        self.assertEqual((article.version, article.revisions.get().made_by), (1, self.user))
        # Saved again as it is shown, it says the same.
        before = article.revisions.get().snapshot
        self.edit(article)
        after = article.revisions.first().snapshot
        self.assertEqual({**before, "edited_at": ""}, {**after, "edited_at": ""})

    def test_lines_that_name_nobody_are_told(self):
        answer = self.add(headline="X", date="2024-05-02", byline_names="Nobody", event_names="zzzz nothing")
        self.assertContains(answer, "No profile is called “Nobody”")
        self.assertContains(answer, "No event has this id or address: zzzz")
        self.assertFalse(Article.objects.exists())

    def test_who_shares_a_name_is_told_by_the_slug(self):
        one, two = make_profile("Rana Haddad"), make_profile("Rana Haddad")
        answer = self.add(headline="X", date="2024-05-02", byline_names="Rana Haddad")
        self.assertContains(answer, f"{one.slug}, {two.slug}")
        self.add(headline="X", date="2024-05-02", byline_names=two.slug)
        article = Article.objects.get()
        self.assertEqual(article.profiles.get(), two)
        self.edit(article, deck="Y")
        self.assertEqual(Article.objects.get(deck="Y").profiles.get(), two)

    def test_reporters_make_no_profiles(self):
        self.client.force_login(make_user("Reporter"))
        answer = self.add(headline="X", date="2024-05-02", byline_names="+ Anna Example")
        self.assertContains(answer, "You may not make new profiles")
        self.assertFalse(Profile.objects.exists())

    def test_notes_to_readers(self):
        article = make_article()
        notes = {
            "notes-TOTAL_FORMS": "1", "notes-0-kind": "correction", "notes-0-text": "It was Tuesday.",
            "notes-0-noted_at": "2024-05-03T10:00",
        }  # fmt: skip
        self.edit(article, **notes)
        self.assertEqual(article.notes.get().text, "It was Tuesday.")
        self.assertEqual(article.revisions.first().snapshot["notes"][0]["text"], "It was Tuesday.")

    def test_queries_of_the_list_do_not_grow(self):
        counts = []
        for number in (1, 9):
            for place in range(number):
                make_article(f"{number} {place}", contexts=["Homs"], by_profiles=[make_profile()])
            with self.assertNumQueries(10) as found:
                self.client.get(LIST)
            counts.append(len(found))
        self.assertEqual(counts[0], counts[1])

    def test_preview_in_every_format(self):
        article = make_article("In three ways", body=TEXT)
        data = form_of(self.client.get(change(article)), deck="A deck not saved")
        for kind in ("page", "md", "json", "xml", "ninjs", "jsonld", "feed-rss", "feed-json", "found"):
            with self.subTest(kind):
                answer = self.client.post(f"{LIST}{article.pk}/preview/", data | {"_preview_as": kind})
                self.assertContains(answer, "A deck not saved")
        self.assertEqual(Article.objects.get().deck, "")


class PublishingTests(ArticleDeskTestCase):
    def test_an_article_without_text_is_not_published(self):
        article = make_article(state="draft", body="")
        answer = self.edit(
            article, _to_publish="1", _overrule=["no-deck", "no-author", "no-event", "no-context"]
        )
        self.assertContains(answer, "The article has no text.")
        self.assertEqual(Article.objects.get().state, "draft")

    def test_warnings_are_overruled_and_kept(self):
        article = make_article(state="draft", body=TEXT)
        self.assertContains(self.edit(article, _to_publish="1"), "Nobody is named as the author.")
        self.edit(article, _to_publish="1", _overrule=["no-deck", "no-author", "no-event", "no-context"])
        self.assertTrue(Article.objects.get().is_public())
        self.assertEqual(OverruledWarning.objects.filter(revision__article=article).count(), 4)
        self.assertContains(self.client.get(article.get_absolute_url()), "Said in Homs.")

    def test_checks_beside_the_form(self):
        article = make_article(state="draft")
        data = form_of(self.client.get(change(article)), body="", byline_names="+ Anna")
        answer = self.client.post(f"{LIST}{article.pk}/checks/", data)
        self.assertContains(answer, "The article has no text.")
        self.assertNotContains(answer, "Nobody is named")

    def test_front_page_slot(self):
        make_article("Read me first")
        self.client.post(
            "/admin/events/frontslot/add/",
            {"article": Article.objects.get().pk, "position": "1", "until": ""},
        )
        self.assertEqual(FrontSlot.objects.get().position, 1)
        self.assertContains(self.client.get("/"), "Read me first")


class ColleaguesTests(ArticleDeskTestCase):
    def test_two_editors_are_joined(self):
        event = make_event("The event")
        article = make_article(deck="One. Two.", body=TEXT, by_profiles=[make_profile("Rana Haddad")])
        mine = form_of(self.client.get(change(article)))
        mine |= {"deck": "One. Two, mine.", "byline_names": "Rana Haddad\n+ Anna Example"}
        with editing(Article.objects.get(), by=make_user("Chief editor")) as theirs:
            theirs.deck = "One, theirs. Two."
            theirs.coverages.create(event=event)
        answer = self.client.post(change(article), mine)
        self.assertEqual(answer.status_code, 409)
        self.assertContains(answer, "Joined", status_code=409)
        hidden = dict(answer.context["hidden"])
        merged = {"seen_version": "2", "_merge": "1", "_merge_and_save": "1"}
        merged |= {f"_take_{part.name}": part.taken for part in answer.context["joined"]}
        self.assertEqual(answer.context["asked"], [])
        self.client.post(change(article), hidden | merged)
        article = Article.objects.get()
        self.assertEqual(article.deck, "One, theirs. Two, mine.")
        self.assertEqual([str(row) for row in article.bylines.all()], ["Rana Haddad", "Anna Example"])
        self.assertEqual(article.events.get(), event)

    def test_draft_revision_of_a_live_article(self):
        article = make_article(
            deck="Live", body=TEXT, by_profiles=[make_profile()], events=[make_event()],
            notes=[("correction", "It was Tuesday.")],
        )  # fmt: skip
        self.edit(article, deck="Drafted", _keep_draft="1")
        self.assertEqual(Article.objects.get().deck, "Live")
        opened = self.client.post(change(article), {"_open_draft": "1", "based_on": "1"})
        data = form_of(opened)
        self.assertEqual(data["deck"], "Drafted")
        self.assertContains(self.client.get(f"{LIST}{article.pk}/draft/"), "Drafted")
        self.client.post(change(article), data)
        stored = Article.objects.get()
        self.assertEqual((stored.deck, stored.bylines.count(), stored.coverages.count()), ("Drafted", 1, 1))
        self.assertEqual(stored.notes.get().text, "It was Tuesday.")

    def test_unsaved_text_is_kept_and_restored(self):
        article = make_article(state="draft")
        data = form_of(self.client.get(change(article)), deck="Not saved")
        self.client.post(f"{LIST}{article.pk}/autosave/", data)
        slot = self.client.get(change(article)).context["unsaved"].slot
        restored = self.client.post(change(article), {"_unsaved_restore": slot})
        self.assertEqual(form_of(restored)["deck"], "Not saved")

    def test_history_and_a_former_version(self):
        article = make_article(deck="First", by_profiles=[make_profile()])
        with editing(Article.objects.get()) as written:
            written.deck = "Second"
            written.bylines.all().delete()
        address = f"/admin/events/revision/of/article/{article.pk}/"
        self.assertRedirects(self.client.get(f"{LIST}{article.pk}/history/"), address)
        page = self.client.get(f"{address}?old=1&new=2")
        self.assertContains(page, "<del>First</del>", html=True)
        self.client.post(f"{address}restore/", {"version": "1", "based_on": "2", "part": "bylines"})
        stored = Article.objects.get()
        self.assertEqual((stored.deck, stored.bylines.count()), ("Second", 1))
        self.assertEqual(self.client.get("/admin/events/revision/of/profile/1/").status_code, 404)


class SuggestionsTests(ArticleDeskTestCase):
    def test_events_and_profiles_are_found(self):
        event = make_event("Explosions in Homs", state="draft")
        make_profile("Rana Haddad")
        found = self.client.get("/admin/events/event/suggest/?q=homs").json()["results"]
        self.assertEqual([row["name"] for row in found], [f"{event.public_id} Explosions in Homs"])
        found = self.client.get("/admin/events/profile/suggest/?q=rana | maps").json()["results"]
        self.assertEqual([row["name"] for row in found], ["Rana Haddad | maps"])
        self.assertEqual(self.client.get("/admin/events/event/suggest/").json(), {"results": []})
