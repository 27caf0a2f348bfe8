"""The kinds of feed there are. Addresses and `rel=alternate` links follow from this list."""

from events.feeds.atom import AtomFeed
from events.feeds.base import Feed
from events.feeds.jsonfeed import JSONFeed
from events.feeds.rss import RSSFeed

FEEDS: tuple[Feed, ...] = (RSSFeed(), AtomFeed(), JSONFeed())


def get_feed(extension: str) -> Feed:
    """The kind of feed with this file extension (no dot).

    Raises LookupError where there is none.
    """
    for feed in FEEDS:
        if feed.extension == extension:
            return feed
    raise LookupError(f"no kind of feed has the extension {extension!r}")
