"""Whatever record there can be, its line gives it back."""

import io
from datetime import UTC, date, datetime, time

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from events.importers import jsonl
from events.importers.jsonl_lines import dump_record
from events.importers.records import (
    ChoiceRecord,
    CitationRecord,
    ContextRecord,
    CoverRecord,
    EventRecord,
    InvalidRecord,
    LinkRecord,
    MentionRecord,
    PublisherRecord,
)
from events.text.cleaning import clean_block, clean_line

lines = st.text(st.characters(codec="utf-8"), max_size=20).map(clean_line)
words = lines.filter(bool)
blocks = st.text("ab c\n*_&é", max_size=30).map(clean_block)
names = st.lists(words, max_size=3, unique=True)
days = st.dates()
moments = st.none() | st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
urls = st.just("") | st.sampled_from(["https://e.org/a?b=1&c=2", "http://münchen.example/ö"])
languages = st.sampled_from(["", "en", "zh-Hans", "ar"])
references = st.text("ab/-é2 .", min_size=1, max_size=9).map(str.strip).filter(bool)
addresses = st.lists(references.map(lambda ref: "/" + ref.lstrip("/")), max_size=2, unique=True)
citations = st.builds(
    CitationRecord,
    words,
    urls,
    lines,
    lines,
    st.none() | days,
    st.none() | days,
    languages,
    st.booleans(),
    blocks,
)
covers = st.builds(CoverRecord, urls.filter(bool), references, lines, st.booleans(), blocks, lines, lines)
mentions = st.builds(MentionRecord, references, days, words, names, addresses, languages)
events = st.builds(
    EventRecord,
    import_ref=references,
    date=st.dates(max_value=date(2000, 1, 1)),
    headline=words,
    end_date=st.none() | st.dates(min_value=date(2000, 1, 1)),
    date_precision=st.sampled_from(jsonl.PRECISIONS),
    time=st.none() | st.times(),
    time_zone=st.sampled_from(["", "Asia/Damascus"]),
    short_headline=lines,
    summary=blocks,
    body=blocks,
    category=lines,
    label=lines,
    label_until=moments,
    language=languages,
    direction=st.sampled_from(jsonl.DIRECTIONS),
    contexts=names,
    stories=st.lists(st.lists(words, min_size=1, max_size=2, unique=True), max_size=3),
    citations=st.lists(citations, max_size=2),
    cover=st.none() | covers,
    related=st.lists(mentions, max_size=2),
    public_id=st.sampled_from(["", "0123456789ab"]),
    guid=lines,
    slug=lines,
    state=st.sampled_from(jsonl.STATES),
    publish_at=moments,
    embargo_until=moments,
    first_published_at=moments,
    updated_at=moments,
    edited_at=moments,
    retraction_notice=blocks,
    is_incomplete=st.booleans(),
    pins=st.lists(st.builds(ChoiceRecord, references, st.just(False), lines), max_size=2),
    hidden=st.lists(st.builds(ChoiceRecord, references, st.booleans(), lines), max_size=2),
    links=st.lists(st.builds(LinkRecord, references, st.sampled_from(jsonl.LINK_KINDS[1:])), max_size=2),
    old_addresses=addresses,
)
contexts = st.builds(
    ContextRecord,
    words,
    lines,
    st.sampled_from(jsonl.CONTEXT_KINDS),
    blocks,
    names,
    names,
    lines,
    lines,
    names,
    st.booleans(),
)
publishers = st.builds(PublisherRecord, words, words, lines)


class DumpRecordTests(SimpleTestCase):
    @settings(max_examples=150)
    @given(events | contexts | publishers)
    def test_what_is_dumped_is_read_back(self, record):
        line = dump_record(record)
        self.assertNotIn("\n", line)
        (back,) = jsonl.read(io.BytesIO(line.encode()))
        back.where = ""
        self.assertEqual(back, record)
        self.assertEqual(dump_record(back), line)

    def test_empty_and_default_values_are_left_out(self):
        record = EventRecord("a", date(2016, 2, 21), "A bridge opens.", contexts=["Ö"], where="f:1")
        expected = (
            '{"type":"event","id":"a","date":"2016-02-21","headline":"A bridge opens.","contexts":["Ö"]}'
        )
        self.assertEqual(dump_record(record), expected)

    def test_midnight_is_a_time(self):
        record = EventRecord("a", date(2016, 2, 21), "A bridge opens.", time=time(0, 0))
        self.assertIn('"time":"00:00:00"', dump_record(record))

    def test_invalid_record_is_refused(self):
        with self.assertRaises(TypeError):
            dump_record(InvalidRecord("f:1", "no"))
