"""How many of the contexts that people gave to events are found in the events' texts, on the shared corpora.

In the last run 60 % of the English ones, of which 72 % of what was found were given; and 71 % and 48 % of the
Chinese ones, to which contexts were given sparingly. The rest are not named ("Russian officials" with the
context Russia), or named in words that no alias tells of.
"""

import gzip
import json

import pytest
from django.test import SimpleTestCase

from events.suggestions.names import Known, Names, chosen
from events.suggestions.passages import passages
from events.text.folding import name_key

# One event of so many is read; all of them give their contexts.
STEP = 7


@pytest.mark.corpus
class CorporaTests(SimpleTestCase):
    @pytest.fixture(autouse=True)
    def _shared(self, shared_dir):
        self.data = shared_dir / "data"

    def shares(self, corpus: str) -> tuple[float, float]:
        """The share of given contexts that is found, and of found ones that was given."""
        with gzip.open(self.data / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
            events = [json.loads(line) for line in lines]
        written = dict.fromkeys(name for event in events for name in event["contexts"])
        names: Names = {}
        for pk, name in enumerate(written, 1):
            names.setdefault(name_key(name), (name, False, Known(pk, name, str(pk), "topic", 1)))
        given = found = both = 0
        for event in events[::STEP]:
            own = {names[name_key(name)][2].pk for name in event["contexts"]}
            mentioned = {
                mention.context.pk
                for text in (event["headline"], event["summary"] or "")
                for mention in chosen(text, passages(text), names)
            }
            given, found, both = given + len(own), found + len(mentioned), both + len(own & mentioned)
        return both / given, both / found

    def test_english(self):
        recall, precision = self.shares("events-en-2020-2021")
        self.assertGreater(recall, 0.55)
        self.assertGreater(precision, 0.65)

    def test_chinese(self):
        recall, precision = self.shares("events-zh-context")
        self.assertGreater(recall, 0.65)
        self.assertGreater(precision, 0.42)
