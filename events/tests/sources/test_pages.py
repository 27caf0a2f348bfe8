from datetime import timedelta

from django.test import TestCase

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

    def test_no_address(self):
        with self.assertRaises(ValueError):
            look_at("ftp://example.org/", now=NOW)
