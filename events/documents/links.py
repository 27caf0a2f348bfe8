"""What stands round every page: breadcrumbs, the other formats, the feeds."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from events.conf import conf
from events.documents.types import EntryRef, Link, Page
from events.models import Entry
from events.outputs import ENTRY_FORMATS, FEEDS, FORMATS
from events.text.excerpts import excerpt

# Of the description of a page, and of a headline that only names another one.
DESCRIPTION_CHARS = 300
TITLE_CHARS = 80

# The address of a link or picture in HTML that was sanitised here, where it is no whole one.
_RELATIVE = re.compile(
    r'(<(?:a|img)(?: id="[^"]*")? (?:href|src)=")(?!//|[a-z][a-z0-9+.-]*:)([^"]*)', re.IGNORECASE
)


def with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def list_formats(path: str, query: str = "") -> tuple[Link, ...]:
    """The other formats of the list page at `path`: "/news/2016/" gives "/news/2016/index.md" and so on."""
    return tuple(
        Link(with_query(f"{path}index.{output.extension}", query), output.title, output.type)
        for output in FORMATS
    )


def entry_formats(ref: EntryRef) -> tuple[Link, ...]:
    """The other formats of an entry's page."""
    return tuple(
        Link(ref.format_path(output.extension), output.title, output.type) for output in ENTRY_FORMATS
    )


def whole_links(html: str, *, page: str) -> str:
    """HTML of the entry at the address `page` with absolute addresses, so that it makes sense elsewhere."""
    base = iri_to_uri(page)
    return _RELATIVE.sub(lambda found: found[1] + urljoin(base, found[2]), html)


def feed_links(path: str, title: str, query: str = "") -> tuple[Link, ...]:
    """The feeds whose path without extension is `path`."""
    return tuple(
        Link(
            with_query(f"{path}.{output.extension}", query),
            _("%(title)s (%(format)s)") % {"title": title, "format": output.title},
            output.type,
        )
        for output in FEEDS
    )


def site_feeds() -> tuple[Link, ...]:
    return feed_links("/feeds/news", conf.SITE_NAME)


def home_link() -> Link:
    return Link("/", str(_("Front page")))


def entry_link(entry: Entry) -> Link:
    return Link(entry.get_absolute_url(), excerpt(entry.title, chars=TITLE_CHARS))


def make_page(
    kind: str,
    title: str,
    path: str,
    *,
    description: str = "",
    trail: Iterable[Link] = (),
    query: str = "",
    feeds: tuple[Link, ...] = (),
    previous: Link | None = None,
    next: Link | None = None,
    is_indexed: bool = True,
    has_formats: bool = True,
) -> Page:
    """The frame of a list page. `trail` are the pages above it without the front page; `query` marks a later
    page of a list, which has formats of its own."""
    here = with_query(path, query)
    breadcrumbs = (home_link(), *trail, Link(here, title, is_current=True)) if path != "/" else ()
    return Page(
        kind=kind,
        title=title,
        path=here,
        description=description,
        breadcrumbs=breadcrumbs,
        formats=list_formats(path, query) if has_formats else (),
        feeds=feeds or site_feeds(),
        previous=previous,
        next=next,
        is_indexed=is_indexed,
    )
