import json
from datetime import timedelta

from django.test import TestCase, override_settings

from events.models import SourcePage
from events.sources.pages import look_at, pages_of
from events.tests.citations.servers import answer, sending, site
from events.tests.factories import NOW

URL = "http://www.example.org/story?utm_source=x"
PAGE = answer(b"<title>Four blasts</title><meta name=author content='Associated Press'>")


class LookTests(TestCase):
    def test_keeps_what_the_page_says(self):
        with site(sending(PAGE)):
            page = look_at(URL, now=NOW)
        self.assertEqual((page.title, page.agency, page.problem), ("Four blasts", "AP", ""))
        self.assertEqual(page.label, "AP via example.org")
        self.assertEqual(SourcePage.objects.get().key, "https://example.org/story")
        with self.assertNumQueries(1):
            self.assertEqual(
                pages_of([URL, "https://example.org/story", "http://other.example/", "x"]).keys(),
                {URL, "https://example.org/story"},
            )

    def test_failure_leaves_what_was_found(self):
        later = NOW + timedelta(days=1)
        with site(sending(PAGE)):
            look_at(URL, now=NOW)
        with site(sending(answer(status="404 Not Found"))):
            look_at(URL, now=later)
            page = look_at(URL, now=later + timedelta(days=1))
        self.assertEqual((page.title, page.problem, page.missing_since), ("Four blasts", "gone", later))
        self.assertEqual(str(page.why), "The page is not there any more.")
        with site(sending(PAGE)):
            self.assertIsNone(look_at(URL, now=later).missing_since)

    def test_failure_that_says_nothing_of_readers(self):
        with site(sending(answer(status="403 Forbidden"))):
            page = look_at(URL, now=NOW)
        self.assertEqual((page.problem, page.missing_since), ("refused", None))

    @override_settings(EVENTS_ARCHIVE="http://archive.example/available")
    def test_archive_is_asked_until_it_has_a_copy(self):
        copy = "https://web.archive.org/web/20240501000000/http://www.example.org/story"
        closest: list[dict] = [{}, {"available": True, "url": copy}]
        asked = []

        def serve(connection, request: bytes) -> None:
            if b"archive.example" not in request:
                connection.sendall(PAGE)
                return
            asked.append(request)
            body = json.dumps({"archived_snapshots": {"closest": closest.pop(0)}}).encode()
            connection.sendall(answer(body, kind="application/json"))

        with site(serve):
            page = look_at(URL, now=NOW)
            self.assertEqual((page.title, page.is_unarchived), ("Four blasts", True))
            for _again in range(2):
                page = look_at(URL, now=NOW)
            self.assertEqual((page.archived_copy, page.is_unarchived), (copy, False))
            look_at(copy, now=NOW)
        self.assertEqual(len(asked), 2)
        with site(sending(answer(status="404 Not Found"))):
            self.assertEqual(look_at(URL, now=NOW).archived_copy, copy)

    def test_nobody_is_asked_for_copies_by_default(self):
        with site(sending(PAGE)) as reached:
            self.assertFalse(look_at(URL, now=NOW).is_unarchived)
        self.assertEqual(len(reached), 1)

    def test_no_address(self):
        with self.assertRaises(ValueError):
            look_at("ftp://example.org/", now=NOW)
