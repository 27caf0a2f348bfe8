import gzip
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.test import SimpleTestCase

from events.importers.context_markdown import read
from events.importers.records import (
    CitationRecord,
    CoverRecord,
    EventRecord,
    InvalidRecord,
    MentionRecord,
)

EVENT = """### [2011-03-5](/news/2011/03/5/index.md)

##### Harbours
#  The ''port'' opens (again). \n\nIt had been closed.


### Source:

1. [Gazette [print]](http://example.com/a_(b)) [IMG](http://example.com/a.jpg)
1. [Courier](http://example.com/c)
1. [Cover Image](http://example.com/other.jpg)

### Related:

1. [Earlier [one]. ](/news/2011/02/28/earlier-one.md) _Context: Docks, Harbours_
2. [Alone](/news/2011/02/1/alone.md)
"""

DAY = """## [2011-03-5](/zh/news/2011/03/5/index.md)

##### 港口
### [ 港口重新開放。](/zh/news/2011/03/5/港口重新開放.md)
### [無處](/zh/news/2011/13/5/無處.md)
## [前一天...](/zh/news/2011/03/4/index.md)
"""


def records(text: str, path: str = "") -> list:
    return list(read(StringIO(text), path=path))


class EventPageTests(SimpleTestCase):
    maxDiff = None

    def test_every_part_is_read(self) -> None:
        (record,) = records(EVENT, "news/2011/03/5/the-port-opens.md")
        path = "news/2011/03/5/the-port-opens"
        earlier = "news/2011/02/28/earlier-one"
        alone = "news/2011/02/1/alone"
        expected = EventRecord(
            import_ref=path,
            date=date(2011, 3, 5),
            headline="The port opens (again).",
            summary="It had been closed.",
            language="en",
            contexts=["Harbours", "Docks"],
            citations=[
                CitationRecord("Gazette [print]", "http://example.com/a_(b)"),
                CitationRecord("Courier", "http://example.com/c"),
            ],
            cover=CoverRecord(source_url="http://example.com/a.jpg"),
            related=[
                MentionRecord(
                    earlier, date(2011, 2, 28), "Earlier [one].", ["Docks", "Harbours"], [f"/{earlier}"], "en"
                ),
                MentionRecord(alone, date(2011, 2, 1), "Alone", [], [f"/{alone}"], "en"),
            ],
            old_addresses=[f"/{path}"],
            where="news/2011/03/5/the-port-opens.md:1",
        )
        self.assertEqual(record, expected)

    def test_chinese_labels_are_read(self) -> None:
        page = EVENT.replace("Source", "信息来源").replace("Related", "有关").replace("Context", "消息")
        (english,), (chinese,) = records(EVENT, "x"), records(page, "x")
        self.assertEqual(chinese, english)

    def test_without_a_path_the_address_comes_from_day_and_headline(self) -> None:
        (record,) = records(EVENT)
        self.assertEqual(record.import_ref, "news/2011/03/5/the-port-opens-again")
        self.assertEqual(record.old_addresses, ["/news/2011/03/5/the-port-opens-again"])

    def test_chinese_page_is_known_by_the_address_that_others_link(self) -> None:
        page = "### [2011-03-5](/news/2011/03/5/index.md)\n\n# 港口\n"
        (record,) = records(page, "somewhere/news__2011__03__5__港口.md")
        self.assertEqual(record.import_ref, "zh/news/2011/03/5/港口")
        self.assertEqual(record.old_addresses, ["/zh/news/2011/03/5/港口", "/news/2011/03/5/港口"])
        self.assertEqual(record.language, "zh")


class ListTests(SimpleTestCase):
    def test_entries_are_incomplete_and_wrong_ones_reported(self) -> None:
        entry, wrong = records(DAY, "zh/news/2011/03/5/index.md")
        self.assertEqual((entry.date, entry.headline), (date(2011, 3, 5), "港口重新開放。"))
        self.assertEqual(entry.import_ref, "zh/news/2011/03/5/港口重新開放")
        self.assertEqual((entry.contexts, entry.is_incomplete), (["港口"], True))
        self.assertIsInstance(wrong, InvalidRecord)
        self.assertEqual(wrong.where, "zh/news/2011/03/5/index.md:5")


class InvalidPageTests(SimpleTestCase):
    def test_problems_are_reported(self) -> None:
        pages = ("", "# Readme\n", "### [2011-02-31](x)\n# A\n", "### [2011-02-28](x)\n\nA\n")
        for page in pages:
            with self.subTest(page):
                (record,) = records(page, "a.md")
                self.assertIsInstance(record, InvalidRecord)


@pytest.mark.corpus
class SamplePagesTests(SimpleTestCase):
    """The Context's own pages, and the corpus that was made from the same pages by other means."""

    @pytest.fixture(autouse=True)
    def _shared(self, shared_dir: Path) -> None:
        self.shared = shared_dir

    def _corpus(self) -> dict[str, dict]:
        with gzip.open(self.shared / "data" / "events-zh-context.jsonl.gz", "rt", encoding="utf-8") as lines:
            return {record["id"]: record for record in map(json.loads, lines)}

    def _samples(self) -> list[tuple[str, list]]:
        pages = sorted((self.shared / "data" / "context-pages").iterdir())
        return [(page.name, list(read(page.open("rb"), path=page.name))) for page in pages]

    def test_event_pages_agree_with_the_corpus(self) -> None:
        corpus = self._corpus()
        pages = [found[0] for name, found in self._samples() if "index" not in name and "README" not in name]
        self.assertEqual(len(pages), 8)
        for record in pages:
            expected = corpus[record.import_ref]
            with self.subTest(record.import_ref):
                self.assertEqual(record.date.isoformat(), expected["date"])
                self.assertEqual(record.headline, expected["headline"])
                self.assertEqual(record.summary or None, expected["summary"])
                self.assertEqual(
                    [(c.label, c.url or None) for c in record.citations],
                    [(c["label"], c["url"]) for c in expected["citations"]],
                )
                self.assertEqual(record.cover and record.cover.source_url, expected["cover_image"])
                self.assertEqual(record.contexts[0], expected["contexts"][0])
                self.assertLessEqual(set(record.contexts), set(expected["contexts"]))
                self.assertEqual(
                    [
                        (m.date.isoformat(), m.headline, f"{m.old_addresses[0]}.md", m.shared)
                        for m in record.related
                    ],
                    [(m["date"], m["headline"], m["url"], m["shared"]) for m in expected["related"] or ()],
                )

    def test_lists_agree_with_the_corpus(self) -> None:
        corpus = self._corpus()
        lists = {name: found for name, found in self._samples() if "index" in name or "README" in name}
        self.assertEqual([len(found) for found in lists.values()], [7, 12, 1, 1])
        for record in (record for found in lists.values() for record in found):
            self.assertTrue(record.is_incomplete)
            if expected := corpus.get(record.import_ref):
                self.assertEqual(record.headline, expected["headline"])
                self.assertLessEqual(set(record.contexts), set(expected["contexts"]))

    def test_reference_page(self) -> None:
        page = self.shared / "reference" / "context-event-page.md"
        (record,) = read(page.open("rb"), path=page.name)
        pair = (self.shared / "reference" / "pair.jsonl").read_text(encoding="utf-8")
        homs = next(r for r in map(json.loads, pair.splitlines()) if r["id"] == "homs")
        self.assertEqual(record.headline, homs["headline"])
        self.assertEqual(record.summary, homs["summary"])
        self.assertEqual(record.contexts, homs["contexts"])
        self.assertEqual([c.url for c in record.citations], [c["url"] for c in homs["citations"]])
        self.assertEqual(record.citations[0].label, homs["citations"][0]["label"].replace("''", ""))
        self.assertTrue(record.cover.source_url.endswith(".jpg"))
        self.assertEqual([len(mention.shared) for mention in record.related], [4, 3, 3, 3, 3])
        self.assertTrue(record.old_addresses[0].startswith("/news/2016/02/21/twin-bomb-blasts-hit"))
