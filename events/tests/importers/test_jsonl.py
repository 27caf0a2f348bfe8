import gzip
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from events.importers import jsonl, jsonl_fields
from events.importers.base import unpacked
from events.importers.records import (
    CitationRecord,
    ContextRecord,
    CoverRecord,
    EventRecord,
    InvalidRecord,
    MentionRecord,
    PublisherRecord,
)
from events.text.cleaning import clean_wiki

GOOD = {"id": "a", "date": "2016-02-21", "headline": "A bridge opens."}


def read(*lines):
    """Records of lines that are objects, texts or bytes."""
    raw = [
        line if isinstance(line, bytes) else line if isinstance(line, str) else json.dumps(line)
        for line in lines
    ]
    raw = [line if isinstance(line, bytes) else line.encode() for line in raw]
    return list(jsonl.read(io.BytesIO(b"\n".join(raw)), path="f.jsonl"))


def read_one(line):
    (record,) = read(line)
    return record


class CorpusRecordTests(SimpleTestCase):
    def test_event_with_topics_of_two_levels(self):
        topics = [
            {"title": "War", "url": None, "level": 0},
            {"title": "Siege", "url": "https://e.org/", "level": 1},
            {"title": "Truce", "url": "https://e.org/", "level": 1},
        ]
        record = read_one(GOOD | {"topics": topics, "lang": "en", "summary": None, "category": None})
        self.assertEqual(record.stories, [["War"], ["Siege", "Truce"]])
        self.assertEqual((record.language, record.summary, record.where), ("en", "", "f.jsonl:1"))
        self.assertEqual(record.state, "published")

    def test_topics_without_levels_lie_under_each_other(self):
        record = read_one(GOOD | {"topics": [{"title": "War"}, {"title": "Siege"}]})
        self.assertEqual(record.stories, [["War"], ["Siege"]])

    def test_wiki_mark_up_and_repeated_contexts_go(self):
        record = read_one(
            GOOD
            | {"headline": "The ''Argo''  sails &amp;amp; returns", "contexts": ["Argo", " Argo", "Sea", ""]}
        )
        self.assertEqual(record.headline, "The Argo sails & returns")
        self.assertEqual(record.contexts, ["Argo", "Sea"])

    def test_page_of_the_older_site_with_related_list(self):
        page = {
            "id": "zh/news/2016/2/1/一座橋",
            "origin": "zh-context",
            "lang": "zh",
            "related": [
                {"date": "2015-01-02", "headline": "橋", "url": "/zh/news/2015/1/2/橋.md", "shared": ["橋"]},
            ],
            "cover_image": "https://pictures.example/bridge.jpg",
        }
        record = read_one(GOOD | page)
        self.assertEqual(record.old_addresses, ["/zh/news/2016/2/1/一座橋"])
        reference = "zh/news/2015/1/2/橋"
        mention = MentionRecord(reference, date(2015, 1, 2), "橋", ["橋"], ["/" + reference], "zh")
        self.assertEqual(record.related, [mention])
        self.assertEqual(record.cover, CoverRecord("https://pictures.example/bridge.jpg"))

    def test_number_as_id(self):
        self.assertEqual(read_one(GOOD | {"id": 7}).import_ref, "7")

    def test_citation_without_label_and_url_is_left_out(self):
        record = read_one(GOOD | {"citations": [{"label": "", "url": None}, {"label": "AFP", "url": None}]})
        self.assertEqual(record.citations, [CitationRecord("AFP")])

    def test_remains_of_a_template_are_no_label(self):
        page, copy = (
            "https://news.example.org/a",
            "https://web.archive.org/web/2018/https://news.example.org/a",
        )
        for label, read_as in {
            f"url={copy} |date=": "news.example.org",
            f"url={copy} |date= ，光華日報，，查閱。{{{{zh-cn}}}}": "news.example.org",
            "link|date=2019年5月 |bot=InternetArchiveBot }} 中國報": "中國報",
            "{{en}}": "news.example.org",
            "link|of the day": "link|of the day",
        }.items():
            record = read_one(GOOD | {"citations": [{"label": label, "url": page}]})
            self.assertEqual(record.citations, [CitationRecord(read_as, page)])


class OwnRecordTests(SimpleTestCase):
    def test_our_text_is_not_taken_for_wiki_text(self):
        record = read_one(
            GOOD | {"type": "event", "headline": "The ''x'' {{y}}", "body": "`''`\n\n    &amp;"}
        )
        self.assertEqual((record.headline, record.body), ("The ''x'' {{y}}", "`''`\n\n    &amp;"))

    def test_published_at_is_first_published_at(self):
        record = read_one(GOOD | {"type": "event", "published_at": "2016-02-21T12:00:00+03:00"})
        self.assertEqual(record.first_published_at, datetime(2016, 2, 21, 9, tzinfo=UTC))

    def test_context_and_publisher(self):
        context, publisher = read(
            {"type": "context", "name": "Sea", "kind": "place", "parents": ["Water"], "wikidata": "Q165"},
            {"type": "publisher", "host": "e.org", "name": "E"},
        )
        self.assertEqual(
            context, ContextRecord("Sea", kind="place", parents=["Water"], wikidata="Q165", where="f.jsonl:1")
        )
        self.assertEqual(publisher, PublisherRecord("e.org", "E", where="f.jsonl:2"))


class InvalidLineTests(SimpleTestCase):
    def assert_invalid(self, line, *words):
        records = read(GOOD, line, GOOD | {"id": "b"})
        self.assertEqual([type(record) for record in records], [EventRecord, InvalidRecord, EventRecord])
        self.assertEqual(records[1].where, "f.jsonl:2")
        for word in words:
            self.assertIn(word, records[1].problem)

    def test_lines_that_are_no_object(self):
        self.assert_invalid("{", "JSON")
        self.assert_invalid("[1]", "object")
        self.assert_invalid("[" * 100_000, "")
        self.assert_invalid(b'{"id": "\xff"}', "UTF-8")
        self.assert_invalid('{"id": ' + "9" * 10_000 + "}", "JSON")

    def test_line_that_is_too_long(self):
        self.assert_invalid(GOOD | {"body": "x" * 3_000_000}, "1000000")

    def test_missing_fields(self):
        for field in GOOD:
            self.assert_invalid({key: value for key, value in GOOD.items() if key != field}, field)
            self.assert_invalid(GOOD | {field: None}, field)
            self.assert_invalid(GOOD | {field: " "}, field)

    def test_impossible_days(self):
        for day in (
            "2016-02-30",
            "2016-2-3",
            "0000-01-01",
            "10000-01-01",
            "-001-01-01",
            "20160221",
            2016,
            "\ud800",
        ):
            self.assert_invalid(GOOD | {"date": day}, "date")
        self.assert_invalid(GOOD | {"end_date": "2016-02-20"}, "end_date")

    def test_wrong_types(self):
        for field, value in (
            ("headline", ["x"]),
            ("summary", 3),
            ("contexts", "x"),
            ("contexts", [1]),
            ("contexts", {}),
            ("citations", ["x"]),
            ("citations", [{"label": 3}]),
            ("topics", [{"title": "x", "level": "0"}]),
            ("cover_image", 5),
            ("related", 5),
            ("is_incomplete", "yes"),
            ("id", True),
        ):
            self.assert_invalid(GOOD | {field: value}, field if field != "citations" else "")

    def test_unknown_words(self):
        for field, value in (
            ("state", "deleted"),
            ("date_precision", "hour"),
            ("dir", "up"),
            ("lang", "no language"),
            ("type", "person"),
            ("type", []),
            ("time", "25:00"),
            ("publish_at", "2016-02-21T10:00:00"),
            ("publish_at", "0001-01-01T00:00:00+14:00"),
            # In some zones these have no date.
            ("edited_at", "0001-01-01T00:00:00Z"),
            ("edited_at", "9999-12-31T23:59:59Z"),
        ):
            self.assert_invalid(GOOD | {field: value}, field)

    def test_more_than_fits(self):
        for field, value in (
            ("id", "x" * 701),
            ("id", 10**700),
        ):
            self.assert_invalid(GOOD | {field: value}, field)
        self.assert_invalid(GOOD | {"hidden": [{"id": "b", "note": "x" * 256}]}, "note")

    def test_addresses_that_are_no_web_addresses(self):
        for url in ("javascript:alert(1)", "e.org/a", "https://e.org/\ud800", "https://e.org/\x00"):
            self.assert_invalid(GOOD | {"citations": [{"label": "x", "url": url}]}, "url")
            self.assert_invalid(GOOD | {"cover_image": url}, "cover_image")

    def test_problem_can_always_be_printed(self):
        (record,) = read(GOOD | {"date": "\ud800"})
        record.problem.encode("utf-8")

    def test_blank_lines_and_byte_order_mark(self):
        records = read(b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), b"", b"  ", GOOD | {"id": "b"})
        self.assertEqual([record.where for record in records], ["f.jsonl:1", "f.jsonl:4"])

    def test_damaged_gzip(self):
        packed = gzip.compress(b"\n".join(json.dumps(GOOD | {"id": n}).encode() for n in range(20_000)))
        damaged = bytearray(packed)
        damaged[len(damaged) // 2] ^= 0xFF
        for source in (packed[:-4_000], bytes(damaged)):
            records = list(jsonl.read(unpacked(io.BytesIO(source)), path="f"))
            self.assertIsInstance(records[0], EventRecord)
            self.assertIsInstance(records[-1], InvalidRecord)


class QuickLookTests(SimpleTestCase):
    """The quick look may never change what the careful cleaning gives."""

    @settings(max_examples=400)
    @given(st.text() | st.text("a &;'{}[]<>-\u00a0\u0301\u200b\n"))
    def test_same_as_careful_cleaning(self, value):
        self.assertEqual(jsonl_fields.wiki(value), clean_wiki(value))
        self.assertEqual(jsonl_fields.wiki_name(value), clean_wiki(value))


@pytest.mark.corpus
class CorpusTests(SimpleTestCase):
    @pytest.fixture(autouse=True)
    def _shared(self, shared_dir):
        self.data = shared_dir / "data"

    def test_both_corpora_are_read_whole(self):
        for file, count in (("events-en-2020-2021", 11_361), ("events-zh-context", 7_165)):
            with unpacked(open(self.data / f"{file}.jsonl.gz", "rb")) as stream:
                records = list(jsonl.read(stream))
            self.assertEqual(len(records), count)
            self.assertEqual([record for record in records if isinstance(record, InvalidRecord)], [])
            self.assertEqual(len({record.import_ref for record in records}), count)
