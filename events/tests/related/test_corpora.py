"""The older system's page that the newsroom sets out to better, alone and among eleven thousand events.

On the page of bombings in Homs it suggested five events of the following years and missed the truce talks of
the same day, whose text begins with explosions in Homs: the contexts differ.
"""

import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import TestCase
from django.utils import timezone

from bench.relatedness import read
from events.documents.event_pages import event_page
from events.documents.types import RelatedDocument
from events.importers.runner import run_import
from events.models import Context, Event
from events.workflow.contexts import refresh

# From the middle of the corpus to the day of the page.
MOVE = timedelta(days=1730)


class PairTests(TestCase):
    @pytest.fixture(autouse=True)
    def _shared(self, shared_dir: Path) -> None:
        self.shared = shared_dir

    def bring_in(self, events: list[dict]) -> None:
        content = "\n".join(json.dumps(event) for event in events).encode()
        run_import("jsonl", io.BytesIO(content), path="events.jsonl")

    def put_under_the_war(self) -> str:
        """What an editor does once; returns the war's name."""
        # Whichever way the corpus spells them.
        war, process = Context.objects.resolve(["Syrian Civil War", "Syrian Civil War peace process"])
        process.parents.add(war)
        refresh([process.pk])
        return war.name

    def related(self, ref: str) -> dict[str, tuple[int, RelatedDocument]]:
        """What stands beside an event on its page, with its place from 1, by import reference."""
        event = Event.objects.for_page().get(import_ref=ref)
        related = event_page(event, now=timezone.now()).event.related
        return {found.event.import_ref: (place, found) for place, found in enumerate(related, 1)}

    def check(self, *, among_the_first: int, under: tuple[str, ...]) -> None:
        place, truce = self.related("homs")["truce"]
        self.assertLessEqual(place, among_the_first)
        self.assertEqual((truce.when, truce.under), ("same-day", under))
        self.assertIn("the same day", truce.why)
        self.assertIn("Homs", truce.names)
        place, homs = self.related("truce")["homs"]
        self.assertLessEqual(place, among_the_first)
        self.assertEqual((homs.when, homs.under), ("same-day", under))
        self.assertIn("Homs", " ".join(homs.names))

    def check_both_ways(self) -> None:
        self.check(among_the_first=5, under=())
        war = self.put_under_the_war()
        self.check(among_the_first=3, under=(war,))

    def test_alone(self) -> None:
        self.bring_in(read(self.shared / "reference" / "pair.jsonl"))
        self.check_both_ways()

    def test_among_the_corpus(self) -> None:
        corpus = read(self.shared / "data" / "events-en-2020-2021.jsonl.gz")
        for event in corpus:
            event["date"] = str(date.fromisoformat(event["date"]) - MOVE)
        self.bring_in([*corpus, *read(self.shared / "reference" / "pair.jsonl")])
        self.check_both_ways()
