from dataclasses import replace
from datetime import date, time
from io import BytesIO, StringIO
from unittest.mock import patch

import yaml
from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from events.documents.types import EventDocument
from events.formats.markdown import MarkdownFormat
from events.importers import front_matter
from events.importers.context_markdown import MAX_PAGE_BYTES, read
from events.importers.records import ContextRecord, EventRecord, InvalidRecord, PublisherRecord
from events.tests import documents
from events.text.cleaning import clean_block, clean_line
from events.text.languages import direction_of

AWKWARD = "ab #*_`[]()<>\\&;!~-+.1港é\"'|=:{}@%\u200f"
LINES = st.text(alphabet=AWKWARD, max_size=30).map(clean_line)
HEADINGS = st.sampled_from(["### Source:", "\\### Related:", "### 正文:", "# a", "---", "  code", "1. a"])
BLOCKS = st.lists(st.one_of(HEADINGS, LINES), max_size=6).map(lambda lines: clean_block("\n".join(lines)))


def render(event: EventDocument) -> str:
    return MarkdownFormat().render_event(documents.make_event_page(event))


def read_event(text: str) -> EventRecord:
    return next(record for record in read(StringIO(text)) if isinstance(record, EventRecord))


def restore(record: EventRecord, event: EventDocument) -> EventDocument:
    """`event` with everything replaced that the record tells."""
    ref = replace(
        event.ref,
        public_id=record.public_id,
        import_ref=record.import_ref if record.import_ref != record.public_id else "",
        date=record.date,
        date_precision=record.date_precision,
        slug=record.slug,
        headline=record.headline,
        short_headline=record.short_headline,
        language=record.language,
        direction=record.direction or direction_of(record.language),
    )
    citations = tuple(
        replace(
            citation,
            label=known.label,
            url=known.url,
            agency=known.agency,
            carrier=known.carrier,
            published_on=known.published_on,
            accessed_on=known.accessed_on,
            language=known.language,
            is_paywalled=known.is_paywalled,
            quote=known.quote,
        )
        for citation, known in zip(event.citations, record.citations, strict=True)
    )
    cover = event.cover and replace(
        event.cover,
        source_url=record.cover.source_url,
        alt=record.cover.alt,
        is_decorative=record.cover.is_decorative,
        caption=record.cover.caption,
        credit=record.cover.credit,
    )
    assert [context.name for context in event.contexts] == record.contexts
    return replace(
        event,
        ref=ref,
        guid=record.guid,
        end_date=record.end_date,
        time=record.time,
        time_zone=record.time_zone,
        summary=record.summary,
        body=record.body,
        category=record.category,
        label=record.label,
        citations=citations,
        cover=cover,
        first_published_at=record.first_published_at,
        updated_at=record.updated_at,
        edited_at=record.edited_at,
        is_incomplete=record.is_incomplete,
        old_addresses=tuple(record.old_addresses),
    )


class RoundTripTests(SimpleTestCase):
    def test_event_comes_back_whole(self) -> None:
        for event in (documents.make_event(), documents.make_bare_event()):
            restored = restore(read_event(render(event)), event)
            self.assertEqual(restored, event)
            self.assertEqual(render(restored), render(event))

    @settings(max_examples=150)
    @given(headline=LINES.filter(bool), summary=BLOCKS, body=BLOCKS, label=LINES, quote=BLOCKS)
    def test_awkward_text_comes_back_exactly(
        self, headline: str, summary: str, body: str, label: str, quote: str
    ) -> None:
        event = documents.make_event(
            ref=documents.make_ref(headline=headline, short_headline=label),
            summary=summary,
            body=body,
            citations=(
                documents.make_citation(1, label=label, quote=quote, agency=label),
                documents.make_label(2, label),
            ),
            cover=documents.make_cover(alt=label, credit=headline, caption=""),
        )
        restored = restore(read_event(render(event)), event)
        self.assertEqual(restored, event)
        self.assertEqual(render(restored), render(event))

    def test_citation_called_like_the_cover_stays_a_citation(self) -> None:
        citation = documents.make_citation(1, label="Cover Image")
        for cover in (None, documents.make_cover()):
            event = documents.make_event(citations=(citation,), cover=cover)
            record = read_event(render(event))
            self.assertEqual([c.label for c in record.citations], ["Cover Image"])
            self.assertEqual(record.cover is None, cover is None)

    def test_uploaded_cover_keeps_the_address_of_our_copy(self) -> None:
        event = documents.make_event(cover=documents.make_cover(source_url=""))
        self.assertEqual(read_event(render(event)).cover.source_url, event.cover.url)


class OtherRecordsTests(SimpleTestCase):
    def test_contexts_and_publishers_come_before_the_event(self) -> None:
        records = list(read(StringIO(render(documents.make_event())), path="news/a.md"))
        kinds = [type(record) for record in records]
        self.assertEqual(kinds, [ContextRecord] * 3 + [PublisherRecord, EventRecord])
        self.assertEqual((records[0].slug, records[0].kind), ("harbour-strike", "story"))
        self.assertEqual((records[3].host, records[3].name), ("news.example.com", "Example News"))
        self.assertEqual({record.where for record in records}, {"news/a.md:1"})

    def test_context_page_tells_of_its_context(self) -> None:
        text = MarkdownFormat().render_list(documents.make_context_page())
        (record,) = read(StringIO(text))
        context = documents.make_context()
        self.assertEqual(
            record,
            ContextRecord(
                name="Harbour strike",
                slug="harbour-strike",
                kind="story",
                description=context.description,
                parents=["Ports & harbours"],
                aliases=["Dock strike", "ميناء"],
                wikidata="Q123456",
                media_topic="20000524",
                where=":1",
            ),
        )

    def test_other_lists_are_not_read(self) -> None:
        for name in ("day", "archive", "search", "front"):
            text = MarkdownFormat().render_list(documents.LIST_PAGES[name]())
            self.assertEqual(list(read(StringIO(text))), [], name)


class HandWrittenTests(SimpleTestCase):
    def test_little_front_matter_is_enough(self) -> None:
        page = (
            "\ufeff---\r\ndate: 2024-02-29\r\ntime: 14:30\r\ntime_zone: Europe/Lisbon\r\n"
            "contexts: [Harbour strike]\r\n---\r\n# Dockers vote\r\n\r\nThey did.\r\n\r\n"
            "### 信息来源:\r\n\r\n1. [BBC](https://example.com/)\r\n1. Gazette\r\n"
        )
        (record,) = read(BytesIO(page.encode()))
        self.assertEqual((record.date, record.time), (date(2024, 2, 29), time(14, 30)))
        self.assertEqual((record.headline, record.summary), ("Dockers vote", "They did."))
        self.assertEqual(
            [(c.label, c.url) for c in record.citations], [("BBC", "https://example.com/"), ("Gazette", "")]
        )
        self.assertEqual(record.contexts, ["Harbour strike"])
        self.assertEqual(record.import_ref, "2024-02-29/dockers-vote")

    def test_file_is_the_reference_of_what_has_no_id(self) -> None:
        (record,) = read(StringIO("---\ndate: 2024-02-29\n---\n# A\n"), path="2024/a.md")
        self.assertEqual(record.import_ref, "2024/a")


class InvalidPageTests(SimpleTestCase):
    def _problem(self, page: str | bytes) -> str:
        stream = BytesIO(page) if isinstance(page, bytes) else StringIO(page)
        (record,) = read(stream, path="a.md")
        self.assertIsInstance(record, InvalidRecord)
        self.assertEqual(record.where, "a.md:1")
        return record.problem

    def test_problems_are_told_in_words(self) -> None:
        self.assertIn("no end", self._problem("---\na: 1\n"))
        self.assertIn("names and values", self._problem("---\n- a\n---\n# A\n"))
        self.assertIn("no headline", self._problem("---\ndate: 2024-02-29\n---\nA\n"))
        self.assertIn("no day", self._problem("---\nlanguage: en\n---\n# A\n"))
        self.assertIn("2024-02-31", self._problem("---\ndate: '2024-02-31'\n---\n# A\n"))
        self.assertIn("no zone", self._problem("---\ndate: 2024-02-29\nedited: 2024-02-29 10:00\n---\n# A\n"))
        self.assertIn("UTF-8", self._problem(b"---\n\xff\n"))
        self.assertIn("25:99", self._problem("---\ndate: 2024-02-29\ntime: '25:99'\n---\n# A\n"))
        self.assertIn("“language”", self._problem("---\ndate: 2024-02-29\nlanguage: no\n---\n# A\n"))
        self.assertTrue(self._problem("---\na: [\n---\n# A\n"))
        self.assertTrue(self._problem("---\ndate: 2024-02-29\ncitations: 5\n---\n# A\n"))
        self.assertTrue(self._problem("---\ndate: 2024-02-29\ncontexts: [{slug: a}]\n---\n# A\n"))

    def test_references_cannot_make_millions_of_values(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
        self.assertIn("more than", self._problem("---\n" + "\n".join(lines) + "\n---\n# A\n"))

    def test_too_long_page_is_refused(self) -> None:
        self.assertIn("longer than", self._problem(b"a" * (MAX_PAGE_BYTES + 1)))

    def _problems(self, front_matter: str) -> str:
        page = f"---\ndate: 2024-02-29\n{front_matter}\n---\n# A\n"
        records = read(StringIO(page), path="a.md")
        return " ".join(record.problem for record in records if isinstance(record, InvalidRecord))

    def test_words_that_nobody_knows(self) -> None:
        article = "kind: article"
        for facts, told in (
            ("date_precision: eon", "eon"),
            ("direction: up", "up"),
            ("language: no language", "no language"),
            ("contexts: [{name: B, kind: dog}]", "dog"),
            (f"{article}\narticle_kind: dog", "dog"),
            (f"{article}\nbylines: [{{name: B, kind: dog}}]", "dog"),
            (f"{article}\nnotes: [{{kind: dog, text: B, noted: 2024-02-29T10:00:00Z}}]", "dog"),
            (f"{article}\nnotes: [{{kind: [], text: B, noted: 2024-02-29T10:00:00Z}}]", "kind"),
            ("kind: profile\nprofile: {name: B, kind: dog}", "dog"),
        ):
            self.assertIn(told, self._problems(facts), facts)

    def test_what_is_missing(self) -> None:
        article = "kind: article"
        for facts, told in (
            (f"{article}\nnotes: [{{kind: correction, text: B}}]", "noted"),
            (f"{article}\nnotes: [{{text: '', noted: 2024-02-29T10:00:00Z}}]", "text"),
            (f"{article}\nbylines: [{{slug: b}}]", "name"),
            ("contexts: ['']", "name"),
            ("contexts: Bridges", "contexts"),
            ("kind: story\nstory: {title: B, contexts: [], is_of_context: true}", "contexts"),
        ):
            self.assertIn(told, self._problems(facts), facts)

    def test_addresses_that_are_no_web_addresses(self) -> None:
        for facts in (
            "kind: profile\nprofile: {name: B, url: 'javascript:alert(1)'}",
            "cover: {source_address: 'javascript:alert(1)'}",
            "kind: article\npictures: [{source_address: 'javascript:alert(1)'}]",
        ):
            self.assertIn("javascript:alert(1)", self._problems(facts), facts)

    def test_moments_and_times_that_no_calendar_has(self) -> None:
        for facts in (
            "time: 99999999999999999999999",
            "time: yes",
            "edited: 0001-01-01T00:00:00Z",
            "edited: 0001-01-01T00:00:00+14:00",
            "first_published: 9999-12-31T23:59:59-12:00",
            "kind: article\nnotes: [{text: B, noted: 0001-01-01T00:00:00+14:00}]",
        ):
            self.assertRegex(self._problems(facts), "no moment|no time", facts)

    def test_front_matter_nested_too_deeply(self) -> None:
        for loader in (yaml.SafeLoader, front_matter._Loader):
            with patch.object(front_matter, "_Loader", loader):
                self.assertTrue(self._problems(f"x: {'[' * 3_000}"))
