from django.db import connection, transaction
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from events.models import Article, Context, Event
from events.tests.factories import NOW, make_article, make_context, make_event
from events.tests.workflow.test_permissions import make_user
from events.workflow.kinds import kind_of
from events.workflow.retagging import carrying, retag
from events.workflow.snapshots import whole_entry


class RetagTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.old, cls.new = make_context("Daesh"), make_context("Islamic State")
        cls.events = [
            make_event(f"Event {number}", contexts=["Mosul", cls.old, "Raqqa"], sources=[("Reuters", "")])
            for number in range(20)
        ]
        cls.editor = make_user("Editor")

    def put(self, keys: list[int], model: type = Event) -> list:
        def change(_key: int, contexts: list[Context]) -> list[Context]:
            return [self.new if context == self.old else context for context in contexts]

        with transaction.atomic():
            return retag(model, keys, change, by=self.editor, note="One name", now=NOW)

    def test_each_entry_is_written_as_by_the_door_for_one(self):
        event = self.events[0]
        [row] = self.put([event.pk])
        event.refresh_from_db()
        names = [context.name for context in Context.objects.in_order_of(row.after)]
        self.assertEqual((row.entry, names), (event.pk, ["Mosul", "Islamic State", "Raqqa"]))
        self.assertEqual([row.tag.name for row in event.taggings.all()], names)
        revision = event.revisions.first()
        self.assertEqual((revision.version, revision.made_by, revision.note), (2, self.editor, "One name"))
        self.assertEqual((event.version, event.edited_at), (2, NOW))
        self.assertEqual(revision.snapshot, whole_entry(event))
        self.assertEqual(revision.snapshot["contexts"], names)
        self.assertEqual(self.events[1].revisions.count(), 1)

    def test_counts_follow(self):
        self.put(carrying(Event, [self.old.pk]))
        self.old.refresh_from_db()
        self.new.refresh_from_db()
        self.assertEqual((self.old.events_count, self.new.events_count), (0, 20))

    def test_as_many_statements_for_one_as_for_many(self):
        keys = [event.pk for event in self.events]
        # The first one makes what the others find: a row of counts, a day.
        self.put(keys[:1])
        with CaptureQueriesContext(connection) as one:
            self.put(keys[1:2])
        with CaptureQueriesContext(connection) as many:
            self.put(keys[2:])
        self.assertEqual(len(many), len(one))

    def test_approval_falls_with_the_text_that_was_approved(self):
        draft = make_event("A draft", contexts=[self.old], state="approved")
        self.put([draft.pk])
        draft.refresh_from_db()
        self.assertEqual((draft.state, draft.revisions.first().snapshot["state"]), ("in_review",) * 2)

    @override_settings(EVENTS_FOUR_EYES=True)
    def test_what_is_live_stays_so_under_four_eyes(self):
        self.put([self.events[0].pk])
        self.assertEqual(Event.objects.get(pk=self.events[0].pk).state, "published")

    def test_articles_too(self):
        article = make_article(contexts=[self.old, "Mosul"], events=[self.events[0]])
        self.assertEqual(carrying(Article, [self.old.pk]), [article.pk])
        self.put([article.pk], Article)
        article.refresh_from_db()
        snapshot = article.revisions.first().snapshot
        self.assertEqual(snapshot, kind_of(article).whole(article))
        self.assertEqual(snapshot["contexts"], ["Islamic State", "Mosul"])
        self.assertEqual(article.version, 2)
