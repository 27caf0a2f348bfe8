from html import escape

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from events.text.from_html import (
    HtmlLink,
    escape_markdown,
    links_in_html,
    markdown_from_html,
    safe_url,
    text_from_html,
)

_text = st.text("ab é。“ .*_[]<>&;#!-+=~|`1)\\:\n", max_size=8)
_tags = st.sampled_from(
    ["b", "em", "strong", "code", "p", "ul", "ol", "li", "blockquote", "h2", "a", "pre", "td"]
)


def _element(parts):
    name, content = parts
    href = ' href="https://e.org/_x*"' if name == "a" else ""
    return f"<{name}{href}>{content}</{name}>"


_html = st.recursive(
    _text.map(escape) | st.just("<br>"),
    lambda inner: st.lists(inner, max_size=4).map("".join) | st.tuples(_tags, inner).map(_element),
    max_leaves=15,
)


def _letters(text):
    return "".join(text.split())


class MarkdownFromHtmlTests(SimpleTestCase):
    def assert_markdown(self, source, expected):
        self.assertEqual(markdown_from_html(source), expected)

    def test_inline(self):
        self.assert_markdown("<b>a</b> <i>b</i> <code>c`d</code>", "**a** *b* ``c`d``")
        self.assert_markdown("<p>a<br>b</p><p>c", "a\\\nb\n\nc")
        self.assert_markdown(
            "x!<a href='https://e.org/a_(b)?c=1&amp;d=2'>t <b>u</b></a>",
            "x\\![t **u**](https://e.org/a_%28b%29?c=1&amp;d=2)",
        )

    def test_white_space_moves_out_of_emphasis(self):
        self.assert_markdown("a<b> b </b>c", "a **b** c")

    def test_emphasis_that_would_not_be_read_is_dropped(self):
        self.assert_markdown("a<b>(b)</b>c", "a(b)c")

    def test_lists_and_quotations(self):
        self.assert_markdown("<ul><li>a<li>b<ol start=3><li>c</li></ol></ul>", "- a\n- b\n  3. c")
        self.assert_markdown(
            "<blockquote><p>a</p><p>b<br>c</p></blockquote><blockquote>d</blockquote>",
            "> a\n>\n> b\\\n> c\n\n> d",
        )

    def test_headings_and_code(self):
        self.assert_markdown("<h2>a #</h2><pre>\n  b\n```\n</pre>", "## a \\#\n\n````\n  b\n```\n````")

    def test_text_that_looks_like_markdown(self):
        self.assert_markdown(
            "<p># a</p>- b<p>1. c<p>snake_case _d_ &amp;lt;",
            "\\# a\n\n\\- b\n\n1\\. c\n\nsnake_case \\_d\\_ \\&lt;",
        )

    def test_scripts_and_bad_addresses(self):
        self.assert_markdown(
            "a<script>x('</p>')</script><style>y</style><!-- z --><svg><text>z</text></svg>"
            "<a href='javascript:x'>b</a><a href='//e.org/c'>c</a><img src=x onerror=y>",
            "abc",
        )

    def test_relative_links(self):
        self.assertEqual(
            markdown_from_html("<a href='/b'>b</a>", base="https://e.org/a"), "[b](https://e.org/b)"
        )

    @settings(max_examples=200)
    @given(_html)
    def test_no_letter_is_lost_or_added(self, source):
        rendered = (
            MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown_from_html(source))
        )
        self.assertEqual(_letters(text_from_html(rendered)), _letters(text_from_html(source)))

    @settings(max_examples=200)
    @given(st.text() | st.text("<>/&;\"'=a! -b"))
    def test_any_text_is_accepted(self, source):
        markdown_from_html(source, base="https://e.org/")
        list(links_in_html(source))

    def test_broken_input_takes_linear_time(self):
        for piece in (
            "<a ",
            "<a '",
            "<a '>'",
            "<!--",
            "<!",
            "</",
            "<svg>",
            "<b>",
            "<ul><li>",
            "<blockquote>",
            "&#9",
            "<i><b>x</i>",
            "<a href='https://e.org'>x",
            "*",
            "`",
            "<p>a<br>",
            "&lt;",
        ):
            markdown_from_html(piece * 20_000 + '"')


class TextFromHtmlTests(SimpleTestCase):
    def test_blocks_part_words_and_styles_do_not(self):
        self.assertEqual(text_from_html("<p>a<b>b</b></p><p>c &amp; d</p>"), "ab c & d")

    def test_senseless_reference(self):
        self.assertEqual(text_from_html("a&#" + "9" * 5_000 + ";b"), "a\ufffdb")

    def test_less_than_is_text(self):
        self.assertEqual(text_from_html("1 < 2 and a<3"), "1 < 2 and a<3")


class LinksTests(SimpleTestCase):
    def test_links_in_order(self):
        links = list(
            links_in_html(
                "<a href='/a'>A <b>b</b></a> <a name=x>n</a> <a href=https://f.org/>", base="https://e.org"
            )
        )
        self.assertEqual(links, [HtmlLink("A b", "https://e.org/a"), HtmlLink("", "https://f.org/")])

    def test_safe_url(self):
        for url in (
            "javascript:x",
            "data:text/html,x",
            "http://[",
            "//e.org",
            "https:",
            "https://e.org/" + "a" * 3000,
        ):
            self.assertEqual(safe_url(url), "")
        self.assertEqual(safe_url(" https://e.org/a b(c) "), "https://e.org/a%20b%28c%29")


class EscapeMarkdownTests(SimpleTestCase):
    @settings(max_examples=300)
    @given(st.text("ab*_[]<>&;#!-+=~|`1.)\\: \n", max_size=20).map(lambda text: " ".join(text.split())))
    def test_rendered_it_is_the_text_again(self, text):
        rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escape_markdown(text))
        self.assertEqual(rendered.strip(), f"<p>{escape(text, quote=False)}</p>" if text else "")
