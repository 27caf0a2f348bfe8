"""Which pages are measured, and the addresses that stand for each on a running site."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote, quote_plus, urljoin, urlsplit

from bench.counting import HEADER
from bench.load import Answer, Connection, Request

# Pages of the same kind are asked in turn, so that no single row stays in a processor's cache.
EVENTS, DAYS = 60, 20
DEEP = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page, in the report's words, with the status that counts as right."""

    key: str
    title: str
    status: int = 200


PAGES = (
    Page("event", "Event page with related"),
    Page("day", "Day page of 20"),
    Page("front", "Front page"),
    Page("context", "Context page, first"),
    Page("deep", "Context page, hundredth"),
    Page("search", "Search"),
    Page("feed", "Feed (RSS)"),
    Page("conditional", "Conditional GET of an event (304)", 304),
)

Addresses = dict[str, list[Request]]


class RelNext(HTMLParser):
    """Finds the address of the page that follows: `rel="next"` on a link."""

    def __init__(self) -> None:
        super().__init__()
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in ("a", "link") and "next" in (found.get("rel") or "").split() and not self.href:
            self.href = found.get("href") or ""


def next_path(html: str, path: str) -> str:
    """Return the path and query of the page after `path`, or "" on the last."""
    parser = RelNext()
    parser.feed(html)
    if not parser.href:
        return ""
    parts = urlsplit(urljoin(path, parser.href))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def event_paths(html: str, day_path: str) -> list[str]:
    """Return the events' addresses on a day's page, each once, in their order."""
    pattern = rf'href="(?:https?://[^/"]+)?({re.escape(day_path)}[^/"?#.]+/)"'
    return list(dict.fromkeys(quote(path, safe="/%") for path in re.findall(pattern, html)))


def find(port: int, manifest: dict, slugify: Callable[[str], str]) -> Addresses:
    """Find the addresses on a running site, from what the generator's manifest names.

    Both sites keep the same public addresses; only how a list goes on differs, so the hundredth page is found
    by following the links. A shorter list gives its last page. `slugify` is how the site makes part of an
    address of a context's name.

    Raises LookupError where a page is not there.
    """
    line = Connection(port)
    try:
        days = [f"/news/{day.replace('-', '/')}/" for day in manifest["bench_days"][:DAYS]]
        events = [path for day in days for path in event_paths(text(line, day), day)][:EVENTS]
        context = f"/contexts/{quote(slugify(manifest['big_context']))}/"
        deep = deep_path(line, context)
        conditional = [Request(path, validators(line.get(Request(path)))) for path in events]
    finally:
        line.close()
    return {
        "event": [Request(path) for path in events],
        "day": [Request(path) for path in days],
        "front": [Request("/")],
        "context": [Request(context)],
        "deep": [Request(deep)],
        "search": [Request(f"/search/?q={quote_plus(words)}") for words in manifest["search_terms"]],
        "feed": [Request("/feeds/news.rss")],
        "conditional": [request for request in conditional if request.headers],
    }


def text(line: Connection, path: str) -> str:
    answer = line.get(Request(path))
    if answer.status != 200:
        raise LookupError(f"{path} answered {answer.status}")
    return answer.body.decode()


def deep_path(line: Connection, path: str) -> str:
    for _ in range(DEEP - 1):
        following = next_path(text(line, path), path)
        if not following:
            break
        path = following
    return path


def validators(answer: Answer) -> tuple[tuple[str, str], ...]:
    """Return the header with which a reader asks whether its copy is still good; none without an ETag."""
    return (("If-None-Match", answer.headers["etag"]),) if "etag" in answer.headers else ()


def queries(port: int, requests: Sequence[Request]) -> int | None:
    """Return the most queries that one of `requests` made, from the header of a counting server.

    Each is asked twice, because a process's first request may fill what it keeps, such as content types.
    """
    line = Connection(port)
    try:
        counts = [line.get(request).headers.get(HEADER.lower()) for request in [*requests, *requests]]
    finally:
        line.close()
    return max((int(count) for count in counts[len(requests) :] if count is not None), default=None)
