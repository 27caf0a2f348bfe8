"""The pure functions on the shared corpora, where those lie beside the project."""

import gzip
import json
import re

import pytest
from django.test import SimpleTestCase

from events.citations.labels import parse_label
from events.citations.publishers import publisher_name
from events.citations.urls import canonical_url, host_of
from events.text.folding import name_key, search_tokens, word_pieces
from events.text.slugs import legacy_slug, slugify_headline, slugify_name


@pytest.mark.corpus
class CorporaTests(SimpleTestCase):
    @pytest.fixture(autouse=True)
    def _shared(self, shared_dir):
        self.shared = shared_dir
        self.records = {}
        for path in sorted((shared_dir / "data").glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                self.records[path.name] = [json.loads(line) for line in lines]

    def every(self):
        return (record for records in self.records.values() for record in records)

    def test_names_have_keys_and_slugs(self):
        for records in self.records.values():
            names = {name for record in records for name in record["contexts"]}
            keys = {name_key(name) for name in names}
            self.assertNotIn("", keys)
            # Spellings of one name meet; a rule that is too coarse would merge far more.
            self.assertGreater(len(keys), 0.99 * len(names))
            self.assertLess(len(keys), len(names))
            self.assertTrue(all(slugify_name(name) for name in names))

    def test_citations_are_read(self):
        citations = [citation for record in self.every() for citation in record["citations"]]
        for citation in citations:
            origin = parse_label(citation["label"])
            self.assertFalse("''" in origin.label or "-{" in origin.label, origin)
            if citation["url"]:
                canonical = canonical_url(citation["url"])
                self.assertEqual(canonical_url(canonical), canonical)
                self.assertTrue(canonical and publisher_name(host_of(citation["url"]), citation["label"]))

    def test_headlines_have_slugs_and_pieces_that_agree_with_their_tokens(self):
        different = 0
        for record in self.every():
            headline = record["headline"]
            slug = slugify_headline(headline)
            self.assertTrue(0 < len(slug) <= 80 and not set(slug) & set("+/. "))
            pieces = [
                token for start, end in word_pieces(headline) for token in search_tokens(headline[start:end])
            ]
            different += pieces != search_tokens(headline)
        self.assertLess(different, 5)

    def test_older_addresses_follow_their_rule(self):
        pairs = {
            (item["headline"], item["url"].rsplit("/", 1)[1].removesuffix(".md"))
            for record in self.every()
            for item in record["related"] or []
        }
        # The corpus lost the space that many headlines began with, which shortens the cut by one.
        right = sum(slug in (legacy_slug(headline), legacy_slug(f" {headline}")) for headline, slug in pairs)
        self.assertGreater(right, 0.93 * len(pairs))

    def test_older_addresses_of_raw_pages_are_found(self):
        link = re.compile(r"^(?:#+|\d+\.) \[(.*)\]\(/zh/news/\d+/\d+/\d+/(?!index)(.*)\.md\)", re.MULTILINE)
        pages = sorted((self.shared / "data" / "context-pages").glob("*.md"))
        pairs = [pair for page in pages for pair in link.findall(page.read_text(encoding="utf-8"))]
        self.assertGreater(len(pairs), 20)
        self.assertEqual([pair for pair in pairs if legacy_slug(pair[0]) != pair[1]], [])

    def test_the_reference_page_s_addresses_are_found(self):
        page = (self.shared / "reference" / "context-event-page.md").read_text(encoding="utf-8")
        links = re.findall(r"^\d\. \[(.*?)\]\(/news/\d+/\d+/\d+/(.*)\.md\)", page, re.MULTILINE)
        # The dash of the fifth has become a hyphen since its address was made.
        self.assertEqual(sum(legacy_slug(headline) == slug for headline, slug in links), 4)
