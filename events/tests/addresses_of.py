"""Every public address of what the database holds, whether or not the public may read it."""

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import quote, urlencode

from events.dates import day_path, month_path, year_path
from events.models import (
    Address,
    Article,
    Context,
    ContextAddress,
    Event,
    ProfileAddress,
    Publisher,
    StoryLineAddress,
)
from events.models.articles import opinion_path
from events.outputs import ENTRY_FORMATS, FEEDS, FORMATS


def with_formats(path: str) -> list[str]:
    """A list page and its other formats."""
    return [path, *(f"{path}index.{output.extension}" for output in FORMATS)]


def feeds(path: str) -> list[str]:
    """The feeds whose path without extension is `path`."""
    return [f"{path}.{output.extension}" for output in FEEDS]


def event_addresses(event: Event | Article) -> list[str]:
    """An event's or article's page and its formats."""
    path = event.get_absolute_url()
    return [path, *(f"{path.rstrip('/')}.{output.extension}" for output in FORMATS)]


def other_formats(entry: Event | Article) -> list[str]:
    """Its formats after the standards of others."""
    path = entry.get_absolute_url().rstrip("/")
    return [f"{path}.{output.extension}" for output in ENTRY_FORMATS[len(FORMATS) :]]


def fixed_addresses() -> Iterator[str]:
    """The pages that are there without an entry."""
    for path in ("/", "/news/", "/stories/", "/contexts/", "/sources/", "/search/", "/about/", "/api/"):
        yield from with_formats(path)
    for path in ("/opinion/", "/profiles/"):
        yield from with_formats(path)
    yield from feeds("/feeds/news")
    yield from feeds("/feeds/opinion")
    yield from ("/sitemap.xml", "/sitemap-pages.xml", "/news-sitemap.xml", "/robots.txt")
    for path in ("event.schema.json", "article.schema.json", "list.schema.json", "dayline-1.xsd"):
        yield f"/schemas/{path}"


def search_addresses(**query: str) -> list[str]:
    """A question as page, in the other formats and as feeds."""
    asked = urlencode(query)
    return [f"{path}?{asked}" for path in (*with_formats("/search/"), *feeds("/search/feed"))]


def day_addresses() -> Iterator[str]:
    """Years, months, days and the sitemaps of months, of all events."""
    days = set(Event.objects.values_list("date", flat=True))
    for path in sorted({maker(day) for day in days for maker in (year_path, month_path, day_path)}):
        yield from with_formats(path)
    for year, month in sorted({(day.year, day.month) for day in days}):
        yield f"/sitemap-{year:04}-{month:02}.xml"


def context_addresses() -> Iterator[str]:
    """Contexts at all slugs that they ever had, and in some pairs."""
    slugs = list(ContextAddress.objects.order_by("slug").values_list("slug", flat=True))
    pairs = ["+".join(pair) for pair in pairwise(slugs)]
    for slug in (*slugs, *pairs):
        yield from with_formats(f"/contexts/{slug}/")
        yield from feeds(f"/contexts/{slug}/feed")
    for kind in Context.Kind.values:
        yield f"/contexts/?kind={kind}"
    yield "/sitemap-contexts-1.xml"


def story_addresses() -> Iterator[str]:
    """Story lines of contexts and of editors, at all slugs that they ever had."""
    contexts = ContextAddress.objects.order_by("slug").values_list("slug", flat=True)
    stories = contexts.filter(context__kind=Context.Kind.STORY)
    lines = StoryLineAddress.objects.order_by("slug").values_list("slug", flat=True)
    for slug in (*contexts, *lines):
        yield from with_formats(f"/stories/{slug}/")
        yield from feeds(f"/stories/{slug}/feed")
    for slug in (*stories, *lines):
        yield f"/stories/{slug}/embed/"
    if stories:
        yield "/sitemap-stories-1.xml"


def article_addresses() -> Iterator[str]:
    """Articles with the lists of their days, and those whom they are by at all slugs that they ever had."""
    articles = list(Article.objects.all())
    for day in sorted({article.date for article in articles}):
        for path in (
            f"/opinion/{day.year:04}/",
            f"/opinion/{day.year:04}/{day.month:02}/",
            opinion_path(day),
        ):
            yield from with_formats(path)
    for article in articles:
        yield from (*event_addresses(article), *other_formats(article))
        yield f"/e/{article.public_id}/"
    for slug in ProfileAddress.objects.order_by("slug").values_list("slug", flat=True):
        yield from with_formats(f"/profiles/{slug}/")
        yield from feeds(f"/profiles/{slug}/feed")
    if articles:
        yield "/sitemap-opinion.xml"


def source_addresses() -> Iterator[str]:
    for host in Publisher.objects.order_by("host").values_list("host", flat=True):
        yield from with_formats(f"/sources/{host}/")
        yield from feeds(f"/sources/{host}/feed")
    yield "/sitemap-sources-1.xml"


def every_address() -> list[str]:
    """All of them: pages, formats, feeds, sitemaps, permanent and former addresses; searches apart."""
    found = [
        *fixed_addresses(),
        *day_addresses(),
        *context_addresses(),
        *story_addresses(),
        *source_addresses(),
        *article_addresses(),
    ]
    for event in Event.objects.all():
        found += [*event_addresses(event), *other_formats(event), f"/e/{event.public_id}/"]
    for path in Address.objects.values_list("path", flat=True):
        found += [f"/{quote(path)}/", f"/{quote(path)}", f"/{quote(path)}.md", f"/{quote(path)}.html"]
    return list(dict.fromkeys(found))
