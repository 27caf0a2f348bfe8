"""Every page of the desk answers, under a Content-Security-Policy that allows nothing inline."""

import re

from django.test import TestCase

from events.models import Image, SiteStamp
from events.tests.factories import make_cover, make_event
from events.tests.workflow.test_permissions import make_user

MODELS = (
    "event",
    "article",
    "profile",
    "frontslot",
    "context",
    "publisher",
    "image",
    "importrun",
    "revision",
)
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*application/json)")


class PagesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = make_user("Chief editor")
        cls.event = make_event(
            contexts=["Homs"], sources=[("Reuters", "https://www.reuters.com/1")], cover=make_cover()
        )

    def setUp(self):
        self.client.force_login(self.chief)

    def assert_sound(self, path: str) -> None:
        response = self.client.get(path)
        self.assertEqual(response.status_code, 200, path)
        self.assertNotRegex(response.content.decode(), INLINE)
        self.assertNotIn("unsafe", response["Content-Security-Policy"])

    def test_lists(self):
        for model in MODELS:
            with self.subTest(model=model):
                self.assert_sound(f"/admin/events/{model}/")

    def test_pages_of_one_row(self):
        context, publisher = self.event.contexts.get(), self.event.citations.get().publisher
        for path in (
            f"event/{self.event.pk}/change/",
            f"event/{self.event.pk}/delete/",
            f"revision/of/event/{self.event.pk}/",
            f"context/{context.pk}/change/",
            f"publisher/{publisher.pk}/change/",
            f"image/{self.event.cover.pk}/change/",
            f"revision/{self.event.revisions.get().pk}/change/",
            "event/add/",
            "article/add/",
            "profile/add/",
            "frontslot/add/",
            "context/add/",
            "image/add/",
            "importrun/add/",
        ):
            with self.subTest(path=path):
                self.assert_sound(f"/admin/events/{path}")

    def test_front_and_login(self):
        self.assert_sound("/admin/")
        self.client.logout()
        self.assert_sound("/admin/login/")

    def test_tags_that_the_newsroom_does_not_use_are_not_offered(self):
        self.assertNotContains(self.client.get("/admin/"), "taggit")

    def test_publishers_name_reaches_cached_pages(self):
        publisher, serial = self.event.citations.get().publisher, SiteStamp.objects.get().serial
        self.client.post(f"/admin/events/publisher/{publisher.pk}/change/", {"name": "Reuters agency"})
        publisher.refresh_from_db()
        self.assertEqual((publisher.name, publisher.events_count), ("Reuters agency", 1))
        self.assertGreater(SiteStamp.objects.get().serial, serial)

    def test_picture_with_new_focal_point_is_cut_anew(self):
        image = make_cover()
        before = image.renditions
        data = {"alt": "A slope", "focal_x": "0.1", "focal_y": "0.9"}
        self.client.post(f"/admin/events/image/{image.pk}/change/", data)
        stored = Image.objects.get(pk=image.pk)
        self.assertEqual((stored.focal_x, stored.alt), (0.1, "A slope"))
        self.assertNotEqual(stored.renditions, before)
