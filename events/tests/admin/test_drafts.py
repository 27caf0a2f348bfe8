"""A published entry is changed as a draft revision: readers see nothing of it until somebody publishes it."""

from datetime import timedelta
from unittest.mock import patch

from django.test import override_settings
from django.utils import timezone

from events.models import Context, DraftRevision, Event, Image
from events.tests.admin.test_events import LIST, DeskTestCase, change, form_of
from events.tests.factories import NOW, make_context, make_cover, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import editing


class DraftTestCase(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.reporter = make_user("Reporter")
        make_context("Homs")
        cls.event = make_event(
            "Live text",
            contexts=["Homs"],
            sources=[("R", "https://r.example/"), ("S", "https://s.example/")],
            cover=make_cover(),
            now=NOW,
        )

    def propose(self, **changes: str):
        page = self.client.get(change(self.event))
        return self.client.post(change(self.event), form_of(page, _keep_draft="1", **changes))

    def press(self, button: str):
        return self.client.post(change(self.event), {button: "1"})

    def stored(self) -> Event:
        return Event.objects.get(pk=self.event.pk)

    def public(self) -> str:
        return self.client.get(self.event.get_absolute_url()).content.decode()


class LifeTests(DraftTestCase):
    def test_kept_shown_published_as_a_minor_edit(self):
        self.client.force_login(self.reporter)
        answer = self.propose(headline="Better text", revision_note="clearer", **{"citations-0-DELETE": "on"})
        self.assertRedirects(answer, change(self.event))
        self.assertEqual((self.stored().headline, self.stored().version), ("Live text", 1))
        self.assertEqual(self.stored().citations.count(), 2)
        self.assertNotIn("Better text", self.public())

        self.client.force_login(self.user)
        for page in (
            LIST,
            change(self.event),
            f"{LIST}queues/",
            f"/admin/events/revision/of/event/{self.event.pk}/",
        ):
            self.assertContains(self.client.get(page), "raft revision")
        self.assertContains(self.client.get(f"{LIST}queues/"), "clearer")
        self.assertContains(
            self.client.get(f"{LIST}{self.event.pk}/draft/"), "<del>Live </del><ins>Better </ins>text"
        )
        page = self.press("_open_draft")
        self.assertContains(page, "This is the draft revision, not what readers see.")
        self.assertNotContains(page, "_to_retract")
        data = form_of(page)
        self.assertEqual((data["headline"], data["revision_note"]), ("Better text", "clearer"))
        self.client.post(change(self.event), data | {"citations-1-DELETE": "on", "_save": "1"})
        event = self.stored()
        self.assertEqual((event.headline, event.version, event.updated_at), ("Better text", 2, None))
        self.assertEqual([row.label for row in event.citations.all()], ["S"])
        self.assertFalse(DraftRevision.objects.exists())
        self.assertEqual(event.revisions.first().made_by, self.user)
        self.assertIn("Better text", self.public())

    def test_published_as_a_significant_update(self):
        self.propose(headline="Better text")
        data = form_of(self.press("_open_draft"))
        self.client.post(change(self.event), data | {"is_significant": "on", "revision_note": ""})
        self.assertIsNotNone(self.stored().updated_at)
        self.assertEqual(self.stored().revisions.first().note, "Draft revision published")

    def test_sources_are_joined_not_doubled(self):
        self.propose(**{"citations-1-quote": "Said so."})
        self.client.post(change(self.event), form_of(self.press("_open_draft")))
        rows = list(self.stored().citations.values_list("label", "quote"))
        self.assertEqual(rows, [("R", ""), ("S", "Said so.")])

    def test_discard(self):
        self.propose(headline="Better text")
        self.assertRedirects(self.press("_discard_draft"), change(self.event))
        self.assertFalse(DraftRevision.objects.exists())
        self.assertEqual(self.stored().version, 1)
        self.assertRedirects(self.press("_open_draft"), change(self.event))

    def test_words_that_came_to_the_cover_meanwhile_stay(self):
        self.propose(headline="Better text")
        Image.objects.filter(pk=self.event.cover_id).update(caption="Right", focal_x=0.9)
        opened = form_of(self.press("_open_draft"))
        self.client.post(change(self.event), opened | {"_save": "1"})
        self.assertEqual(self.stored().headline, "Better text")
        self.assertEqual((self.stored().cover.caption, self.stored().cover.focal_x), ("Right", 0.9))

    def test_words_of_the_cover_that_the_draft_changes_are_published_with_it(self):
        self.propose(cover_caption="Of the draft")
        self.client.post(change(self.event), form_of(self.press("_open_draft")) | {"_save": "1"})
        self.assertEqual(self.stored().cover.caption, "Of the draft")

    def test_goes_with_the_entry_and_keeps_its_picture(self):
        self.propose(headline="Better text")
        self.assertEqual(DraftRevision.objects.get().snapshot["cover"]["id"], self.event.cover_id)
        self.stored().delete()
        self.assertFalse(DraftRevision.objects.exists())

    def test_new_contexts_and_pictures_are_made_when_it_is_published(self):
        pictures = Image.objects.count()
        self.propose(
            context_names="Homs\n+ Aleppo", cover="", cover_source_url="https://pictures.example/1.jpg"
        )
        self.assertFalse(Context.objects.filter(name="Aleppo").exists())
        self.assertEqual(Image.objects.count(), pictures)
        self.client.post(change(self.event), form_of(self.press("_open_draft")))
        names = [row.tag.name for row in self.stored().taggings.select_related("tag")]
        self.assertEqual(names, ["Homs", "Aleppo"])
        self.assertEqual(self.stored().cover.source_url, "https://pictures.example/1.jpg")

    def test_mistakes_are_told_first(self):
        answer = self.propose(date="2024-02-30")
        self.assertContains(answer, "Enter a valid date.")
        self.assertFalse(DraftRevision.objects.exists())


class ConflictTests(DraftTestCase):
    def test_live_text_changed_since_leads_to_the_merge_page(self):
        self.propose(headline="Better text")
        with editing(self.stored()) as event:
            event.summary = "Theirs."
        page = self.press("_open_draft")
        self.assertContains(page, "Somebody saved before you", status_code=409)
        data = dict(page.context["hidden"]) | {
            "seen_version": "2",
            "_merge": "1",
            "_merge_and_save": "1",
            "_take_headline": "mine",
        }
        self.client.post(change(self.event), data)
        self.assertEqual((self.stored().headline, self.stored().summary), ("Better text", "Theirs."))
        self.assertFalse(DraftRevision.objects.exists())

    def test_reporters_merge_without_saving_the_live_text(self):
        self.propose(headline="Better text")
        with editing(self.stored()) as event:
            event.summary = "Theirs."
        self.client.force_login(self.reporter)
        page = self.press("_open_draft")
        self.assertNotContains(page, "_merge_and_save", status_code=409)
        data = dict(page.context["hidden"]) | {"seen_version": "2", "_merge": "1", "_merge_and_save": "1"}
        page = self.client.post(change(self.event), data)
        self.assertContains(page, "Nothing has been saved yet")
        self.assertEqual(self.stored().headline, "Live text")
        self.client.post(change(self.event), form_of(page, _keep_draft="1"))
        draft = DraftRevision.objects.get()
        self.assertEqual((draft.based_on, draft.serial, draft.written_by), (2, 2, self.reporter))
        self.assertEqual(draft.snapshot["summary"], "Theirs.")

    def test_two_who_draft_at_once(self):
        mine = form_of(self.client.get(change(self.event)), headline="Mine", _keep_draft="1")
        self.propose(headline="First")
        page = self.client.post(change(self.event), mine)
        self.assertContains(page, "Another draft revision of this entry was kept meanwhile")
        self.assertContains(page, "Mine")
        self.assertEqual(DraftRevision.objects.get().snapshot["headline"], "First")

    def test_changed_since_it_was_opened_is_not_published(self):
        self.propose(headline="First")
        seen = form_of(self.press("_open_draft"))
        self.client.post(change(self.event), seen | {"headline": "Second", "_keep_draft": "1"})
        page = self.client.post(change(self.event), seen)
        self.assertContains(page, "Somebody changed or published this draft revision meanwhile")
        self.assertEqual(self.stored().headline, "Live text")
        self.assertEqual(DraftRevision.objects.get().snapshot["headline"], "Second")

    def test_scheduled_entry_that_came_out_while_it_was_drafted(self):
        """Time alone publishes the entry; the draft revision stays one."""
        later = timezone.now() + timedelta(hours=1)
        with editing(self.stored()) as event:
            event.publish_at = later
        self.propose(headline="Better text")
        self.assertEqual(self.client.get(self.event.get_absolute_url()).status_code, 404)
        with patch("django.utils.timezone.now", return_value=later):
            self.assertIn("Live text", self.public())
            self.client.post(change(self.event), form_of(self.press("_open_draft")))
            self.assertIn("Better text", self.public())


class RightsTests(DraftTestCase):
    def test_reporters_propose_and_change_nothing_live(self):
        self.client.force_login(self.reporter)
        page = self.client.get(change(self.event))
        self.assertContains(page, 'name="_keep_draft"')
        for name in ("_save", "_continue", "_to_unpublish"):
            self.assertNotContains(page, f'name="{name}"')
        for button in ("_save", "_continue", "_to_publish", "_to_unpublish"):
            answer = self.client.post(change(self.event), form_of(page, headline="Mine", **{button: "1"}))
            self.assertEqual(answer.status_code, 403)
        self.assertEqual(self.stored().headline, "Live text")

    def test_only_writer_and_editors_discard(self):
        self.propose(headline="Better text")
        self.client.force_login(self.reporter)
        self.assertEqual(self.press("_discard_draft").status_code, 403)
        self.client.force_login(make_user("Chief editor"))
        self.press("_discard_draft")
        self.assertFalse(DraftRevision.objects.exists())

    def test_only_of_what_is_published(self):
        draft = make_event("Draft", state="draft")
        page = self.client.get(change(draft))
        self.assertNotContains(page, 'name="_keep_draft"')
        self.assertEqual(self.client.post(change(draft), form_of(page, _keep_draft="1")).status_code, 403)

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_four_eyes(self):
        self.propose(headline="Better text")
        page = self.client.post(change(self.event), form_of(self.press("_open_draft")))
        self.assertContains(page, "another editor has to publish it")
        self.assertEqual(self.stored().headline, "Live text")
        self.client.force_login(make_user("Chief editor"))
        self.client.post(change(self.event), form_of(self.press("_open_draft")))
        self.assertEqual(self.stored().headline, "Better text")

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_four_eyes_on_a_direct_change(self):
        """Neither a save nor a draft revision that its publisher changes; what was typed stays there."""
        words = "Keep your change as a draft revision, which another person publishes."
        page = self.edit(self.event, headline="Seen by one", _save="1")
        self.assertContains(page, words)
        self.assertEqual(form_of(page)["headline"], "Seen by one")
        self.assertEqual(self.stored().version, 1)
        self.client.post(change(self.event), form_of(page, _keep_draft="1"))
        self.client.force_login(make_user("Chief editor"))
        page = form_of(self.press("_open_draft"))
        self.assertContains(self.client.post(change(self.event), page | {"summary": "Also mine"}), words)
        self.client.post(change(self.event), page)
        self.assertEqual((self.stored().headline, self.stored().version), ("Seen by one", 2))

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_four_eyes_on_what_has_a_moment(self):
        """Its moment is one person's to move, its text is not; the preview shows what may not be saved."""
        later = timezone.now() + timedelta(days=1)
        with editing(self.stored()) as event:
            event.publish_at = later
        self.assertContains(self.edit(self.event, headline="Seen by one"), "Keep your change as a draft")
        moved = f"{later + timedelta(days=1):%Y-%m-%dT%H:%M}"
        self.assertEqual(self.edit(self.event, publish_at=moved).status_code, 302)
        self.assertGreater(self.stored().publish_at, later)
        data = form_of(self.client.get(change(self.event)), headline="Seen by one")
        page = self.client.post(f"{LIST}{self.event.pk}/preview/", data)
        self.assertNotIn("Preview-State", page.headers)
        self.assertContains(page, "Seen by one")

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_four_eyes_on_a_draft_with_sources_and_a_new_picture(self):
        self.propose(
            cover="",
            cover_source_url="https://pictures.example/1.jpg",
            **{"citations-0-DELETE": "on", "citations-1-quote": "Said so."},
        )
        self.client.force_login(make_user("Chief editor"))
        self.client.post(change(self.event), form_of(self.press("_open_draft")))
        self.assertEqual([row.quote for row in self.stored().citations.all()], ["Said so."])
        self.assertEqual(self.stored().cover.source_url, "https://pictures.example/1.jpg")
