"""Twenty editors save one entry fifty times each through a real server: no save is lost, losers are told."""

import logging
import os
import tempfile
from collections import Counter
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from socket import socket
from threading import Thread
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections

from bench.sites import Site, served
from events.models import Context, Event
from events.tests.factories import find_contexts, make_event
from events.tests.file_database import FileDatabaseTestCase
from events.tests.workflow.test_permissions import make_user
from events.workflow.edits import editing

# The suite has little time; the whole is MANY_SAVES=50.
EDITORS, SAVES = 20, int(os.environ.get("MANY_SAVES", "3"))
SITE = Site("tests", "events.tests.served_settings", ("newsroom.wsgi:application",))
logger = logging.getLogger(__name__)
TOKEN = "t" * 32


class Saver:
    """One editor, who opens the entry, changes a source of their own and saves; what came of it is kept."""

    def __init__(self, number: int, user: User, event: Event) -> None:
        self.number, self.user, self.event = number, user, event
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self.cookies = f"sessionid={session.session_key}; csrftoken={TOKEN}"
        self.answers: Counter[int] = Counter()
        # The marks that this editor's saves left, in the order in which the server took them.
        self.won: list[str] = []
        self.told = 0

    def work(self, host: str, port: int) -> None:
        connection = HTTPConnection(host, port, timeout=120)
        for turn in range(SAVES):
            mark = f"{self.number}.{turn}"
            status, page = self.send(connection, self.form(mark))
            self.answers[status] += 1
            if status == 302:
                self.won.append(mark)
            elif status == 409 and "Somebody saved before you" in page and mark in page:
                self.told += 1
        connection.close()

    def form(self, mark: str) -> dict[str, str]:
        """What the edit page of the newest revision would send, with this mark at the editor's own source."""
        revision = self.event.revisions.first()
        data = revision.snapshot
        contexts = [name for name in data["contexts"] if name != f"Context {self.number}"]
        if len(contexts) == len(data["contexts"]):
            contexts.append(f"Context {self.number}")
        ids = dict(self.event.citations.values_list("url", "pk"))
        form = {
            "csrfmiddlewaretoken": TOKEN, "based_on": str(revision.version), "headline": data["headline"],
            "date": data["date"], "date_precision": "day", "slug": data["slug"],
            "publish_at": data["publish_at"][:19], "context_names": "\n".join(contexts),
            "cover_focal_x": "0.5", "cover_focal_y": "0.5", "_continue": "1",
            "citations-TOTAL_FORMS": str(EDITORS), "citations-INITIAL_FORMS": str(EDITORS),
            "citations-MIN_NUM_FORMS": "0", "citations-MAX_NUM_FORMS": "1000",
        }  # fmt: skip
        for place, row in enumerate(data["citations"]):
            quote = mark if row["label"] == f"Source {self.number}" else row["quote"]
            form |= {
                f"citations-{place}-{name}": value
                for name, value in (
                    ("id", str(ids[row["url"]])), ("event", str(self.event.pk)), ("position", str(place + 1)),
                    ("label", row["label"]), ("url", row["url"]), ("quote", quote),
                )
            }  # fmt: skip
        return form

    def send(self, connection: HTTPConnection, form: dict[str, str]) -> tuple[int, str]:
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"/admin/events/event/{self.event.pk}/change/", urlencode(form), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


class ManyEditorsTests(FileDatabaseTestCase):
    def setUp(self):
        super().setUp()
        self.contexts = find_contexts([f"Context {number}" for number in range(EDITORS)])
        sources = [(f"Source {number}", f"https://s{number}.example/") for number in range(EDITORS)]
        self.event = make_event(contexts=self.contexts[:1], sources=sources)
        with editing(self.event) as event:
            event.citations.update(quote="none")
        self.first = self.event.version
        make_user("Editor")
        group = Group.objects.get(name="Editor")
        self.savers = []
        for number in range(EDITORS):
            user = User.objects.create_user(f"editor-{number}", is_staff=True)
            user.groups.add(group)
            self.savers.append(Saver(number, user, self.event))

    def serve(self) -> int:
        """The server of bin/serve on the test's database; its port."""
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        own = {
            "NEWSROOM_VAR": str(folder),
            "DATABASE_URL": database_url(),
            "SECRET_KEY": settings.SECRET_KEY,
        }
        return self.enterContext(served(SITE, port, folder / "server.log", **own))

    def test_no_save_is_lost_and_every_loser_is_told(self):
        port = self.serve()

        def run(saver: Saver) -> None:
            self.open_own()
            try:
                saver.work("127.0.0.1", port)
            finally:
                connections.close_all()

        threads = [Thread(target=run, args=(saver,)) for saver in self.savers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(600)
        answers = sum((saver.answers for saver in self.savers), Counter())
        logger.info("%s editors, %s saves each: %s", EDITORS, SAVES, dict(answers))
        self.assertEqual(set(answers) - {302, 409}, set(), answers)
        self.assertEqual(answers.total(), EDITORS * SAVES)
        self.assertEqual(answers[409], sum(saver.told for saver in self.savers))
        self.assertGreaterEqual(answers[302], SAVES)
        self.check_history(answers[302])

    def check_history(self, wins: int) -> None:
        kept = self.event.revisions.filter(version__gte=self.first).select_related("made_by")
        revisions = list(kept.order_by("version"))
        self.assertEqual([row.version for row in revisions], list(range(self.first, self.first + wins + 1)))
        marks: dict[str, list[str]] = {saver.user.username: [] for saver in self.savers}
        for before, after in pairwise(revisions):
            changed = [
                (old["label"], new["quote"])
                for old, new in zip(before.snapshot["citations"], after.snapshot["citations"], strict=True)
                if old != new
            ]
            number = after.made_by.username.rpartition("-")[2]
            # Of others' sources and contexts nothing was taken back.
            self.assertEqual([label for label, _mark in changed], [f"Source {number}"])
            different = set(before.snapshot["contexts"]) ^ set(after.snapshot["contexts"])
            self.assertEqual(different, {f"Context {number}"})
            marks[after.made_by.username].append(changed[0][1])
        self.assertEqual(marks, {saver.user.username: saver.won for saver in self.savers})
        event = Event.objects.get(pk=self.event.pk)
        self.assertEqual(event.version, self.first + wins)
        last = revisions[-1].snapshot
        quotes = [row.quote for row in event.citations.all()]
        self.assertEqual(quotes, [row["quote"] for row in last["citations"]])
        carried = [row.tag.name for row in event.taggings.select_related("tag")]
        self.assertEqual(carried, last["contexts"])
        counted = set(Context.objects.filter(events_count=1).values_list("name", flat=True))
        self.assertEqual(counted, set(carried))


def database_url() -> str:
    """The address of the database that this thread is connected to."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    place = f"{found['USER']}:{found['PASSWORD']}@{quote(found['HOST'] or 'localhost', safe='')}"
    return f"postgres://{place}:{found['PORT'] or 5432}/{found['NAME']}"
