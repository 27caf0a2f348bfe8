"""A look at the page of a source, and what earlier looks have found."""

from collections.abc import Iterable
from datetime import datetime

from events.citations.archives import copy_of
from events.citations.fetching import FetchError, fetch
from events.citations.page_facts import read_page
from events.citations.urls import canonical_url, is_archived
from events.conf import conf
from events.models import SourcePage

# Others fail for an hour, or only for us; these say that readers find nothing there either.
MISSING = {"gone", "unknown"}


def look_at(url: str, *, now: datetime) -> SourcePage:
    """Fetch a page and keep what it says; takes seconds, so never inside a transaction.

    What went wrong is in `problem`. Where the settings name an archive, it is asked for a copy until it has
    one. Raises ValueError where `url` is no web address.
    """
    key = canonical_url(url)
    if not key:
        raise ValueError(url)
    page = kept_look(url, key, now=now)
    if conf.ARCHIVE and not page.archived_copy and not is_archived(url):
        copy = copy_of(url, archive=conf.ARCHIVE)
        if copy is not None:
            page.archive_asked_at, page.archived_copy = now, copy
            page.save(update_fields=["archive_asked_at", "archived_copy"])
    return page


def kept_look(url: str, key: str, *, now: datetime) -> SourcePage:
    """Fetch a page and keep what it says, or why it could not be fetched, under its canonical address."""
    try:
        found = fetch(url)
    except FetchError as error:
        page, _is_new = SourcePage.objects.get_or_create(key=key, defaults={"checked_at": now})
        if error.problem in MISSING:
            page.missing_since = page.missing_since or now
        page.checked_at, page.problem = now, error.problem
        page.save(update_fields=["checked_at", "problem", "missing_since"])
        return page
    facts = read_page(found.text, found.url)
    values = {name: getattr(facts, name) for name in SourcePage.FACTS}
    values |= {"checked_at": now, "problem": "", "missing_since": None}
    values["publisher"] = facts.publisher[:200]
    return SourcePage.objects.update_or_create(key=key, defaults=values)[0]


def pages_of(urls: Iterable[str]) -> dict[str, SourcePage]:
    """What is known of these addresses, by address as given; one query."""
    keys = {url: canonical_url(url) for url in urls}
    known = SourcePage.objects.filter(key__in=set(keys.values()) - {""})
    by_key = {page.key: page for page in known}
    return {url: by_key[key] for url, key in keys.items() if key in by_key}
