"""Conditional requests (RFC 9110, section 13) on every address, and what readers get with an answer."""

import re
from datetime import timedelta
from unittest.mock import patch

from django.test import TestCase
from django.utils import timezone

from events import derived
from events.models import Context
from events.tests.addresses_of import every_address, search_addresses
from events.tests.factories import make_cover, make_event
from events.workflow.edits import editing

RESOURCE = re.compile(r"""<(?:link[^>]*rel="(?:stylesheet|icon|preload)"[^>]*href|[^>]*\ssrc)="([^"]*)\"""")
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*(?:\ssrc=|ld\+json))", re.IGNORECASE
)


class ReaderCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        Context.objects.create(name="Rivers", kind=Context.Kind.STORY)
        cls.event = make_event(
            "A bridge is opened",
            summary="The *first* over the river.",
            body="Long ago.",
            contexts=["Bridges", "Rivers"],
            sources=[("AFP via Yahoo! News", "https://news.yahoo.com/a")],
            cover=make_cover(),
        )
        make_event("A river is crossed", contexts=["Bridges", "Rivers"])
        cls.addresses = [
            path
            for path in (*every_address(), *search_addresses(q="bridge"))
            if not path.startswith(("/e/", "/old/")) and not path.endswith(".html") and not is_former(path)
        ]


def is_former(path: str) -> bool:
    """Without its last slash an entry's address leads on, and so does the story of what is no story."""
    return (path.count("/") == 5 and "." not in path) or path.startswith("/stories/bridges/")


class ConditionalTests(ReaderCase):
    def test_every_address_answers_304_to_those_who_have_it(self):
        for path in self.addresses:
            with self.subTest(path):
                full = self.client.get(path)
                self.assertEqual(full.status_code, 200)
                tag = full["ETag"]
                self.assertRegex(tag, r'^"[0-9a-f]+"$')
                for known in (tag, f"W/{tag}", f'"other", W/{tag}', "*"):
                    again = self.client.get(path, headers={"If-None-Match": known})
                    self.assertEqual(again.status_code, 304, known)
                    self.assertEqual(again.content, b"")
                    self.assertEqual(again["ETag"], tag)
                    self.assertEqual(again["Cache-Control"], full["Cache-Control"])
                since = self.client.get(path, headers={"If-Modified-Since": full["Last-Modified"]})
                self.assertEqual(since.status_code, 304)
                older = self.client.get(path, headers={"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"})
                self.assertEqual(older.status_code, 200)
                other = self.client.get(path, headers={"If-None-Match": '"other"'})
                self.assertEqual(other.status_code, 200)

    def test_etag_decides_before_the_date(self):
        full = self.client.get("/")
        headers = {"If-None-Match": '"other"', "If-Modified-Since": full["Last-Modified"]}
        self.assertEqual(self.client.get("/", headers=headers).status_code, 200)

    def test_what_began_before_a_page_was_read_makes_it_new(self):
        """Batches of a long import are written with the moment at which it began."""
        began = timezone.now()
        with patch("django.utils.timezone.now", return_value=began + timedelta(seconds=10)):
            derived.touch(now=began)
            full = self.client.get("/")
        with patch("django.utils.timezone.now", return_value=began + timedelta(seconds=20)):
            derived.touch(now=began)
            again = self.client.get("/", headers={"If-Modified-Since": full["Last-Modified"]})
        self.assertEqual(again.status_code, 200)

    def test_head_answers_as_get_without_a_body(self):
        for path in self.addresses:
            with self.subTest(path):
                full, head = self.client.get(path), self.client.head(path)
                self.assertEqual(head.status_code, 200)
                self.assertEqual(head.content, b"")
                self.assertEqual(dict(head.headers), dict(full.headers))

    def test_compressed_copy_is_known_by_its_weak_tag(self):
        packed = self.client.get("/", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(packed["Content-Encoding"], "gzip")
        self.assertTrue(packed["ETag"].startswith("W/"))
        again = self.client.get("/", headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]})
        self.assertEqual(again.status_code, 304)

    def test_tag_changes_with_the_content_alone(self):
        paths = (
            "/",
            self.event.get_absolute_url(),
            "/feeds/news.json",
            "/contexts/bridges/index.md",
            "/about/",
        )
        before = {path: self.client.get(path)["ETag"] for path in paths}
        make_event("Nothing that anybody reads", state="draft")
        self.assertEqual({path: self.client.get(path)["ETag"] for path in paths}, before)
        with editing(self.event):
            self.event.summary = "The last over the river."
        after = {path: self.client.get(path)["ETag"] for path in paths}
        self.assertEqual({path for path in paths if after[path] == before[path]}, {"/about/"})

    def test_answers_tell_caches_how_long_they_may_keep_them(self):
        self.assertIn("max-age=10", self.client.get("/")["Cache-Control"])
        self.assertEqual(self.client.get("/news/1999/02/30/")["Cache-Control"], "no-store")
        self.assertIn("no-", self.client.get("/contexts/?before=nobody")["Cache-Control"])

    def test_only_reading_is_allowed(self):
        for path in ("/", self.event.get_absolute_url(), "/feeds/news.rss", "/search/", "/sitemap.xml"):
            for verb in ("post", "put", "delete", "patch"):
                with self.subTest(path, verb=verb):
                    self.assertIn(getattr(self.client, verb)(path).status_code, (403, 405))


class ReaderHeadersTests(ReaderCase):
    def test_no_answer_depends_on_who_asks(self):
        for path in (*self.addresses, "/nowhere/", "/news/2024/5/1/"):
            with self.subTest(path):
                answer = self.client.get(path)
                self.assertEqual(answer.cookies, {})
                self.assertNotIn("Set-Cookie", answer)
                self.assertNotIn("cookie", answer.get("Vary", "").lower())

    def test_security_headers_stand_on_every_answer(self):
        for path in (*self.addresses, "/nowhere/", "/contexts/?before=nobody"):
            with self.subTest(path):
                answer = self.client.get(path)
                policy = answer["Content-Security-Policy"]
                for word in ("unsafe", "http:", "https:", "*", "data:"):
                    self.assertNotIn(word, policy.replace("frame-ancestors *", ""))
                self.assertIn("default-src 'self'", policy)
                if path.endswith("/embed/"):
                    # Made to be framed; `test_stories` has its own headers.
                    continue
                self.assertIn("frame-ancestors 'none'", policy)
                self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
                self.assertEqual(answer["X-Frame-Options"], "DENY")
                self.assertIn("Referrer-Policy", answer)
                self.assertIn("Permissions-Policy", answer)

    def test_pages_ask_nobody_else_and_hold_nothing_inline(self):
        pages = [path for path in self.addresses if path.partition("?")[0].endswith("/")]
        self.assertGreater(len(pages), 12)
        for path in (*pages, "/nowhere/", "/contexts/?before=nobody"):
            with self.subTest(path):
                text = self.client.get(path).content.decode()
                resources = RESOURCE.findall(text)
                self.assertTrue(resources)
                self.assertEqual([found for found in resources if not found.startswith("/")], [])
                self.assertEqual([found for found in resources if found.startswith("//")], [])
                self.assertEqual(INLINE.findall(text), [])

    def test_pages_are_small(self):
        for path in ("/", self.event.get_absolute_url(), "/news/2024/05/01/", "/contexts/bridges/"):
            packed = self.client.get(path, headers={"Accept-Encoding": "gzip"})
            self.assertLess(len(packed.content), 20_000, path)
