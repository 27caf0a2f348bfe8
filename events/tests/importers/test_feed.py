import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

from django.test import SimpleTestCase

from events.importers import feed
from events.importers.records import CitationRecord, CoverRecord, EventRecord, InvalidRecord

SAMPLES = Path(__file__).parent / "samples"


def read(source):
    return list(feed.read(io.BytesIO(source.encode()), path="f"))


def read_sample(name):
    with open(SAMPLES / name, "rb") as stream:
        return list(feed.read(stream, path=name))


class RSSTests(SimpleTestCase):
    def test_full_item(self):
        record = read_sample("feed.rss")[0]
        self.assertEqual(record.import_ref, "feed:harbour.example#harbour-1")
        self.assertEqual(record.headline, "Bridge & tunnel open")
        self.assertEqual(record.summary, r"After \*four\* years.")
        self.assertEqual(record.body, "It *opened*. [More](https://harbour.example/more)\n\n- one\n- two")
        self.assertEqual(record.contexts, ["Bridges", "Harbour"])
        self.assertEqual(record.language, "en-gb")
        self.assertEqual(record.where, "feed.rss#1")
        label = "Ada Reed, Harbour Gazette & Post"
        self.assertEqual(record.citations, [CitationRecord(label, "https://harbour.example/bridge?a=1")])
        cover = CoverRecord("https://harbour.example/bridge.jpg", alt="A bridge at dusk", credit="Ada Reed")
        self.assertEqual(record.cover, cover)

    def test_day_is_the_feeds_own_and_the_moment_is_utc(self):
        record = read_sample("feed.rss")[0]
        self.assertEqual(record.date, date(2016, 2, 21))
        self.assertEqual(record.first_published_at, datetime(2016, 2, 22, 7, 30, tzinfo=UTC))

    def test_tag_uri_stays_the_guid(self):
        record = read_sample("feed.rss")[1]
        self.assertEqual(record.guid, "tag:news.example,2016:event/0123456789ab")
        self.assertEqual(record.import_ref, record.guid)
        self.assertEqual(record.citations[0].label, "The Other Paper")
        self.assertEqual(record.cover.source_url, "https://other.example/a.png")

    def test_item_without_date_is_reported(self):
        record = read_sample("feed.rss")[2]
        self.assertIsInstance(record, InvalidRecord)
        self.assertEqual(record.where, "feed.rss#3")

    def test_rss_1(self):
        (record,) = read(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://e.org/"><title>E</title>'
            '<link>https://e.org/</link></channel><item rdf:about="https://e.org/1"><title>One</title>'
            "<link>https://e.org/1</link><dc:date>2016-02-21</dc:date><dc:subject>Sea</dc:subject></item></rdf:RDF>"
        )
        self.assertEqual((record.import_ref, record.date), ("feed:https://e.org/1", date(2016, 2, 21)))
        self.assertEqual(record.citations, [CitationRecord("E", "https://e.org/1")])
        self.assertEqual(record.contexts, ["Sea"])


class AtomTests(SimpleTestCase):
    def test_full_entry(self):
        (record,) = read_sample("feed.atom")
        self.assertEqual(record.import_ref, "feed:urn:uuid:1")
        self.assertEqual(record.headline, "Bridge <2> opens")
        self.assertEqual((record.summary, record.body), (r"Plain \<text>", "It **opened** & closed."))
        self.assertEqual((record.date, record.language), (date(2016, 2, 21), "zh-Hans"))
        self.assertEqual(record.updated_at, datetime(2016, 2, 22, 16, 30, tzinfo=UTC))
        self.assertEqual(
            record.citations, [CitationRecord("Ada Reed, Harbour", "https://harbour.example/bridge")]
        )
        self.assertEqual(record.cover.source_url, "https://harbour.example/bridge.jpg")
        self.assertEqual(record.contexts, ["Bridges", "harbour"])


class JSONFeedTests(SimpleTestCase):
    def test_items_with_and_without_title(self):
        first, second, no_date, no_object = read_sample("feed.json")
        self.assertEqual((first.headline, first.body), ("Bridge opens", "One \\* two\n\nthree"))
        self.assertEqual((first.date, first.import_ref), (date(2016, 2, 21), "feed:harbour.example#1"))
        self.assertEqual(first.cover.source_url, "https://harbour.example/b.jpg")
        self.assertEqual(
            (second.headline, second.import_ref), ("An entry without a title.", "feed:harbour.example#2")
        )
        self.assertIsInstance(no_date, InvalidRecord)
        self.assertIsInstance(no_object, InvalidRecord)

    def test_other_json(self):
        for source in (
            "{}",
            "{",
            '{"version": 3}',
            '{"version": "https://jsonfeed.org/version/1", "items": 3}',
        ):
            (record,) = read(source)
            self.assertIsInstance(record, InvalidRecord)


class HostileFeedTests(SimpleTestCase):
    def assert_one_invalid(self, source):
        (record,) = read(source)
        self.assertIsInstance(record, InvalidRecord)

    def test_entities_are_refused(self):
        item = "<channel><item><title>&a;</title></item></channel>"
        self.assert_one_invalid(f'<!DOCTYPE rss [<!ENTITY a "b">]><rss>{item}</rss>')
        self.assert_one_invalid(
            f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>{item}</rss>'
        )

    def test_what_is_no_feed(self):
        for source in (
            "",
            "x",
            "<html><body/></html>",
            "\x00",
            '<?xml version="1.0" encoding="nonsense"?><rss/>',
        ):
            self.assert_one_invalid(source)

    def test_deep_and_wide_entries(self):
        self.assert_one_invalid(f"<rss><channel><item>{'<a>' * 1000}")
        self.assert_one_invalid(f"<rss><channel><item>{'<a/>' * 60_000}</item></channel></rss>")

    def test_items_before_the_damage_are_kept(self):
        item = "<item><title>A</title><guid>{}</guid><pubDate>Sun, 21 Feb 2016 10:00:00 GMT</pubDate></item>"
        items = "".join(item.format(number) for number in range(2_000))
        records = read(f"<rss><channel>{items}<item><title>")
        self.assertEqual(sum(isinstance(record, EventRecord) for record in records), 2_000)
        self.assertIsInstance(records[-1], InvalidRecord)

    def test_script_addresses_are_dropped(self):
        (record,) = read(
            "<rss><channel><item><title>A</title><guid>1</guid><link>javascript:alert(1)</link>"
            "<pubDate>Sun, 21 Feb 2016 10:00:00 GMT</pubDate><enclosure type='image/png' url='file:///a'/>"
            "<description>&lt;a href='javascript:x'&gt;y&lt;/a&gt;</description></item></channel></rss>"
        )
        self.assertEqual((record.citations, record.cover, record.summary), ([], None, "y"))

    def test_addresses_that_are_none_cost_only_themselves(self):
        entry = "<entry {}><id>1</id><title>A</title><published>2016-02-21</published>{}</entry>"
        own = 'xml:base="http://e.org/"'
        for base, address in (
            (own, "http://["),
            (own, "http://[x]/"),
            (own, "http://exa℀mple.org"),
            ('xml:base="http://["', "/a"),
        ):
            item = entry.format(base, f'<link href="{address}"/>')
            (record,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{item}</feed>')
            self.assertEqual((record.headline, record.citations), ("A", []))

    def test_halves_of_surrogate_pairs_go(self):
        own = {"image_alt": "a\ud800", "image_credit": "\udfffb", "date": "2016-02-21"}
        items = [
            {"id": "1", "title": "A\ud800", "image": "https://e.org/a.png", "_dayline": own},
            {"id": "2", "title": "\ud800"},
        ]
        feed_text = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
        record, no_date = read(feed_text)
        self.assertEqual((record.cover.alt, record.cover.credit), ("a", "b"))
        self.assertTrue(no_date.problem.encode())

    def test_moment_that_stands_for_none_is_none(self):
        (record,) = read(
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:e.org,2016:1</id><title>A</title>'
            "<published>0001-01-01T00:00:00Z</published></entry></feed>"
        )
        self.assertIn("no date", record.problem)
