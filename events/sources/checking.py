"""Looking at the pages of published citations again and again, so that dead links are known."""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, islice
from operator import itemgetter

from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.citations.urls import host_of, is_archived
from events.models import Citation, Event, SourcePage
from events.sources.pages import look_at

FOUND, MISSING, UNSURE = "found", "missing", "unsure"
# Between two questions to one site.
PAUSE_SECONDS = 1.0


def due(*, before: datetime, limit: int) -> list[str]:
    """Addresses cited by published entries whose pages nobody has looked at since `before`, at most `limit`.

    Copies in archives are left out: they are cited because they stay.
    """
    seen = SourcePage.objects.filter(key=OuterRef("canonical_url"), checked_at__gte=before)
    rows = (
        Citation.objects.filter(~Exists(seen), event__state=Event.State.PUBLISHED)
        .exclude(canonical_url="")
        .order_by("canonical_url", "url")
        .values_list("canonical_url", "url")
        .distinct()
    )
    # A copy has the canonical address of its page, and stands beside it in some entries.
    pages = groupby(rows.iterator(chunk_size=1000), key=itemgetter(0))
    found = (next((url for _key, url in page if not is_archived(url)), "") for _key, page in pages)
    return list(islice(filter(None, found), limit))


def by_turns(urls: Iterable[str]) -> Iterator[str]:
    """The addresses so that sites take turns: none is asked twice in a row while another one waits."""
    sites: dict[str, deque[str]] = defaultdict(deque)
    for url in urls:
        sites[host_of(url)].append(url)
    waiting = deque(sites.values())
    while waiting:
        site = waiting.popleft()
        yield site.popleft()
        if site:
            waiting.append(site)


def check(urls: Iterable[str], *, pause: Callable[[float], None] = time.sleep) -> Iterator[tuple[str, str]]:
    """Look at each page; yields each address with `FOUND`, `MISSING` or `UNSURE`."""
    last = None
    for url in by_turns(urls):
        if host_of(url) == last:
            pause(PAUSE_SECONDS)
        last = host_of(url)
        page = look_at(url, now=timezone.now())
        yield url, (MISSING if page.missing_since else UNSURE) if page.problem else FOUND


def check_due(*, days: int, limit: int, now: datetime) -> tuple[int, Iterator[tuple[str, str]]]:
    """How many pages are due after so many days, and their results as they come in."""
    urls = due(before=now - timedelta(days=days), limit=limit)
    return len(urls), check(urls)


def counts(results: Counter[str]) -> str:
    """ "12 found, 1 missing, 0 unsure"."""
    return ", ".join(f"{results[name]} {name}" for name in (FOUND, MISSING, UNSURE))
