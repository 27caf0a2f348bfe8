"""The media types that pages link: one line for each format and each feed, in the order of the links.

The writers stand in `events.formats` and `events.feeds`; a test holds their registries to these lists.
"""

from typing import NamedTuple


class Output(NamedTuple):
    extension: str
    type: str
    title: str


FORMATS = (
    Output("md", "text/markdown", "Markdown"),
    Output("json", "application/json", "JSON"),
    Output("xml", "application/xml", "XML"),
)
# Of entries alone: other people's standards have no word for our lists.
ENTRY_FORMATS = (
    *FORMATS,
    Output("ninjs", "application/json", "ninjs"),
    Output("jsonld", "application/ld+json", "JSON-LD"),
)
FEEDS = (
    Output("rss", "application/rss+xml", "RSS"),
    Output("atom", "application/atom+xml", "Atom"),
    Output("json", "application/feed+json", "JSON Feed"),
)
