"""The mark-up that Markdown pages are written and read with: inline escapes, links, section headings.

It stands below both the writer (`events.formats.markdown`) and the reader (`events.importers`), so that
the two cannot drift apart. Escapes follow CommonMark 0.31.2, section 2.4; link destinations section 6.3.
"""

import re

from django.utils.translation import pgettext

_SPECIAL = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EDGE_HASH = re.compile(r"^#|#$")
_BLOCK_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[#+>=-]))")
_PLAIN_DESTINATION = re.compile(r"[^\s<>()\\&\x00-\x20\x7f]+")
_DESTINATION_SPECIAL = re.compile(r"[\\<>]|&(?=#?\w+;)")

LINK_PATTERN = r"\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?P<url><(?:\\.|[^<>\\])*>|[^\s<>()]*)\)"

# The sections of an event's page. English and Chinese are read whatever language the site has;
# the Chinese words are those of the Context.
SECTIONS = {
    "text": ("Text", "正文"),
    "source": ("Source", "信息来源"),
    "related": ("Related", "有关"),
    "events": ("Events", "事件"),
}
COVER_LABELS = ("Cover Image", "封面图片")
CONTEXT_LABELS = ("Context", "消息")


def section_label(section: str) -> str:
    """The heading of a section in the site's language, without its colon.

    Raises ValueError where there is no such section.
    """
    match section:
        case "text":
            return pgettext("heading in Markdown pages", "Text")
        case "source":
            return pgettext("heading in Markdown pages", "Source")
        case "related":
            return pgettext("heading in Markdown pages", "Related")
        case "events":
            return pgettext("heading in Markdown pages", "Events")
    raise ValueError(section)


def cover_label() -> str:
    """The words of the numbered link to the cover."""
    return pgettext("link in Markdown pages", "Cover Image")


def context_label() -> str:
    """The word before the contexts that a related entry shares."""
    return pgettext("label in Markdown pages", "Context")


def section_headings() -> dict[str, str]:
    """Every heading line that opens a section, such as `### Source:`, with the section's name."""
    return {
        f"### {label}:": section
        for section, labels in SECTIONS.items()
        for label in (*labels, section_label(section))
    }


def escape_inline(text: str) -> str:
    """`text` on one line, so that Markdown shows exactly its characters."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def escape_heading(text: str) -> str:
    """As `escape_inline`, for the words of a heading: `#` at either end would belong to the heading."""
    return _EDGE_HASH.sub(r"\\#", escape_inline(text))


def escape_line(text: str) -> str:
    """As `escape_inline`, for a line of its own: its beginning must not open a list or a quotation."""
    return _BLOCK_START.sub(r"\1\\", escape_inline(text))


def unescape_inline(text: str) -> str:
    """The characters that escaped text stands for."""
    return _ESCAPED.sub(r"\1", text)


def link(text: str, url: str) -> str:
    """A Markdown link whose text and address read back exactly."""
    if not _PLAIN_DESTINATION.fullmatch(url):
        url = _DESTINATION_SPECIAL.sub(r"\\\g<0>", url)
        # Ampersands alone need no brackets.
        url = url if re.fullmatch(r"[^\s<>()\x00-\x20\x7f]+", url) else f"<{url}>"
    return f"[{escape_inline(text)}]({url})"


def read_destination(url: str) -> str:
    """The address that a link's destination stands for."""
    return unescape_inline(url[1:-1] if url.startswith("<") else url)


def protect_sections(text: str) -> str:
    """A block in which no line can be taken for the heading of one of the page's sections.

    Such a line gets a backslash in front, and so does a line that already begins with backslashes
    before such a heading, as mail programs do with `From ` lines. `release_sections` undoes it.
    """
    if "### " not in text:
        return text
    headings = section_headings()
    return "\n".join(
        "\\" + line if line.rstrip().lstrip("\\") in headings else line for line in text.split("\n")
    )


def release_sections(text: str) -> str:
    """Undo `protect_sections`."""
    if "\\### " not in text:
        return text
    headings = section_headings()
    return "\n".join(
        line[1:] if line.startswith("\\") and line.rstrip().lstrip("\\") in headings else line
        for line in text.split("\n")
    )
