"""Unsaved text waits in one slot for each editor and entry; who has an entry open is named to the others."""

from datetime import timedelta
from unittest.mock import patch

from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.utils import timezone

from events.models import Autosave, Event, Revision
from events.tests.admin.test_events import ADD, DeskTestCase, change, form_of, new_form
from events.tests.factories import make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow import autosaves, edits

NEW = "/admin/events/event/autosave/"
# Session, user, rights (2), the slot; of a stored entry it and who has it open, of a new one the others.
KEPT, KEPT_NEW = 7, 6


def slot(event: Event) -> str:
    return f"/admin/events/event/{event.pk}/autosave/"


class AutosaveTestCase(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.event = make_event("Stored", state="draft", sources=[("R", "https://r.example/")])

    def typed(self, client: Client | None = None, **changes: str) -> dict:
        return form_of((client or self.client).get(change(self.event)), **changes)

    def offer(self, path: str = ""):
        return self.client.get(path or change(self.event)).context["unsaved"]

    def press(self, button: str, offer, path: str = ""):
        return self.client.post(path or change(self.event), {button: offer.slot})


class SlotTests(AutosaveTestCase):
    def test_kept_text_is_offered_and_fills_the_form(self):
        typed = self.typed(headline="Typed", **{"citations-0-label": "Reuters"})
        answer = self.client.post(slot(self.event), typed)
        self.assertRegex(answer.json()["kept"], r"^\d\d:\d\d$")
        self.assertContains(self.client.get(change(self.event)), "You have unsaved text of ")
        page = self.press("_unsaved_restore", self.offer())
        self.assertContains(page, "Nothing has been saved yet")
        self.assertNotContains(page, "You have unsaved text")
        restored = form_of(page)
        self.assertEqual((restored["headline"], restored["citations-0-label"]), ("Typed", "Reuters"))
        self.assertEqual(Event.objects.get().headline, "Stored")
        self.client.post(change(self.event), restored)
        self.assertEqual(Event.objects.get().headline, "Typed")
        self.assertIsNone(self.offer())

    def test_keeping_writes_nothing_to_the_entry(self):
        self.client.post(slot(self.event), self.typed(headline="Typed", _to_submit="1", _save="1"))
        page = self.press("_unsaved_restore", self.offer())
        self.assertEqual(page.status_code, 200)
        event = Event.objects.get()
        self.assertEqual((event.headline, event.version, event.state), ("Stored", 1, "draft"))
        self.assertEqual(Revision.objects.count(), 1)

    def test_one_slot_an_editor_and_entry(self):
        form = self.typed(headline="First")
        self.client.post(slot(self.event), form)
        with self.assertNumQueries(KEPT):
            self.client.post(slot(self.event), form | {"headline": "Second"})
        page = self.press("_unsaved_restore", self.offer())
        self.assertEqual(form_of(page)["headline"], "Second")
        self.assertEqual(Autosave.objects.count(), 1)

    def test_others_texts_are_neither_shown_nor_taken(self):
        self.client.post(slot(self.event), self.typed(headline="Typed"))
        offer = self.offer()
        self.client.force_login(make_user("Chief editor"))
        self.assertIsNone(self.offer())
        self.assertRedirects(self.press("_unsaved_restore", offer), change(self.event))
        self.press("_unsaved_discard", offer)
        self.assertEqual(Autosave.objects.get(kept_at__isnull=False).editor, self.user)

    def test_slot_of_another_entry_is_not_taken(self):
        other = make_event("Other", state="draft")
        self.client.post(slot(self.event), self.typed(headline="Typed"))
        page = self.press("_unsaved_restore", self.offer(), change(other))
        self.assertRedirects(page, change(other))

    def test_discard(self):
        self.client.post(slot(self.event), self.typed(headline="Typed"))
        self.press("_unsaved_discard", self.offer())
        self.assertIsNone(self.offer())
        self.assertEqual(Autosave.objects.get().form, "")

    def test_taken_back_by_the_editor(self):
        form = self.typed(headline="Typed")
        self.client.post(slot(self.event), form)
        self.client.post(slot(self.event), {"form_token": form["form_token"], "_clean": "1"})
        self.assertIsNone(self.offer())

    def test_saved_meanwhile_by_another_leads_to_the_merge_page(self):
        self.client.post(slot(self.event), self.typed(headline="Mine"))
        with edits.editing(Event.objects.get()) as event:
            event.headline = "Theirs"
        page = self.press("_unsaved_restore", self.offer())
        self.assertContains(page, "Somebody saved before you", status_code=409)
        self.assertContains(page, "Mine", status_code=409)

    def test_late_request_after_the_save_is_not_offered(self):
        form = self.typed(headline="Typed")
        self.client.post(change(self.event), form)
        self.client.post(slot(self.event), form)
        self.assertIsNone(self.offer())
        # Even where it was read before the save and written after it.
        autosaves.write(
            f"event/{self.event.pk}", by=self.user, now=timezone.now(), form="headline=Typed",
            form_token=form["form_token"], kept_at=timezone.now(),
        )  # fmt: skip
        self.assertIsNone(self.offer())

    def test_expired_session_keeps_nothing_and_says_so(self):
        form = self.typed(headline="Typed")
        Session.objects.all().delete()
        answer = self.client.post(slot(self.event), form, headers={"sec-fetch-mode": "cors"})
        self.assertEqual(answer.status_code, 302)
        self.assertFalse(Autosave.objects.exists())

    def test_only_forms_that_may_be_saved(self):
        form = self.typed()
        retracted = make_event("Retracted", state="retracted", retraction_notice="Wrong.")
        self.client.force_login(make_user("Reporter"))
        self.assertEqual(self.client.post(slot(retracted), form).status_code, 403)
        self.assertEqual(self.client.get(slot(self.event)).status_code, 403)
        self.assertEqual(self.client.post("/admin/events/event/999/autosave/", form).status_code, 403)
        for token in ("", "x" * 33, "../../"):
            answer = self.client.post(slot(self.event), form | {"form_token": token})
            self.assertEqual(answer.status_code, 400)
        self.assertFalse(Autosave.objects.exists())

    def test_too_long_is_told(self):
        form = self.typed(headline="Typed")
        with patch.object(autosaves, "MOST_CHARACTERS", 10):
            answer = self.client.post(slot(self.event), form)
        self.assertEqual(answer.status_code, 413)
        self.assertIn("Save it", answer.json()["problem"])

    def test_goes_with_the_entry(self):
        self.client.post(slot(self.event), self.typed(headline="Typed"))
        edits.delete(Event.objects.get())
        self.assertFalse(Autosave.objects.exists())


class NewEntryTests(AutosaveTestCase):
    def test_kept_offered_restored_and_gone_with_the_save(self):
        form = new_form(form_token="abc1", headline="New")
        self.client.post(NEW, form)
        with self.assertNumQueries(KEPT_NEW):
            self.client.post(NEW, form)
        page = self.press("_unsaved_restore", self.offer(ADD), ADD)
        restored = form_of(page)
        self.assertEqual((restored["headline"], restored["form_token"]), ("New", "abc1"))
        self.client.post(ADD, restored)
        self.assertTrue(Event.objects.filter(headline="New").exists())
        self.assertFalse(Autosave.objects.exists())

    def test_two_new_entries_have_two_slots_and_the_oldest_go(self):
        for number in range(3):
            self.client.post(NEW, new_form(form_token=f"t{number}", headline=f"New {number}"))
        self.assertEqual(Autosave.objects.count(), 3)
        self.assertEqual(self.offer(ADD).form_token, "t2")
        with patch.object(autosaves, "MOST_NEW", 2):
            self.client.post(NEW, new_form(form_token="t3"))
        self.assertEqual(set(Autosave.objects.values_list("form_token", flat=True)), {"t2", "t3"})


class PresenceTests(AutosaveTestCase):
    def setUp(self):
        super().setUp()
        self.anna = make_user("Chief editor")
        self.anna.first_name = "Anna"
        self.anna.save()
        self.hers = Client()
        self.hers.force_login(self.anna)
        self.token = self.typed()["form_token"]

    def beat(self, client: Client, **more: str) -> list[str]:
        data = {"form_token": self.token, "_beat": "1"} | more
        return client.post(slot(self.event), data).json()["present"]

    def test_each_sees_the_other_since_when(self):
        self.assertEqual(self.beat(self.client), [])
        since = timezone.localtime(Autosave.objects.get().opened_at)
        words = f"editor is editing this, since {since:%H:%M}."
        self.assertEqual(self.beat(self.hers), [words])
        self.assertContains(self.hers.get(change(self.event)), words)
        self.assertRegex(self.beat(self.client)[0], r"^Anna is editing this, since \d\d:\d\d\.$")

    def test_whoever_leaves_or_is_not_heard_of_is_gone(self):
        self.beat(self.hers)
        self.beat(self.hers, _leave="1")
        self.assertEqual(self.beat(self.client), [])
        self.beat(self.hers)
        Autosave.objects.filter(editor=self.anna).update(
            seen_at=timezone.now() - autosaves.AWAY, opened_at=timezone.now() - timedelta(hours=2)
        )
        self.assertEqual(self.beat(self.client), [])
        # Back after a while: not there since the first time.
        self.beat(self.hers)
        opened_at = Autosave.objects.get(editor=self.anna).opened_at
        self.assertLess(timezone.now() - opened_at, timedelta(minutes=1))

    def test_cheap(self):
        self.beat(self.hers)
        self.beat(self.client)
        with self.assertNumQueries(KEPT):
            self.beat(self.client)

    def test_a_name_is_text(self):
        self.anna.first_name = "<b>Anna"
        self.anna.save()
        self.beat(self.hers)
        self.assertContains(self.client.get(change(self.event)), "&lt;b&gt;Anna is editing this")


class ThinningTests(AutosaveTestCase):
    def test_old_texts_and_traces_of_visits_go(self):
        now = timezone.now()
        for name, days, form in (("a", 31, "x=1"), ("b", 29, "x=1"), ("c", 2, ""), ("d", 0, "")):
            autosaves.write(name, by=self.user, now=now - timedelta(days=days), form=form)
        self.assertEqual(autosaves.thin(now=now, is_dry=True), 2)
        self.assertEqual(autosaves.thin(now=now), 2)
        self.assertEqual(sorted(Autosave.objects.values_list("slot", flat=True)), ["b", "d"])

    @override_settings(EVENTS_AUTOSAVE_KEEP_DAYS=1)
    def test_by_setting(self):
        now = timezone.now()
        autosaves.write("a", by=self.user, now=now - timedelta(days=2), form="x=1")
        self.assertEqual(autosaves.thin(now=now), 1)
