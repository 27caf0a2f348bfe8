import yaml
from django.test import SimpleTestCase
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.formats.front_matter import dump, without_empty

TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.text(alphabet="ab :-#,'\"\n\t?!&*|>%@`{}[]0\\ \u2028\x85\ufeff", max_size=12),
    st.sampled_from(
        ["no", "Yes", "null", "~", "2024-02-29", "14:30", "1e3", "0x1", "a: b", "a #b", "a:", "=", "<<"]
    ),
)
LEAVES = st.one_of(TEXTS, st.integers(0, 10**9), st.just(True))
NAMES = st.sampled_from(["name", "title", "url", "date"])
FACTS = st.recursive(
    st.dictionaries(NAMES, st.one_of(LEAVES, st.lists(LEAVES, max_size=3)), max_size=4),
    lambda inner: st.dictionaries(
        NAMES, st.one_of(inner, st.lists(inner.filter(bool), max_size=3)), max_size=3
    ),
    max_leaves=6,
)


def load(text: str):
    assert text.startswith("---\n")
    assert text.endswith("---\n")
    return yaml.safe_load(text[4:-4]) or {}


class DumpTests(SimpleTestCase):
    @settings(max_examples=100)
    @given(FACTS)
    @example({"a": "one\n\n  two\nthree", "b": [{"c": "one\ntwo", "d": ["x"]}]})
    @example({"a": "one\n"})
    @example({"a": " one\ntwo"})
    @example({"a": "one\n \ntwo"})
    def test_yaml_reads_what_was_written(self, facts: dict) -> None:
        self.assertEqual(load(dump(facts)), without_empty(facts))

    def test_is_good_to_read(self) -> None:
        facts = {
            "id": "k3v9m2qx",
            "guid": "tag:news.example.org,2026:k3v9",
            "date": "2024-02-29",
            "empty": "",
            "is_incomplete": False,
            "quote": "One.\n\n  Two.",
            "contexts": [{"name": "港口", "count": 2}, {"name": "Ports & harbours"}],
            "aliases": ["Dock strike"],
        }
        expected = """---
id: k3v9m2qx
guid: tag:news.example.org,2026:k3v9
date: "2024-02-29"
quote: |-
  One.

    Two.
contexts:
- name: 港口
  count: 2
- name: Ports & harbours
aliases:
- Dock strike
---
"""
        self.assertEqual(dump(facts), expected)
