"""Markdown to HTML and to text."""

import time
from unittest import mock

from django.test import SimpleTestCase
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from events.text.markdown import plain_text, render_inline, render_markdown


def _tree(markup):
    """The markup as browsers read it, inside a `div`."""
    return lxml_html.fragment_fromstring(markup, create_parent="div")


_HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x](vbscript:x) [x](file:///etc/passwd) [x](ftp://example.com)",
    "<javascript:alert(1)>",
    '[x](https://example.com "\\" onmouseover=alert(1)")',
    "[![<svg onload=x>](javascript:x)](javascript:y)",
    "```x\" onload=y\n<iframe src='//e'>\n```",
)


class RenderMarkdownTests(SimpleTestCase):
    def test_it_is_safe_html(self):
        html = render_markdown("*a* & **b**")
        self.assertIsInstance(html, SafeString)
        self.assertEqual(html, "<p><em>a</em> &amp; <strong>b</strong></p>\n")

    def test_the_highest_heading_gets_the_base_level(self):
        html = render_markdown("# A\n\n## B\n\n###### C", heading_base=3)
        self.assertEqual(html, "<h3>A</h3>\n<h4>B</h4>\n<h6>C</h6>\n")
        self.assertEqual(render_markdown("### A"), "<h2>A</h2>\n")

    def test_only_outside_links_are_not_followed(self):
        html = render_markdown("[a](/e/1/) [b](https://example.com) [c](//x.org) <d@e.org>")
        self.assertEqual(
            [(link.get("href"), link.get("rel")) for link in _tree(html).iter("a")],
            [
                ("/e/1/", None),
                ("https://example.com", "nofollow noopener"),
                ("//x.org", "nofollow noopener"),
                ("mailto:d@e.org", "nofollow noopener"),
            ],
        )

    def test_images_become_links(self):
        self.assertEqual(
            render_inline("![A map](https://example.com/m.png)"),
            '<a href="https://example.com/m.png" rel="nofollow noopener">A map</a>',
        )
        self.assertEqual(render_inline("[![A map](/m.png)](/b/)"), '<a href="/b/">A map</a>')
        self.assertEqual(render_inline("![](/m.png)"), '<a href="/m.png">Image</a>')

    def test_addresses_become_links_but_names_do_not(self):
        self.assertIn('href="https://example.com/a"', render_inline("see https://example.com/a."))
        self.assertNotIn("<a", render_inline("News.com.au and Patch.com"))

    def test_tables_lists_and_code_are_kept(self):
        html = render_markdown("| a |\n|---|\n| 1 |\n\n3. x\n\nterm\n: meaning\n\n```\nx < y\n```")
        for part in ("<td>1</td>", '<ol start="3">', "<dd>meaning</dd>", "x &lt; y"):
            self.assertIn(part, html)

    def test_hostile_input_does_nothing(self):
        for source in _HOSTILE:
            for render in (render_markdown, render_inline):
                with self.subTest(source=source, render=render.__name__):
                    for node in _tree(render(source)).iterdescendants():
                        self.assertNotIn(node.tag, {"script", "img", "svg", "iframe", "object", "style"})
                        self.assertLessEqual(set(node.attrib), {"href", "title", "rel", "class", "start"})
                        address = node.get("href", "/")
                        self.assertTrue(address.startswith(("/", "https://", "http://", "mailto:")), address)

    def test_heaps_of_marks_take_no_time(self):
        for mark in (
            "[",
            "*",
            "**",
            "_",
            "`",
            "![",
            "[a](",
            "<",
            "> ",
            "- ",
            "[]",
            "![](",
            "://",
            "http://[::1",
        ):
            source = (mark * 100_000)[:100_000]
            with self.subTest(mark=mark):
                started = time.process_time()
                render_markdown(source)
                self.assertLess(time.process_time() - started, 1)

    def test_of_hundreds_of_addresses_only_links_are_links(self) -> None:
        addresses = "https://news.example/ " * 499
        self.assertEqual(render_markdown(addresses + "[a](https://a.example/)").count("<a "), 500)
        self.assertEqual(render_markdown(addresses + "x:// [a](https://a.example/)").count("<a "), 1)

    @given(st.text(alphabet="[]()!*_`<>#-\n aé:/&;\"'"))
    def test_any_input_gives_safe_html(self, source):
        tags = {node.tag for node in _tree(render_markdown(source)).iterdescendants()}
        self.assertFalse(tags & {"script", "img", "iframe"})
        plain_text(source)


class PlainTextTests(SimpleTestCase):
    def test_words_without_marks(self):
        source = (
            "# Title\n\nOne *two*\n[three](https://e.com) ![four](x.png)  \nfive\n\n"
            "- six\n\nend\n\n    code\n"
        )
        self.assertEqual(plain_text(source), "Title\n\nOne two three four\nfive\n\nsix\n\nend\n\ncode")

    def test_markup_typed_as_text_stays_text(self):
        self.assertEqual(plain_text("a <b> c &amp; d"), "a <b> c & d")


class ShortcutTests(SimpleTestCase):
    """The shortcut for text without mark-up gives what the parser gives."""

    @given(st.text(alphabet="ab 1.)-#+=:;!?\"'’“”()$%^@{}中文é\u00a0\u2028\u200d\n\t*_`<&|~/", max_size=30))
    def test_the_shortcut_agrees_with_the_parser(self, text: str) -> None:
        quick = render_markdown(text), plain_text(text)
        with mock.patch("events.text.markdown._is_plain", return_value=False):
            self.assertEqual(quick, (render_markdown(text), plain_text(text)))

    def test_a_sentence_takes_the_shortcut(self) -> None:
        with mock.patch("events.text.markdown._parser_for", side_effect=AssertionError):
            self.assertEqual(
                render_markdown("Rain (heavy) falls; 3 are hurt."), "<p>Rain (heavy) falls; 3 are hurt.</p>\n"
            )
