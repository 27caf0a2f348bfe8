"""The write door: versions, revisions, addresses, and all that is derived, right after every write."""

import random
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import TestCase

from events import derived
from events.models import (
    Address,
    Context,
    ContextListing,
    Event,
    Publisher,
    PublisherListing,
    Revision,
    SiteStamp,
)
from events.tests.factories import DAY, NOW, find_contexts, make_cover, make_event, retract
from events.tests.file_database import FileDatabaseTestCase
from events.workflow import contexts as context_work
from events.workflow.edits import EditConflict, delete, editing


class EditingTests(TestCase):
    def test_every_write_leaves_a_whole_revision(self):
        user = User.objects.create_user("ida")
        event = make_event(
            "A bridge is opened",
            contexts=["Bridges", "Rivers"],
            sources=[("Reuters", "https://www.reuters.com/a")],
            cover=make_cover(),
            by=user,
        )
        with editing(event, by=user, note="second thoughts", now=NOW + timedelta(hours=1)):
            event.headline = "A bridge is closed"
            event.contexts.put(find_contexts(["Rivers"]))
        newest, first = event.revisions.all()
        self.assertEqual((first.version, newest.version, event.version), (1, 2, 2))
        self.assertEqual(
            (newest.note, newest.made_by, newest.made_at), ("second thoughts", user, NOW + timedelta(hours=1))
        )
        self.assertEqual(first.snapshot["headline"], "A bridge is opened")
        self.assertEqual(first.snapshot["contexts"], ["Bridges", "Rivers"])
        self.assertEqual(first.snapshot["citations"][0]["url"], "https://www.reuters.com/a")
        self.assertEqual(first.snapshot["cover"]["alt"], event.cover.alt)
        self.assertEqual(newest.snapshot["headline"], "A bridge is closed")
        self.assertEqual(newest.snapshot["contexts"], ["Rivers"])

    def test_older_version_is_refused_and_writes_nothing(self):
        event = make_event("A bridge is opened", contexts=["Bridges"])
        mine, theirs = Event.objects.get(pk=event.pk), Event.objects.get(pk=event.pk)
        with editing(theirs, note="first"):
            theirs.headline = "Theirs"
        before = rows()
        with self.assertRaises(EditConflict) as caught, editing(mine):
            mine.headline = "Mine"
            mine.contexts.put([])
        self.assertEqual(rows(), before)
        self.assertEqual(caught.exception.based_on, 1)
        self.assertEqual(caught.exception.theirs.note, "first")
        self.assertEqual(Event.objects.get(pk=event.pk).headline, "Theirs")

    def test_form_that_was_opened_long_ago_is_told(self):
        event = make_event()
        with editing(event):
            event.summary = "New."
        with self.assertRaises(EditConflict), editing(event, based_on=1):
            self.fail("the edit must not begin")

    def test_failure_inside_writes_nothing(self):
        event = make_event(contexts=["Bridges"])
        before = rows()
        with self.assertRaises(RuntimeError), editing(event):
            event.contexts.put(find_contexts(["Rivers"]))
            event.citations.create(label="Reuters", url="https://reuters.com/")
            raise RuntimeError
        self.assertEqual(rows(), before)

    def test_deletion_leaves_nothing_behind(self):
        event = make_event(contexts=["Bridges"], sources=[("Reuters", "https://reuters.com/a")])
        serial = SiteStamp.objects.get().serial
        delete(event)
        self.assertEqual(Context.objects.get().events_count, 0)
        self.assertEqual(Publisher.objects.get().events_count, 0)
        for model in (Event, Revision, Address, ContextListing, PublisherListing):
            self.assertFalse(model.objects.exists(), model)
        self.assertEqual(search_rows(), [])
        self.assertGreater(SiteStamp.objects.get().serial, serial)

    def test_retraction_takes_it_out_of_all_lists(self):
        event = retract(make_event(contexts=["Bridges"], sources=[("Reuters", "https://reuters.com/a")]))
        self.assertEqual(event.retracted_at, NOW)
        self.assertEqual(Context.objects.get().events_count, 0)
        self.assertFalse(ContextListing.objects.exists() or PublisherListing.objects.exists())
        self.assertEqual(search_rows(), [])

    def test_guid_and_permanent_id_never_change(self):
        event = make_event()
        before = (event.public_id, event.guid)
        with editing(event), self.settings(EVENTS_SITE_URL="https://moved.example.org"):
            event.headline, event.slug, event.date = "Another", "", DAY + timedelta(days=1)
        event.refresh_from_db()
        self.assertEqual((event.public_id, event.guid), before)


class RandomEditsTests(TestCase):
    """However entries are written, what is derived equals what a rebuild makes."""

    def test_derived_data_equals_a_rebuild(self):
        for seed in range(4):
            with self.subTest(seed=seed):
                self.edit_at_random(random.Random(seed), steps=40)  # noqa: S311 (a test that can be repeated)
                before = derived_rows()
                for _done in derived.rebuild():
                    pass
                self.assertEqual(derived_rows(), before)

    def edit_at_random(self, chance: random.Random, *, steps: int) -> None:
        names = ["Bridges", "Rivers", "Ferries", "Tunnels", "Brücken", "Locks"]
        hosts = ["reuters.com", "bbc.co.uk", "lemonde.fr"]
        moment = NOW
        for _step in range(steps):
            moment += timedelta(minutes=1)
            events = list(Event.objects.order_by("pk"))
            act = chance.choice(["make", "edit", "edit", "edit", "state", "delete", "merge", "rename"])
            if act == "make" or not events:
                make_event(
                    f"Event {chance.random()}",
                    date=DAY + timedelta(days=chance.randrange(5)),
                    contexts=chance.sample(names, chance.randrange(4)),
                    sources=[
                        (host, f"https://{host}/{chance.random()}") for host in chance.choices(hosts, k=2)
                    ],
                    publish_at=moment + timedelta(days=chance.choice([-1, 1])),
                    now=moment,
                )
                continue
            event = chance.choice(events)
            if act == "delete":
                delete(event, now=moment)
            elif act == "merge":
                loser, winner = (*Context.objects.order_by("?"), None, None)[:2]
                if winner:
                    context_work.merge([loser], into=winner, now=moment)
            elif act == "rename":
                context = Context.objects.first()
                if context:
                    context_work.rename(context, f"Renamed {chance.random()}", now=moment)
            else:
                self.edit(event, act, chance, names, hosts, moment)

    def edit(
        self,
        event: Event,
        act: str,
        chance: random.Random,
        names: list[str],
        hosts: list[str],
        moment: datetime,
    ) -> None:
        with editing(event, now=moment):
            if act == "state":
                event.state = chance.choice(Event.State.values)
                event.retraction_notice = "Wrong."
                return
            event.date = date(2024, 5, chance.randrange(1, 29))
            event.slug = ""
            event.headline = f"Edited {chance.random()}"
            event.contexts.put(find_contexts(chance.sample(names, chance.randrange(4))))
            event.citations.all().delete()
            for host in chance.choices(hosts, k=chance.randrange(3)):
                event.citations.create(label=host, url=f"https://{host}/{chance.random()}")


class ConcurrentSaversTests(FileDatabaseTestCase):
    """Two who save at the same moment: one wins, the other is told, and both texts are kept."""

    def test_one_wins_and_the_other_is_told(self):
        event = make_event(contexts=["Bridges"])
        # One each, read by both before either writes.
        copies = [Event.objects.get(pk=event.pk) for _saver in range(2)]
        barrier, told = Barrier(2, timeout=20), []

        def save(number: int) -> None:
            self.open_own()
            try:
                barrier.wait()
                with editing(copies[number], note=f"saver {number}"):
                    copies[number].headline = f"By saver {number}"
                told.append("saved")
            except EditConflict as conflict:
                told.append(conflict.theirs.note)
            finally:
                connections.close_all()

        run_together(save)
        event.refresh_from_db()
        winner = event.headline[-1]
        self.assertCountEqual(told, ["saved", f"saver {winner}"])
        self.assertEqual((event.version, event.revisions.count()), (2, 2))

    def test_counts_hold_when_many_write_at_once(self):
        find_contexts(["Bridges", "Rivers"])
        troubles: list[Exception] = []

        def write(number: int) -> None:
            self.open_own()
            try:
                for turn in range(5):
                    # In opposite orders, as deadlocks like it.
                    contexts = ["Bridges", "Rivers"] if number else ["Rivers", "Bridges"]
                    make_event(
                        f"Event {number} {turn}",
                        contexts=contexts,
                        sources=[("Reuters", f"https://reuters.com/{number}-{turn}")],
                    )
            except Exception as trouble:  # noqa: BLE001 (told by the test's thread)
                troubles.append(trouble)
            finally:
                connections.close_all()

        run_together(write)
        self.assertEqual(troubles, [])
        self.assertEqual(list(Context.objects.values_list("events_count", flat=True)), [10, 10])
        self.assertEqual(Publisher.objects.get().events_count, 10)
        self.assertEqual(SiteStamp.objects.get().serial, 10)


def run_together(work: Callable[[int], None]) -> None:
    """The same work in two threads, each with a connection of its own."""
    threads = [Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def rows() -> list:
    """Everything that a write may touch."""
    models = (Event, Revision, Address, ContextListing, PublisherListing, SiteStamp, Context, Publisher)
    found = [sorted(map(repr, model.objects.values_list())) for model in models]
    return [*found, sorted(map(repr, Event.contexts.through.objects.values_list())), search_rows()]


def derived_rows() -> list:
    counts = [sorted(model.objects.values_list("pk", "events_count")) for model in (Context, Publisher)]
    listings = [
        sorted(model.objects.values_list("pk", "date", "visible_at"))
        for model in (ContextListing, PublisherListing)
    ]
    return [*counts, *listings, search_rows()]


def search_rows() -> list[tuple]:
    """The search index; the order of an event's contexts in it means nothing, nor do the places of words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM events_searchentry ORDER BY event_id")
        return [tuple(map(sorted_words, row)) for row in cursor.fetchall()]


def sorted_words(value: object) -> object:
    return sorted(re.sub(r":[0-9A-D,]+", "", value).split()) if isinstance(value, str) else value


class NewEventTests(TestCase):
    def test_a_new_entry_can_be_published_at_once(self) -> None:
        event = Event(headline="It begins", date=DAY, state=Event.State.PUBLISHED)
        with editing(event, now=NOW):
            pass
        self.assertEqual((event.publish_at, event.first_published_at, event.version), (NOW, NOW, 1))
