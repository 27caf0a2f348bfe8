import re
import tempfile
from datetime import timedelta
from io import StringIO
from unittest import mock
from urllib.parse import urlsplit

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from events.citations.fetching import Fetched, fetch
from events.citations.urls import canonical_url, is_web_url
from events.jobs.kinds import KINDS, PAGE, Kind, page_jobs
from events.jobs.leases import enqueue
from events.jobs.worker import DONE, FAILED, LOST, STOPPED, plan, work
from events.models import Job, Publisher, SourcePage
from events.sources import pages
from events.tests.citations import test_reaching as addresses
from events.tests.citations.servers import PUBLIC, answer, sending, site
from events.tests.citations.test_fetching import HOSTILE, seconds_for
from events.tests.factories import NOW, make_event


class WorkerTests(TestCase):
    def work(self, *kinds: Kind, stop_after: int = 99) -> list[tuple[str, str]]:
        self.looks = 0

        def is_stopping() -> bool:
            self.looks += 1
            return self.looks > stop_after

        done = work(kinds, is_stopping=is_stopping, clock=lambda: NOW)
        return [(str(job), result) for job, result in done]

    def test_jobs_that_come_back(self):
        kind = Kind("hourly", lambda job: iter([None]), every=timedelta(hours=1))
        plan([kind], now=NOW)
        plan([kind], now=NOW)
        self.assertEqual(self.work(kind), [("hourly", DONE)])
        self.assertEqual(Job.objects.get().due_at, NOW + timedelta(hours=1))

    def test_failure_stops_no_other_job(self):
        def run(job):
            if job.key == "a":
                raise ValueError(job.key)
            yield

        enqueue([Job(kind="x", key=key, due_at=NOW) for key in "ab"])
        with self.assertLogs("events.jobs.worker", "ERROR"):
            self.assertEqual(self.work(Kind("x", run)), [("x a", FAILED), ("x b", DONE)])
        self.assertEqual(Job.objects.get().problem, "ValueError('a')")

    def test_stops_between_steps_and_gives_back(self):
        steps = []

        def run(job):
            for step in range(3):
                yield
                steps.append(step)

        enqueue([Job(kind="x", due_at=NOW)])
        self.assertEqual(self.work(Kind("x", run), stop_after=2), [("x", STOPPED)])
        self.assertEqual(steps, [0])
        self.assertEqual(self.work(Kind("x", run)), [("x", DONE)])

    def test_lost_lease_takes_the_work_back(self):
        def run(job):
            Publisher.objects.create(host="a.example", name="A")
            Job.objects.update(lease="another's")
            yield

        enqueue([Job(kind="x", due_at=NOW)])
        self.assertEqual(self.work(Kind("x", run, in_one_transaction=True)), [("x", LOST)])
        self.assertFalse(Publisher.objects.exists())

    def test_pages_of_one_site_come_a_second_apart(self):
        jobs = page_jobs(["https://a.example/1", "https://b.example/1", "https://a.example/2"], now=NOW)
        self.assertEqual([(job.due_at - NOW).seconds for job in jobs], [0, 0, 1])


class RunWorkerTests(TestCase):
    def setUp(self):
        # Pictures that other tests left look like those of another newsroom, which no worker cleans.
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.enterContext(self.settings(MEDIA_ROOT=folder))

    def run_once(self) -> str:
        out = StringIO()
        call_command("run_worker", once=True, stdout=out, stderr=StringIO())
        return out.getvalue().strip()

    def test_looks_at_cited_pages_once(self):
        make_event(sources=[("BBC", "http://news.example/1")])
        with site(sending(answer(b"<title>Blasts</title>"))) as reached:
            told = self.run_once()
            self.assertIn("1 list-pages", told)
            self.run_once()
        self.assertEqual(len(reached), 1)
        self.assertEqual(SourcePage.objects.get().title, "Blasts")
        self.assertFalse(Job.objects.filter(kind=PAGE).exists())

    def test_hostile_pages_stop_no_other_one(self):
        """Every hostile body of `test_fetching`, and a sound page among them."""
        serves = {f"h{place}.example": row for place, row in enumerate(HOSTILE.values())}
        serves["sound.example"] = (sending(answer(b"<title>Blasts</title>")), "")

        def serve(connection, request: bytes) -> None:
            serves[re.search(rb"Host: (\S+)", request)[1].decode()][0](connection, request)

        def fetch_soon(url: str) -> Fetched:
            _serve, problem = serves[urlsplit(url).hostname]
            return fetch(url, seconds=seconds_for(problem))

        make_event(sources=[(host, f"http://{host}/") for host in serves])
        with site(serve), mock.patch.object(pages, "fetch", fetch_soon):
            self.assertIn(f"{len(serves)} {PAGE}", self.run_once())
        problems = dict(SourcePage.objects.values_list("key", "problem"))
        self.assertEqual(len(problems), len(serves))
        for host, (_serve, problem) in serves.items():
            self.assertIn(problems[f"https://{host}/"], problem.split(" or "), host)
        self.assertEqual(SourcePage.objects.get(key="https://sound.example/").title, "Blasts")

    def test_hostile_addresses_stop_no_other_one(self):
        urls = [*dict.fromkeys(url for url in addresses.HOSTILE if is_web_url(url) and canonical_url(url))]
        make_event(sources=[("R", url) for url in [*urls, "http://sound.example/"]])
        with site(sending(answer(b"<title>Blasts</title>"))) as reached:
            told = self.run_once()
        self.assertTrue(told.endswith("done, 0 failed"), told)
        self.assertEqual(reached, [PUBLIC])
        self.assertEqual(SourcePage.objects.get(problem="").title, "Blasts")

    @override_settings(EVENTS_FETCH_SOURCES="0")
    def test_every_kind_that_comes_back_is_done(self):
        make_event()
        told = self.run_once()
        for kind in KINDS:
            if kind.every:
                self.assertIn(f"1 {kind.name}", told)
        self.assertTrue(told.endswith("done, 0 failed"))
        self.assertEqual(self.run_once(), "nothing done, 0 failed")

    def test_failed_jobs_are_told(self):
        enqueue([Job(kind=PAGE, key="no address", due_at=NOW)])
        with self.assertLogs("events.jobs.worker", "ERROR"), self.assertRaises(CommandError):
            self.run_once()
        self.assertIn("ValueError", Job.objects.get(kind=PAGE).problem)
