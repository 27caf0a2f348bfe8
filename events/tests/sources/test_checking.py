import socket
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import SimpleTestCase, TestCase, override_settings
from django.utils import timezone

from events.models import Citation, SourcePage
from events.sources.checking import PAUSE_SECONDS, by_turns, check
from events.tests.citations.servers import answer, site
from events.tests.factories import make_event

GOOD, LOST, SHUT = "http://a.example/good", "http://a.example/lost", "http://b.example/shut"
ARCHIVED = "https://web.archive.org/web/20240501000000/http://c.example/1"
STATUS = {b"/good": "200 OK", b"/lost": "404 Not Found", b"/shut": "503 Busy"}


def serve(connection: socket.socket, request: bytes) -> None:
    connection.sendall(answer(b"<title>A page</title>", status=STATUS[request.split()[1]]))


class CommandTests(TestCase):
    def setUp(self):
        make_event("Public", sources=[("A", GOOD), ("B", LOST), ("C", SHUT), ("D", ARCHIVED), ("Book", "")])
        make_event("Draft", state="draft", sources=[("A", "http://a.example/draft")])

    def run_command(self, **options) -> str:
        out = StringIO()
        with site(serve):
            call_command("check_citations", stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    def test_dead_links_are_told_and_kept(self):
        told = self.run_command()
        self.assertIn(f"missing: {LOST}\n", told)
        self.assertIn(f"unsure: {SHUT}\n", told)
        self.assertTrue(told.endswith("1 found, 1 missing, 1 unsure\n"))
        missing = SourcePage.objects.exclude(missing_since=None)
        self.assertEqual([page.key for page in missing], ["https://a.example/lost"])
        self.assertEqual(SourcePage.objects.count(), 3)

    def test_a_page_is_looked_at_though_a_copy_of_it_is_cited_too(self):
        copy = "https://web.archive.org/web/20240501000000/http://www.a.example/lost"
        make_event("Both", sources=[("Copy", copy), ("Page", "http://www.a.example/lost")])
        Citation.objects.filter(url=LOST).delete()
        self.assertIn("missing: http://www.a.example/lost\n", self.run_command())

    def test_looks_again_only_after_some_days(self):
        self.run_command()
        self.assertEqual(self.run_command(), "0 found, 0 missing, 0 unsure\n")
        long_ago = timezone.now() - timedelta(days=31)
        SourcePage.objects.filter(key="https://a.example/good").update(checked_at=long_ago)
        self.assertEqual(self.run_command(), "1 found, 0 missing, 0 unsure\n")

    def test_goes_on_where_a_run_ended(self):
        self.run_command(limit=1)
        self.run_command(limit=1)
        self.assertEqual(SourcePage.objects.count(), 2)

    @override_settings(EVENTS_FETCH_SOURCES="0")
    def test_switched_off(self):
        self.assertIn("Nothing is fetched", self.run_command())
        self.assertFalse(SourcePage.objects.exists())

    def test_pauses_between_questions_to_one_site(self):
        pauses: list[float] = []
        with site(serve):
            list(check([GOOD, LOST, SHUT], pause=pauses.append))
            self.assertEqual(pauses, [])
            list(check([GOOD, LOST], pause=pauses.append))
        self.assertEqual(pauses, [PAUSE_SECONDS])


class TurnsTests(SimpleTestCase):
    def test_sites_take_turns(self):
        self.assertEqual(list(by_turns([GOOD, LOST, SHUT])), [GOOD, SHUT, LOST])
