"""Known contexts that an article's text names, each offered once as a link to its page."""

import re

from events.suggestions import mentions_in

MOST_LINKS = 30

# What is no running text: code, what leads somewhere already, fences of blocks, footnotes.
_MASKED = re.compile(
    r"^(?:```|~~~)[^\n]*\n(?:(?!```|~~~)[^\n]*\n)*(?:```|~~~)?"
    r"|^:::[^\n]*$|^\[\^[^\]\n]{1,40}\]:[^\n]*$|^#{1,6} [^\n]*$"
    r"|`[^`\n]{1,500}`|!?\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)|\[\^[^\]\n]{1,40}\]",
    re.MULTILINE,
)
_LINKED = re.compile(r"/contexts/([^\s/)]{1,200})/")


def links_in(body: str) -> list[dict]:
    """Where each context is named first, in offsets of UTF-16 as scripts count them; in one query a part.

    Contexts that the text links to already are left out.
    """
    linked = set(_LINKED.findall(body))
    readable = _MASKED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)
    found: dict[int, dict] = {}
    lines = readable.split("\n")
    start, measured, units = 0, 0, 0
    for line, mentions in zip(lines, mentions_in(lines), strict=True):
        for mention in mentions:
            context = mention.context
            if context.pk in found or context.slug in linked or len(found) >= MOST_LINKS:
                continue
            place = start + mention.start
            units += utf16_length(body[measured:place])
            measured = place
            words = body[place : start + mention.end]
            found[context.pk] = {
                "start": units,
                "words": words,
                "name": context.name,
                "path": f"/contexts/{context.slug}/",
            }
        start += len(line) + 1
    return list(found.values())


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
