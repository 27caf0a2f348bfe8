"""What suggestions are read from is the same after any writes as if it were made anew."""

import io
import json
import random
from datetime import timedelta

from django.db import connection
from django.test import TestCase

from events import derived
from events.importers.runner import run_import
from events.models import Context, ContextName, Event
from events.related import tables
from events.related.terms import EVERY, context_term
from events.tests.factories import DAY, NOW, make_context, make_event, retract
from events.workflow import contexts as workflow
from events.workflow.edits import delete, editing
from events.workflow.merging import merge_events

WORDS = ("siege", "truce", "bombing", "aid", "convoy", "envoy", "border", "summit", "harvest", "ferry")
NAMES = ["Homs", "Damascus", "Aleppo", "Syrian Civil War", "United Nations", "Ceasefire"]


def everything() -> dict[str, list[tuple]]:
    """All rows of the three tables in one order."""
    columns = {
        "events_relatedvector": "event_id, day, visible_at, category, terms, weights",
        "events_relatedposting": ", ".join(tables.POSTING_COLUMNS),
        "events_relatedterm": "term, events_count",
    }
    return {
        name: sorted(map(str, tables.run(f"SELECT {found} FROM {name}")))  # noqa: S608
        for name, found in columns.items()
    }


def count(term: int) -> int:
    rows = tables.run("SELECT events_count FROM events_relatedterm WHERE term = %s", [term])
    return rows[0][0] if rows else 0


class IncrementalTests(TestCase):
    def setUp(self) -> None:
        self.draw = random.Random(7)  # noqa: S311 (the same draws at every run)
        for name in NAMES:
            make_context(name)

    def headline(self) -> str:
        return " ".join(self.draw.sample(WORDS, 5))

    def create(self) -> None:
        make_event(
            self.headline(),
            contexts=self.draw.sample(sorted(Context.objects.values_list("name", flat=True)), 2),
            summary=self.headline(),
            sources=[("A paper", f"https://{self.draw.choice(WORDS)}.example/1")],
            date=DAY + timedelta(days=self.draw.randrange(40)),
            category=self.draw.choice(["", "Sports", "Law and crime"]),
            state=self.draw.choice(["published", "published", "draft"]),
            publish_at=NOW + timedelta(days=self.draw.randrange(-3, 3)),
        )

    def any_event(self) -> Event:
        return self.draw.choice(list(Event.objects.order_by("pk")))

    def any_context(self) -> Context:
        return self.draw.choice(list(Context.objects.order_by("pk")))

    def edit(self) -> None:
        with editing(self.any_event(), now=NOW) as event:
            event.headline = self.headline()
            event.date += timedelta(days=self.draw.randrange(-2, 3))
            event.contexts.put([self.any_context(), self.any_context()])

    def publish_or_retract(self) -> None:
        event = self.any_event()
        if event.state == Event.State.PUBLISHED:
            retract(event)
        elif event.state == Event.State.DRAFT:
            with editing(event, now=NOW):
                event.state = Event.State.PUBLISHED

    def delete(self) -> None:
        event = self.any_event()
        if not Event.objects.filter(merged_into=event).exists():
            delete(event, now=NOW)

    def merge_two_events(self) -> None:
        one, other = self.any_event(), self.any_event()
        if one != other and not one.merged_into_id and not other.merged_into_id:
            merge_events(one, into=other, now=NOW)

    def merge_contexts(self) -> None:
        one, other = self.any_context(), self.any_context()
        if one != other and Context.objects.count() > 4:
            workflow.merge([one], into=other, now=NOW)
            make_context(f"{one.name} again {self.draw.random()}")

    def delete_context(self) -> None:
        if Context.objects.count() > 4:
            workflow.delete(self.any_context(), now=NOW)

    def rename(self) -> None:
        workflow.rename(self.any_context(), f"{self.draw.choice(WORDS)} {self.draw.random()}", now=NOW)

    def alias(self) -> None:
        context = self.any_context()
        ContextName.objects.create(context=context, name=f"{self.draw.choice(WORDS)} {self.draw.random()}")
        workflow.refresh([context.pk], now=NOW)

    def parent(self) -> None:
        child, parent = self.any_context(), self.any_context()
        if child != parent and child not in parent.parents.all():
            child.parents.set([parent])
            workflow.refresh([child.pk], now=NOW)

    def use_or_not(self) -> None:
        context = self.any_context()
        context.is_for_related = not context.is_for_related
        context.save(update_fields=["is_for_related"])
        workflow.refresh([context.pk], now=NOW)

    def bring_in(self) -> None:
        """An import that makes events, contexts and story lines, some of them under known contexts."""
        lines = [
            {
                "id": f"{self.draw.random()}",
                "date": str(DAY),
                "headline": self.headline(),
                # Known by another spelling than the one by which the words were made ahead.
                "contexts": [name.upper() for name in self.draw.sample(NAMES, 2)],
                "topics": [
                    {"title": title, "level": level} for level, title in enumerate(self.draw.sample(NAMES, 2))
                ],
            }
            for _number in range(3)
        ]
        content = "\n".join(map(json.dumps, lines)).encode()
        run_import("jsonl", io.BytesIO(content), path="events.jsonl", now=NOW)

    def test_random_writes(self) -> None:
        for _number in range(12):
            self.create()
        kinds = [
            self.create, self.edit, self.publish_or_retract, self.delete, self.merge_two_events,
            self.merge_contexts, self.delete_context, self.rename, self.alias, self.parent, self.use_or_not,
            self.bring_in,
        ]  # fmt: skip
        done = [self.draw.choice(kinds) for _number in range(60)]
        for number, act in enumerate([*kinds, *done]):
            act()
            if Event.objects.count() < 6:
                self.create()
            if number % 12 == 11:
                self.check(f"{number}: {act.__name__}")

    def check(self, when: str) -> None:
        incremental = everything()
        self.assertTrue(all(incremental.values()), when)
        list(derived.rebuild())
        self.assertEqual(everything(), incremental, when)


class CountTests(TestCase):
    def test_counts_follow_every_write(self) -> None:
        event = make_event("One", contexts=["Homs"])
        make_event("A draft", contexts=["Homs"], state="draft")
        waiting = make_event("Later", contexts=["Homs"], publish_at=NOW + timedelta(days=1))
        self.assertEqual((count(context_term("homs")), count(EVERY)), (2, 2))
        retract(event)
        self.assertEqual((count(context_term("Homs")), count(EVERY)), (1, 1))
        delete(waiting, now=NOW)
        self.assertEqual(everything(), {name: [] for name in tables.NAMES})

    def test_a_write_that_changes_no_term_writes_no_posting(self) -> None:
        event = make_event("One", contexts=["Homs"])
        before = everything()
        with connection.execute_wrapper(self.refuse_postings):
            derived.refresh([event.pk], now=NOW)
        self.assertEqual(everything(), before)

    def refuse_postings(self, execute, sql, params, many, context):
        self.assertNotIn("events_relatedposting", sql)
        return execute(sql, params, many, context)
