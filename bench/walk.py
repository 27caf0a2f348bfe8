"""Asks for every page of a filled database and checks every answer: `python -m bench.walk --help`.

In-process, with the cache of pages switched off and no server between. From each page it goes on to what the
page itself names: its other formats, its feeds, the next page of its list, and the feeds' older pages.
"""

import argparse
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from html import unescape
from itertools import chain, islice
from urllib.parse import quote, urlsplit

import django
from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from bench.validators import NO_ENTRY, wrong, wrong_strict_html
from events.dates import day_path, month_path, year_path

KINDS = ("lists", "stories", "contexts", "sources", "profiles", "articles", "events")
STRICT_EVERY = 200
SAY_EVERY = 1000
# What the page of a list has for each entry that it shows.
ENTRY = 'class="entry-title"'
LINK = re.compile(r"<link\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(href|rel)="([^"]*)"')
LOCATION = re.compile(r"<loc>([^<]*)</loc>")
# Where a feed says that older entries are (RFC 5005; JSON Feed's own word); addresses hold no quotation mark.
OLDER = re.compile(r'<(?:atom:)?link\b(?=[^>]*\brel="next")[^>]*\bhref="([^"]*)"|"next_url": "([^"]*)"')


def linked(html: str) -> tuple[list[str], str]:
    """The addresses that a page's head names as its other forms, and the next page's, or ""."""
    forms, following = [], ""
    for link in LINK.findall(html):
        found = dict(ATTRIBUTE.findall(link))
        if found.get("rel") == "alternate":
            forms.append(unescape(found["href"]))
        elif found.get("rel") == "next":
            following = unescape(found["href"])
    return forms, following


def older(feed: str) -> str:
    """The address of the entries before those of a feed, or ""."""
    found = OLDER.search(feed)
    return unescape(found[1] or found[2]) if found else ""


def relative(address: str) -> str:
    """Path and query of an address of this site, as a client sends them."""
    parts = urlsplit(address)
    query = f"?{quote(parts.query, safe='/%&=+:')}" if parts.query else ""
    return quote(parts.path, safe="/%+:") + query


class Walker:
    """Asks and checks, each address once; `client` is Django's test client."""

    def __init__(self, client: Client, *, strict_every: int = STRICT_EVERY) -> None:
        self.client = client
        self.strict_every = strict_every
        self.seen: set[str] = set()
        self.asked: Counter[str] = Counter()
        self.failures: list[str] = []

    def ask(self, address: str, *, may_be_empty: bool = False) -> str:
        """Check one answer and return its text; "" where there is none, or where it was asked for before.

        A feed without entries is a mistake, unless it `may_be_empty`.
        """
        path = relative(address)
        if path in self.seen:
            return ""
        self.seen.add(path)
        response = self.client.get(path)
        media_type = response.get("Content-Type", "").partition(";")[0]
        self.asked[media_type] += 1
        if response.status_code != 200:
            self.failures.append(f"{path}: answered {response.status_code}")
            return ""
        mistakes = wrong(media_type, response.content, is_sitemap="sitemap" in path)
        if media_type == "text/html" and self.asked[media_type] % self.strict_every == 1:
            mistakes += wrong_strict_html(response.content)
        if may_be_empty:
            mistakes = [mistake for mistake in mistakes if mistake != NO_ENTRY]
        self.failures += [f"{path}: {mistake}" for mistake in mistakes]
        return response.content.decode()

    def walk(self, address: str) -> None:
        """A page with the formats and feeds that are its own, then the pages of the same list after it.

        The feed of all news, which every page names, belongs to the front page, that of all articles to their
        own. Where the page shows no entry, its feeds need have none.
        """
        path = relative(address).partition("?")[0]
        own = (path.rstrip("/"), f"/feeds{path.rstrip('/')}.")
        while address and relative(address).partition("?")[0] == path:
            html = self.ask(address)
            forms, address = linked(html)
            for form in forms:
                while form and relative(form).startswith(own):
                    form = older(self.ask(form, may_be_empty=ENTRY not in html))

    def locations(self, address: str) -> list[str]:
        """The addresses that a sitemap, or its index, names; whether or not it was asked for before."""
        return list(map(unescape, LOCATION.findall(self.client.get(relative(address)).content.decode())))

    def walk_sitemap(self) -> None:
        """The index and all that it names."""
        self.ask("/sitemap.xml")
        for shard in self.locations("/sitemap.xml"):
            self.ask(shard)

    def follow(self, public_id: str, path: str) -> None:
        """A permanent address leads to where its entry lives."""
        response = self.client.get(f"/e/{public_id}/")
        self.asked["redirect"] += 1
        if (response.status_code, response.get("Location")) != (302, relative(path)):
            self.failures.append(f"/e/{public_id}/: {response.status_code} {response.get('Location')}")


def lists() -> Iterator[str]:
    """The pages that are there without an entry, then years, months and days, of events and of articles."""
    yield from ("/", "/news/", "/stories/", "/contexts/", "/sources/", "/search/", "/about/", "/api/")
    yield from ("/opinion/", "/profiles/", "/news-sitemap.xml", "/robots.txt")
    yield from sorted(calendar_of("Event"))
    yield from sorted(f"/opinion/{path.removeprefix('/news/')}" for path in calendar_of("Article"))


def calendar_of(model: str) -> set[str]:
    """The years, months and days under which something of a model is public, as events have them."""
    days = public(model).order_by().values_list("date", flat=True).distinct()
    return {maker(day) for day in days for maker in (year_path, month_path, day_path)}


def public(model: str) -> QuerySet:
    """What readers may see of a model, in the order of the keys; read only once Django is set up."""
    return apps.get_model("events", model).objects.public(now=timezone.now()).order_by("pk")


def paths(model: str) -> Iterator[str]:
    return (found.get_absolute_url() for found in public(model).iterator())


def walk_entries(model: str, walker: Walker, part: int, parts: int) -> Iterator[None]:
    """The page and formats of each event or article, and its permanent address."""
    for entry in islice(public(model).iterator(), part, None, parts):
        walker.walk(path := entry.get_absolute_url())
        walker.follow(entry.public_id, path)
        yield


def walk_stories(walker: Walker, part: int, parts: int) -> Iterator[None]:
    """Each story line that the sitemap names, and what of it stands in frames elsewhere."""
    shards = [shard for shard in walker.locations("/sitemap.xml") if "/sitemap-stories-" in shard]
    for story in islice(chain.from_iterable(map(walker.locations, shards)), part, None, parts):
        walker.walk(story)
        walker.ask(f"{story}embed/")
        yield


# Kinds of which there is more to ask than a page with what it names, then those of which there is not.
WALKS = {
    "stories": walk_stories,
    "articles": partial(walk_entries, "Article"),
    "events": partial(walk_entries, "Event"),
}
ROOTS = {
    "lists": lists,
    "contexts": partial(paths, "Context"),
    "sources": partial(paths, "Publisher"),
    "profiles": partial(paths, "Profile"),
}


def walk_all(walker: Walker, what: str, part: int, parts: int) -> Iterator[None]:
    """Walk every `parts`-th root of a kind, starting at `part`; yields after each."""
    if walk := WALKS.get(what):
        yield from walk(walker, part, parts)
        return
    if what == "lists" and part == 0:
        walker.walk_sitemap()
    for root in islice(ROOTS[what](), part, None, parts):
        walker.walk(root)
        yield


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.walk", description=__doc__)
    parser.add_argument(
        "--what", default=",".join(KINDS), help=f"of {', '.join(KINDS)}, separated by commas; all unless told"
    )
    parser.add_argument("--part", default="1/1", help="such as 3/8: every eighth root, from the third on")
    parser.add_argument("--strict-every", type=int, default=STRICT_EVERY, help="pages read by html5lib too")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Walk what is asked for on the database of the environment; return 1 where anything was wrong."""
    options = arguments(given)
    part, parts = map(int, options.part.split("/"))
    walker = Walker(Client(SERVER_NAME="127.0.0.1"), strict_every=options.strict_every)
    start, told = time.monotonic(), 0
    for what in options.what.split(","):
        for number, _ in enumerate(walk_all(walker, what, part - 1, parts), start=1):
            for failure in walker.failures[told:]:
                print(failure, flush=True)
            told = len(walker.failures)
            if number % SAY_EVERY == 0:
                print(f"… {what}: {number:,} roots", file=sys.stderr, flush=True)
    print(report(walker, time.monotonic() - start))
    return int(bool(walker.failures))


def report(walker: Walker, seconds: float) -> str:
    """One line a media type, and the sum."""
    lines = [f"{number:9,} {kind}" for kind, number in sorted(walker.asked.items())]
    total = walker.asked.total()
    return "\n".join([*lines, f"{total:9,} answers in {seconds:,.0f} s, {len(walker.failures):,} mistakes"])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.chronicle_settings")
    os.environ.setdefault("BENCH_WITHOUT_CACHE", "1")
    # Pages name static files without collectstatic having run.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    django.setup()
    sys.exit(main())
