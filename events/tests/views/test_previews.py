"""Secret preview links: they open one entry for a while, and leave no trace in caches and indexes."""

from datetime import timedelta

import time_machine
from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone

from events.models import PreviewLink
from events.tests.admin.test_events import DeskTestCase
from events.tests.factories import NOW, make_cover, make_event
from events.workflow.edits import editing
from events.workflow.preview_links import make_link, revoke


class PreviewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.event = make_event("Not yet public", state="draft", contexts=["Homs"], cover=make_cover())
        cls.secret = make_link(cls.event, by=None, days=7, now=NOW)

    def read(self, *, secret: str = "", now=NOW + timedelta(days=1)):
        with time_machine.travel(now, tick=False):
            return self.client.get(f"/preview/{secret or self.secret}/")

    def test_opens_the_entry_as_it_is_stored(self):
        page = self.read()
        self.assertContains(page, "Not yet public")
        with editing(self.event, now=NOW) as event:
            event.headline = "Changed since"
        self.assertContains(self.read(), "Changed since")

    def test_is_neither_cached_nor_indexed_nor_passed_on(self):
        page = self.read()
        self.assertEqual(page["Cache-Control"], "private, no-store")
        self.assertEqual(page["X-Robots-Tag"], "noindex, nofollow, noarchive")
        self.assertEqual(page["Referrer-Policy"], "no-referrer")
        self.assertContains(page, '<meta name="robots" content="noindex')
        self.assertNotIn("ETag", page)
        self.assertFalse(page.cookies)
        self.assertNotContains(page, self.secret)

    def test_expires_to_the_second(self):
        self.assertEqual(self.read(now=NOW + timedelta(days=7, seconds=-1)).status_code, 200)
        gone = self.read(now=NOW + timedelta(days=7))
        self.assertEqual(gone.status_code, 404)
        self.assertNotContains(gone, "Not yet public", status_code=404)

    def test_can_be_revoked(self):
        revoke(PreviewLink.objects.get(), now=NOW)
        self.assertEqual(self.read().status_code, 404)

    def test_retracted_text_is_shown_to_nobody(self):
        event = make_event("Wrong from the start", now=NOW)
        secret = make_link(event, by=None, days=7, now=NOW)
        with editing(event, now=NOW) as event:
            event.state, event.retraction_notice = "retracted", "It was wrong."
            event.retracted_at = NOW
        answer = self.read(secret=secret)
        self.assertRedirects(answer, event.get_absolute_url(), target_status_code=410)
        self.assertEqual(answer["Cache-Control"], "private, no-store")

    def test_other_secrets_open_nothing(self):
        for secret in (
            "x",
            self.secret[:-1],
            self.secret.swapcase(),
            PreviewLink.objects.get().digest,
            "a" * 500,
        ):
            with self.subTest(secret):
                self.assertEqual(self.read(secret=secret).status_code, 404)

    def test_secret_is_kept_nowhere(self):
        self.assertGreaterEqual(len(self.secret), 43)
        self.assertNotIn(self.secret, str(PreviewLink.objects.values_list()))

    def test_only_reading(self):
        self.assertEqual(self.client.post(f"/preview/{self.secret}/").status_code, 405)

    def test_lifetimes_are_bounded(self):
        with self.assertRaises(ValidationError):
            make_link(self.event, by=None, days=3650)


class DeskTests(DeskTestCase):
    group = "Reporter"

    def setUp(self):
        super().setUp()
        self.event = make_event("Not yet public", state="draft")
        self.path = f"/admin/events/event/{self.event.pk}/preview-links/"

    def make(self):
        return self.client.post(self.path, {"make": "1", "days": "1", "note": "For  the lawyer"})

    def test_made_shown_once_and_revoked(self):
        address = self.make().context["address"]
        public = "/" + address.partition("://")[2].partition("/")[2]
        self.client.logout()
        self.assertContains(self.client.get(public), "Not yet public")
        self.client.force_login(self.user)
        page = self.client.get(self.path)
        self.assertNotContains(page, address)
        self.assertContains(page, "For the lawyer, reporter")
        link = PreviewLink.objects.get()
        self.assertEqual((link.made_by, link.expires_at - link.made_at), (self.user, timedelta(days=1)))
        answer = self.client.post(self.path, {"revoke": str(link.pk)}, follow=True)
        self.assertContains(answer, "The link is revoked.")
        self.assertEqual(self.client.get(public).status_code, 404)

    def test_links_of_other_entries_are_not_revoked_here(self):
        make_link(make_event("Another"), by=None, now=timezone.now())
        link = PreviewLink.objects.get()
        for key in (str(link.pk), "x"):
            self.assertEqual(self.client.post(self.path, {"revoke": key}).status_code, 404)
        link.refresh_from_db()
        self.assertIsNone(link.revoked_at)

    def test_nonsense_makes_no_link(self):
        self.client.post(self.path, {"make": "1", "days": "3650"})
        self.assertFalse(PreviewLink.objects.exists())
