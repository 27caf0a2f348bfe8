import io
from datetime import UTC, date, datetime
from pathlib import Path

from django.test import SimpleTestCase

from events.importers import wxr_events
from events.importers.records import CitationRecord, ContextRecord, CoverRecord, EventRecord, InvalidRecord
from events.importers.wxr_posts import as_html

SAMPLE = Path(__file__).parent / "samples" / "wordpress.xml"


class _Pipe(io.BytesIO):
    def seekable(self):
        return False

    def seek(self, *args):
        raise io.UnsupportedOperation


class WordPressTests(SimpleTestCase):
    def setUp(self):
        self.records = list(wxr_events.read(io.BytesIO(SAMPLE.read_bytes()), path="w"))

    def test_categories_and_tags_become_contexts(self):
        contexts = [record for record in self.records if isinstance(record, ContextRecord)]
        self.assertEqual(
            contexts,
            [
                ContextRecord("Works", description="All that is **built**.", where="w#1"),
                ContextRecord("Bridges", parents=["Works"], where="w#2"),
                ContextRecord("Harbour", where="w#3"),
            ],
        )

    def test_published_post(self):
        post = self.records[3]
        self.assertEqual((post.import_ref, post.date), ("wxr:blog.example/?p=12", date(2016, 2, 21)))
        self.assertEqual(post.first_published_at, datetime(2016, 2, 22, 7, 30, tzinfo=UTC))
        self.assertEqual((post.slug, post.old_addresses), ("brücke", ["/2016/02/brücke/"]))
        self.assertEqual(post.summary, r"Short & \*sweet\*")
        self.assertEqual(post.contexts, ["Bridges", "Harbour"])
        self.assertEqual(post.citations, [CitationRecord("the paper", "https://paper.example/a")])
        cover = CoverRecord(
            "https://blog.example/bridge.jpg", alt="A bridge", caption="The bridge, seen from the east"
        )
        self.assertEqual(post.cover, cover)

    def test_shortcodes_go_and_lines_become_paragraphs(self):
        body = self.records[3].body
        self.assertTrue(body.startswith("First line\\\nsecond line\n\nSaid \\[sic\\] [the paper]"))
        self.assertTrue(body.endswith("In a box"))
        for word in ("caption", "gallery", "[box", "/box"):
            self.assertNotIn(word, body)

    def test_future_post_waits_for_its_moment(self):
        post = self.records[4]
        self.assertEqual((post.state, post.publish_at), ("published", datetime(2030, 1, 2, 10, tzinfo=UTC)))
        self.assertEqual((post.body, post.old_addresses), ("One\n\n> Two", []))

    def test_private_post_is_a_draft(self):
        post = self.records[5]
        self.assertEqual((post.state, post.first_published_at), ("draft", None))

    def test_only_posts_come_in(self):
        self.assertEqual(len(self.records), 7)
        self.assertIsInstance(self.records[6], InvalidRecord)

    def test_stream_that_cannot_be_read_twice(self):
        self.assertEqual(list(wxr_events.read(_Pipe(SAMPLE.read_bytes()), path="w")), self.records)

    def test_cut_off_export_gives_what_is_whole(self):
        records = list(wxr_events.read(io.BytesIO(SAMPLE.read_bytes()[:-1_000]), path="w"))
        self.assertTrue(any(isinstance(record, EventRecord) for record in records))
        self.assertIsInstance(records[-1], InvalidRecord)

    def test_other_xml(self):
        (record,) = wxr_events.read(io.BytesIO(b"<rss><channel/></rss>"))
        self.assertIsInstance(record, InvalidRecord)

    def test_many_open_shortcodes_take_no_time_to_speak_of(self):
        for source in ("[caption]" * 100_000, "[a ='" * 100_000, "[gallery " * 100_000):
            self.assertLessEqual(len(as_html(source)), len(source))
