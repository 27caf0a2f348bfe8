"""Links that a page gives to formats, to feeds and to the pages above it."""

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from events.documents.types import Link, Page
from events.outputs import ENTRY_FORMATS, FEEDS

register = template.Library()

CURRENT = ' aria-current="page"'
# The feeds of a page that has none of its own.
NEWS_FEEDS = tuple(Link(f"/feeds/news.{feed.extension}", feed.title, feed.type) for feed in FEEDS)
# By extension and type: ninjs is JSON too, and so is a feed.
FORMAT_NAMES = {(output.extension, output.type): output.title for output in (*ENTRY_FORMATS, *FEEDS)}


@register.filter
def format_items(links: Sequence[Link]) -> SafeString:
    """Links to formats or feeds as list items."""
    rows = [
        f'<li><a href="{escape(link.path)}" type="{escape(link.type)}">{escape(format_name(link))}</a></li>'
        for link in links
    ]
    return mark_safe("".join(rows))  # noqa: S308 (escaped above)


@register.filter
def alternates(links: Sequence[Link]) -> SafeString:
    """Links to formats or feeds for programs, in the head of a page, each on a line of its own."""
    rows = [
        f'\n<link rel="alternate" type="{escape(link.type)}" href="{escape(link.path)}"'
        f' title="{escape(link.title)}">'
        for link in links
    ]
    return mark_safe("".join(rows))  # noqa: S308 (escaped above)


@register.filter
def feed_items(links: Sequence[Link]) -> SafeString:
    """The feeds of a page, or of the whole chronicle where it has none."""
    return format_items(links or NEWS_FEEDS)


@register.filter
def crumbs(page: Page) -> SafeString:
    """The trail of a page as list items, each on a line of its own."""
    rows = [
        f'\n    <li><a href="{escape(link.path)}"{CURRENT if link.path == page.path else ""}>'
        f"<bdi>{escape(link.title)}</bdi></a></li>"
        for link in page.breadcrumbs
    ]
    return mark_safe("".join(rows))  # noqa: S308 (escaped above)


@register.filter
def format_name(link: Link) -> str:
    """What readers call a format or feed."""
    extension = link.path.partition("?")[0].rpartition(".")[2]
    return FORMAT_NAMES.get((extension, link.type), link.type)
