"""Links in lines of the Context's pages: as patterns would find them, but of giant lines too."""

import re
import time

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from events.importers.context_pages import read_page
from events.importers.page_links import first_link, last_link, link_with_contexts

# What the lines look like; each takes the square of a line's length and more.
LAST = re.compile(r"x\[(.*)\]\((\S+)\)")
FIRST = re.compile(r"x\[(.*?)\]\((\S+)\)(?:\s*\[IMG\]\((\S+)\))?")
WITH_CONTEXTS = re.compile(r"x\[(.*)\]\((\S+)\)\s*_(?:Context|消息): ?(.*)_")

PIECES = st.sampled_from(
    ("[", "](", ")", "[IMG](", " ", "  ", "a", "_", "_Context: ", "_消息:", "](u)", "](u) [IMG](v)", "\t")
)
LINES = st.lists(PIECES, max_size=12).map(lambda pieces: f"x[{''.join(pieces)}".rstrip())


class PageLinksTests(SimpleTestCase):
    @given(LINES)
    def test_are_those_of_the_patterns(self, line: str) -> None:
        for find, pattern in ((last_link, LAST), (first_link, FIRST), (link_with_contexts, WITH_CONTEXTS)):
            match = pattern.fullmatch(line)
            # A group that is not there, and what no pattern but one has a group for.
            expected = match and tuple((*(group or "" for group in match.groups()), "")[:3])
            self.assertEqual(find(line, 2), expected, find.__name__)

    def test_giant_lines_take_no_time(self) -> None:
        page = "### [2013-05-07](/news/2013/05/7/index.md)\n# H\n### %s:\n1. [%s\n"
        for nasty in ("](((](" * 100_000, "a](a](" * 100_000, ")_Context: " * 50_000, ") " * 300_000):
            for end in ("", " x)", " x](y) z_", ")"):
                pages = [page % (part, nasty + end) for part in ("Source", "Related")]
                pages.append(f"## [2013-05-07](x)\n### [{nasty}{end}\n")
                started = time.process_time()
                for text in pages:
                    list(read_page(text, path="x.md"))
                self.assertLess(time.process_time() - started, 6, (nasty[:12], end))
