from django.test import SimpleTestCase
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from events.text.cleaning import clean_line
from events.text.page_markup import (
    escape_heading,
    escape_inline,
    escape_line,
    link,
    protect_sections,
    release_sections,
    unescape_inline,
)

AWKWARD = st.text(alphabet=st.sampled_from("ab #*_`[]()<>\\&;!~-+.1港é\"'|=:")).map(clean_line)


def shown(markdown: str) -> list:
    """The inline tokens of the first block."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    return next(token.children for token in tokens if token.type == "inline")


class EscapeTests(SimpleTestCase):
    @given(AWKWARD)
    @example("\\")
    @example("&amp; &#65; &copy")
    def test_unescape_undoes_escape(self, text: str) -> None:
        self.assertEqual(unescape_inline(escape_inline(text)), text)

    @given(AWKWARD.filter(bool))
    @example("# a #")
    @example("## ##")
    def test_markdown_shows_a_heading_as_written(self, text: str) -> None:
        tokens = MarkdownIt("commonmark").parse(f"# {escape_heading(text)}")
        self.assertEqual([token.type for token in tokens], ["heading_open", "inline", "heading_close"])
        self.assertEqual("".join(child.content for child in tokens[1].children), text)

    @given(AWKWARD.filter(bool))
    @example("1. a")
    @example("- a")
    @example("=")
    def test_markdown_shows_a_line_as_written(self, text: str) -> None:
        tokens = MarkdownIt("commonmark").parse(escape_line(text))
        self.assertEqual([token.type for token in tokens], ["paragraph_open", "inline", "paragraph_close"])
        self.assertEqual("".join(child.content for child in tokens[1].children), text)


class LinkTests(SimpleTestCase):
    def test_plain_address_stands_bare(self) -> None:
        self.assertEqual(link("a [b]", "/news/港口.md"), "[a \\[b\\]](/news/港口.md)")
        self.assertEqual(link("a", "https://example.com/?a=1&b=2"), "[a](https://example.com/?a=1&b=2)")

    def test_awkward_addresses_survive_markdown(self) -> None:
        for url in ("https://example.com/a_(b", "https://example.com/?a=1&copy;=2", "a b<c>\\d", ""):
            with self.subTest(url):
                (opening, *_) = shown(link("a", url))
                plain = MarkdownIt("commonmark")
                self.assertEqual(opening.attrGet("href"), plain.normalizeLink(url))


class SectionTests(SimpleTestCase):
    def test_lines_like_section_headings_are_protected(self) -> None:
        text = "a\n### Source:\n\\### 有关: \n### Background:\n #### Source:"
        protected = protect_sections(text)
        self.assertEqual(protected, "a\n\\### Source:\n\\\\### 有关: \n### Background:\n #### Source:")
        self.assertEqual(release_sections(protected), text)
