"""What programs of others say of the demo newsroom: the Nu HTML checker, and newsboat, a feed reader."""

import os
import re
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from io import StringIO
from pathlib import Path

import feedparser
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import LiveServerTestCase, RequestFactory, TestCase, override_settings
from django.utils import timezone

from events.models import Event
from events.tests.addresses_of import feeds
from events.tests.factories import make_event
from events.tests.whole_article import make_whole_article
from events.tests.workflow.test_permissions import make_user
from newsroom.errors import forbidden, server_error

MAXIMUM_MINUTES = 5


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        timeout=60 * MAXIMUM_MINUTES,
        env=os.environ | environment,
    )


@pytest.mark.checker
class NuCheckerTests(TestCase):
    """https://validator.github.io/validator/: neither an error nor a warning on any kind of page."""

    maxDiff = None

    @pytest.fixture(autouse=True)
    def _checker(self, nu_checker: Path):
        self.checker = nu_checker

    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())
        cls.article = make_whole_article()
        cls.administrator = make_user("Administrator")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def check(self, *arguments: str | Path) -> None:
        result = run("java", "-Xss4m", "-jar", self.checker, "--format", "gnu", "--stdout", *arguments)
        self.assertEqual(result.stdout + result.stderr, "")
        self.assertEqual(result.returncode, 0)

    def keep(self, paths: dict[str, int]) -> None:
        """Write the answers to files whose names tell the address."""
        self.client.raise_request_exception = False
        for path, status in paths.items():
            answer = self.client.get(path)
            self.assertEqual(answer.status_code, status, path)
            name = re.sub(r"\W+", "-", path)[:100]
            (self.folder / f"{name}.html").write_bytes(answer.content)

    def public_paths(self) -> dict[str, int]:
        public = Event.objects.public(now=timezone.now())
        retracted = Event.objects.get(state=Event.State.RETRACTED)
        lists = (
            "/",
            "/news/",
            "/stories/",
            "/contexts/",
            "/contexts/?kind=person",
            "/sources/",
            "/about/",
            "/api/",
        )
        days = {maker for event in public[::9] for maker in (f"{event.date:%Y}", f"{event.date:%Y/%m}")}
        return dict.fromkeys(
            [
                *lists,
                *(event.get_absolute_url() for event in public),
                *(f"/news/{event.date:%Y/%m/%d}/" for event in public[::3]),
                *(f"/news/{day}/" for day in days),
                *(
                    f"/contexts/{slug}/"
                    for slug in set(public.values_list("contexts__slug", flat=True))
                    if slug
                ),
                "/contexts/covid-19-pandemic+pfizer/",
                "/stories/covid-19-pandemic/",
                "/stories/covid-19-pandemic/embed/",
                self.article.get_absolute_url(),
                "/opinion/",
                "/opinion/2024/",
                "/opinion/?kind=opinion",
                "/profiles/",
                *(profile.get_absolute_url() for profile in self.article.profiles.all()),
                "/sources/bbc.com/",
                "/search/",
                "/search/?q=space",
                "/search/?q=zzzzzz",
                "/news/1901/02/03/",
            ],
            200,
        ) | {
            retracted.get_absolute_url(): 410,
            "/search/?q=space&from=2023-02-29": 400,
            "/contexts/?before=nothing": 400,
            "/none/": 404,
        }

    def test_public_pages(self):
        self.keep(self.public_paths())
        request = RequestFactory().get("/news/")
        for number, page in {403: forbidden(request, PermissionDenied()), 500: server_error(request)}.items():
            self.assertEqual(page.status_code, number)
            (self.folder / f"{number}.html").write_bytes(page.content)
        with override_settings(LANGUAGE_CODE="zh-hans"):
            self.keep({f"{path}?language=zh": 200 for path in ("/", "/news/", "/about/", "/api/")})
        self.check(self.folder)

    def test_pages_of_the_desk(self):
        self.client.force_login(self.administrator)
        event = Event.objects.filter(cover__isnull=False).first()
        context = event.contexts.first()
        self.keep(
            dict.fromkeys(
                (
                    "/admin/",
                    "/admin/events/event/",
                    "/admin/events/event/add/",
                    f"/admin/events/event/{event.pk}/change/",
                    "/admin/events/context/",
                    f"/admin/events/context/{context.pk}/change/",
                    "/admin/events/image/",
                    "/admin/events/importrun/add/",
                ),
                200,
            )
        )
        self.client.logout()
        self.keep({"/admin/login/": 200})
        # Django's own list of models has rows of two and of three cells, of which it would warn.
        self.check("--errors-only", self.folder)

    def test_style_sheets(self):
        self.check("--css", *sorted((settings.BASE_DIR / "static" / "css").glob("*.css")))

    def test_checker_finds_what_is_wrong(self):
        (self.folder / "wrong.html").write_text("<!doctype html><title>A</title><p><b>B</p>")
        with self.assertRaises(AssertionError):
            self.check(self.folder)


@pytest.mark.checker
class NewsboatTests(LiveServerTestCase):
    """https://newsboat.org: takes every RSS and Atom feed, with all its entries. It reads no JSON Feed."""

    @pytest.fixture(autouse=True)
    def _newsboat(self, newsboat: str):
        self.newsboat = newsboat

    def test_feeds(self):
        call_command("load_demo", stdout=StringIO())
        make_event("Two pictures & a “quoted” <word>", summary="*Twice* & more")
        profile = make_whole_article().profiles.first().get_absolute_url()
        lists = ("stories/covid-19-pandemic", "contexts/covid-19-pandemic", "sources/bbc.com")
        stems = ["/feeds/news", "/feeds/opinion", f"{profile}feed", *(f"/{path}/feed" for path in lists)]
        addresses = [f"{self.live_server_url}{path}" for stem in stems for path in feeds(stem)[:2]]
        addresses += [f"{self.live_server_url}{path}?q=space" for path in feeds("/search/feed")[:2]]
        for address in addresses:
            wanted = feedparser.parse(self.client.get(address.removeprefix(self.live_server_url)).content)
            with self.subTest(address.removeprefix(self.live_server_url)):
                self.assertCountEqual(self.read(address), [(e.title, e.link) for e in wanted.entries])

    def read(self, address: str) -> list[tuple[str, str]]:
        """Title and link of every entry; one that is in several feeds newsboat would keep only once."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "urls").write_text(f"{address}\n")
            (folder / "config").write_text("error-log /dev/stderr\n")
            files = ("-u", folder / "urls", "-c", folder / "cache", "-C", folder / "config")
            result = run(self.newsboat, *files, "-x", "reload", HOME=name)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            with closing(sqlite3.connect(folder / "cache")) as cache:
                return cache.execute("SELECT title, url FROM rss_item WHERE pubDate > 0").fetchall()
