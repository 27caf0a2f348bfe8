"""The documents hang together: every link leads to a file, every document can be reached."""

import re
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase

ROOT = settings.BASE_DIR
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
# What a heading's anchor leaves out.
NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


def links(document: Path) -> list[tuple[Path, str]]:
    """The files that a document links, with the anchors in them."""
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    return [
        ((document.parent / path).resolve() if path else document, anchor.lstrip("#"))
        for path, anchor in LINK.findall(text)
    ]


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {NOT_IN_ANCHORS.sub("", heading.lower()).replace(" ", "-") for heading in headings}


class LinksTests(SimpleTestCase):
    def test_every_link_leads_somewhere(self):
        for document in DOCUMENTS:
            for target, anchor in links(document):
                with self.subTest(document=document.name, target=target.name, anchor=anchor):
                    self.assertTrue(target.exists())
                    if anchor:
                        self.assertIn(anchor, anchors(target))

    def test_every_document_is_reached_from_the_readme(self):
        reached, waiting = set(), [ROOT / "README.md"]
        while waiting:
            document = waiting.pop()
            if document in reached or document.suffix != ".md":
                continue
            reached.add(document)
            waiting.extend(target for target, _anchor in links(document) if target.is_file())
        self.assertEqual(set(DOCUMENTS) - reached, set())
