import re
from unittest import mock

from django.test import SimpleTestCase

from events.formats.markdown import MarkdownFormat
from events.tests import documents


def page_of(event) -> str:
    """The rendered page below its front matter."""
    text = MarkdownFormat().render_event(documents.make_event_page(event))
    return text.split("\n---\n", 1)[1]


class EventPageTests(SimpleTestCase):
    def test_parts_stand_in_the_order_of_the_model(self) -> None:
        lines = page_of(documents.make_event()).splitlines()
        self.assertEqual(lines[0], "### [2024-02-29](/news/2024/02/29/index.md)")
        self.assertTrue(lines[2].startswith("# Dockers vote"))
        headings = [line for line in lines if re.fullmatch(r"### \w+:", line)]
        self.assertEqual(headings, ["### Text:", "### Source:", "### Related:"])

    def test_cover_is_the_last_source_under_a_number_of_its_own(self) -> None:
        sources = page_of(documents.make_event()).partition("### Source:\n\n1.")[2].partition("\n\n")[0]
        numbers = re.findall(r"^(\d+)\. ", "1." + sources, re.MULTILINE)
        self.assertEqual(numbers, ["1", "2", "3"])
        self.assertTrue(sources.endswith("3. [Cover Image](https://images.example.com/harbour.jpg)"))

    def test_related_entries_lead_to_markdown_and_name_the_shared_contexts(self) -> None:
        last = page_of(documents.make_event()).splitlines()[-1]
        self.assertEqual(last, "2. [الميناء يفتح أبوابه](/news/2024/03/04/مرفأ.md) _Context: Harbour strike_")

    def test_sections_without_matter_are_left_out(self) -> None:
        expected = "### [2024-02-29](/news/2024/02/29/index.md)\n\n# 港口重新开放\n"
        self.assertEqual(page_of(documents.make_bare_event()), expected)

    def test_labels_are_translated(self) -> None:
        chinese = {"Source": "信息来源", "Related": "有关", "Context": "消息", "Cover Image": "封面图片"}
        with mock.patch("events.text.page_markup.pgettext", lambda _context, text: chinese.get(text, text)):
            text = page_of(documents.make_event())
        for label in ("### 信息来源:\n", "### 有关:\n", "[封面图片](", "_消息: Harbour strike_"):
            self.assertIn(label, text)


class ListPageTests(SimpleTestCase):
    def test_day_follows_the_model(self) -> None:
        text = MarkdownFormat().render_list(documents.make_day_page()).split("\n---\n", 1)[1]
        lines = text.splitlines()
        self.assertEqual(lines[0], "## [2024-02-29](/news/2024/02/29/index.md)")
        self.assertEqual(lines[2], "##### Harbour strike")
        self.assertEqual(lines[3], "_Breaking_")
        self.assertRegex(lines[4], r"^### \[Dockers .*\]\(/news/2024/02/29/[a-z-]+\.md\)$")
        self.assertEqual(lines[5], "_2024-02-29/2024-03-01 14:30 Europe/Lisbon_")
        self.assertEqual(lines[-1], "## [Later…](/news/2024/03/04/index.md)")

    def test_older_entries_are_linked_with_their_cursor(self) -> None:
        text = MarkdownFormat().render_list(documents.make_context_page())
        self.assertIn("(/contexts/harbour-strike/index.md?before=2024-02-01.p7c4w8rt)", text)
