"""What the text of a page of Markdown says, below its front matter: head, sections, numbered sources."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from events.importers.front_matter import PageError
from events.text.page_markup import (
    COVER_LABELS,
    LINK_PATTERN,
    cover_label,
    read_destination,
    release_sections,
    section_headings,
    unescape_inline,
)

_DAY_LINE = re.compile(r"### \[(\d{4})-(\d{1,2})-(\d{1,2})\]\(")
_HEADLINE = re.compile(r"# +(.+?) *$")
_FIRST_CONTEXT = re.compile(r"##### +(.+?) *$")
_ITEM = re.compile(r"(\d+)[.)] +(.*)$")
_LINK = re.compile(LINK_PATTERN)


def read_sections(page: str) -> tuple[str, dict[str, str]]:
    """What stands above the first section, and the text of each section."""
    headings = section_headings()
    parts: dict[str, list[str]] = {"": []}
    current = ""
    for line in page.split("\n"):
        section = headings.get(line.rstrip())
        # A heading that comes twice can only be text somebody wrote by hand.
        if section and section not in parts:
            current = section
            parts[current] = []
        else:
            parts[current].append(line)
    texts = {section: "\n".join(lines).strip("\n") for section, lines in parts.items()}
    return texts.pop(""), texts


def read_head(page: str) -> tuple[date | None, str, str, str]:
    """Day, headline, the context above the headline, and summary. Raises PageError without a headline."""
    printed_day, first_context = None, ""
    lines = page.split("\n")
    for number, line in enumerate(lines):
        if match := _DAY_LINE.match(line):
            printed_day = date(int(match[1]), int(match[2]), int(match[3]))
        elif match := _FIRST_CONTEXT.match(line):
            first_context = unescape_inline(match[1])
        elif match := _HEADLINE.match(line):
            summary = "\n".join(lines[number + 1 :]).strip("\n")
            return printed_day, unescape_inline(match[1]), first_context, release_sections(summary)
    raise PageError(_("The page has no headline: a line that begins with “# ” is missing."))


def read_items(section: str) -> Iterator[tuple[int, str, str]]:
    """Number, label and address of each source; the address is empty where it is not a link."""
    for line in section.split("\n"):
        if match := _ITEM.match(line):
            link = _LINK.fullmatch(match[2].rstrip())
            label = unescape_inline(link["text"] if link else match[2])
            yield int(match[1]), label, read_destination(link["url"]) if link else ""


def is_cover(label: str) -> bool:
    return label in COVER_LABELS or label == cover_label()
