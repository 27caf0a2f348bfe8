"""WordPress exports whose posts are entries of a chronicle: each becomes an event."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy

from events.importers.records import CitationRecord, CoverRecord, EventRecord, Record
from events.importers.wxr_posts import Post, as_html, bare_host, excerpt_of, facts, read_posts
from events.text.from_html import links_in_html, markdown_from_html

name = "wxr-events"
title = gettext_lazy("WordPress export (WXR), posts as events")
extensions = (".xml", ".wxr")

MAX_CITATIONS = 20

# An event has its cover alone.
_CAPTIONED = re.compile(r"\[(caption|wp_caption)\b[^\[\]]{0,2000}\][^\[]{0,5000}\[/\1\]")


def read(stream: BinaryIO, *, path: str = "") -> Iterator[Record]:
    """Contexts for the categories and tags, then events for the posts."""
    return read_posts(stream, event_of, path=path)


def event_of(post: Post) -> EventRecord:
    content = as_html(_CAPTIONED.sub("", post.content))
    cover = post.featured
    return EventRecord(
        **facts(post),
        summary=excerpt_of(post),
        body=markdown_from_html(content, base=post.link),
        citations=citations_in(content, post),
        cover=CoverRecord(source_url=cover.url, alt=cover.alt, caption=cover.caption) if cover else None,
    )


def citations_in(content: str, post: Post) -> list[CitationRecord]:
    """The first links to other hosts, each address once."""
    found: dict[str, str] = {}
    for each in links_in_html(content, base=post.link):
        host = bare_host(each.url)
        if host and host != post.site.host and each.url not in found:
            found[each.url] = each.text or host
            if len(found) == MAX_CITATIONS:
                break
    return [CitationRecord(label, url) for url, label in found.items()]
