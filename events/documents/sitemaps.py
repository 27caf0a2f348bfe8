"""What the sitemaps list: every public page with the true moment of its last change."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import F, Max, QuerySet
from django.db.models.functions import Greatest

from events.dates import day_path, month_bounds, month_path, year_path
from events.documents.article_types import ArticleDocument
from events.documents.articles import build_articles
from events.documents.builders import build_events
from events.documents.types import EventDocument
from events.models import Article, Context, Event, Profile, Publisher, StoryLine
from events.models.articles import opinion_path
from events.stories.lines import own_lines

SHARD_ROWS = 20_000

Entry = tuple[str, datetime | None]
# An entry that comes out later than it was edited is new at that moment.
CHANGED_AT = Greatest("edited_at", "visible_at")


def shards(*, now: datetime) -> Iterator[Entry]:
    """The paths of all shards, each with its newest change: pages, months, contexts, stories, sources."""
    days = Event.objects.public(now=now).order_by().values_list("date").annotate(changed_at=Max(CHANGED_AT))
    months: dict[tuple[int, int], datetime] = {}
    for day, changed_at in days:
        key = (day.year, day.month)
        months[key] = max(months.get(key, changed_at), changed_at)
    yield "/sitemap-pages.xml", max(months.values(), default=None)
    articles = Article.objects.public(now=now).aggregate(moment=Max(CHANGED_AT))["moment"]
    if articles:
        yield "/sitemap-opinion.xml", articles
    for (year, month), changed_at in sorted(months.items(), reverse=True):
        yield f"/sitemap-{year:04}-{month:02}.xml", changed_at
    stories = own_lines(Context.objects.public(now=now))
    contexts, publishers = Context.objects.public(now=now), Publisher.objects.public(now=now)
    for name, rows in (("contexts", contexts), ("stories", stories), ("sources", publishers)):
        # Only ranges that hold a row: of an empty one there is no page.
        numbers = rows.order_by().values_list(F("pk") / SHARD_ROWS, flat=True).distinct()
        for number in sorted(numbers):
            yield f"/sitemap-{name}-{number + 1}.xml", None


def pages(*, now: datetime) -> Iterator[Entry]:
    """The pages that are not an entry's, a month's, a context's or a source's."""
    newest = Event.objects.public(now=now).aggregate(moment=Max(CHANGED_AT))["moment"]
    for path in ("/", "/news/", "/stories/", "/contexts/", "/sources/"):
        yield path, newest
    # Few, because editors make each by hand; those of contexts have parts of their own.
    for slug in StoryLine.objects.public(now=now).order_by("slug").values_list("slug", flat=True):
        yield f"/stories/{slug}/", None
    for path in ("/about/", "/api/"):
        yield path, None
    public = Event.objects.public(now=now).order_by()
    years = public.values_list("date__year").annotate(changed_at=Max(CHANGED_AT))
    for year, changed_at in sorted(years):
        yield year_path(date(year, 1, 1)), changed_at


def month(first: date, *, now: datetime) -> Iterator[Entry]:
    """A month, its days and their entries."""
    public = Event.objects.public(now=now).between(*month_bounds(first.year, first.month))
    rows = list(public.order_by("date", "pk").values_list("date", "slug", "edited_at", "visible_at"))
    days: dict[date, datetime] = {}
    for day, _slug, *moments in rows:
        days[day] = max(days.get(day, moments[0]), *moments)
    if days:
        yield month_path(first), max(days.values())
    for day, changed_at in days.items():
        yield day_path(day), changed_at
    for day, slug, *moments in rows:
        yield f"{day_path(day)}{slug}/", max(moments)


def opinion(*, now: datetime) -> Iterator[Entry]:
    """The articles, newest first, with the pages that list them and those of who wrote them."""
    rows = (
        Article.objects.public(now=now).newest_first().values_list("date", "slug", "edited_at", "visible_at")
    )
    articles = list(rows[: SHARD_ROWS * 2])
    if not articles:
        return
    yield "/opinion/", max(max(moments) for _day, _slug, *moments in articles)
    for year in dict.fromkeys(day.year for day, *_rest in articles):
        yield f"/opinion/{year:04}/", None
    for day, slug, *moments in articles:
        yield f"{opinion_path(day)}{slug}/", max(moments)
    yield "/profiles/", None
    for slug in Profile.objects.public(now=now).values_list("slug", flat=True):
        yield f"/profiles/{slug}/", None


def contexts(number: int, *, now: datetime) -> Iterator[Entry]:
    """Shard `number`, from 1, of the contexts."""
    for slug in shard(Context.objects.public(now=now), number).values_list("slug", flat=True):
        yield f"/contexts/{slug}/", None


def stories(number: int, *, now: datetime) -> Iterator[Entry]:
    """Shard `number` of the contexts that are story lines; those of the editors' stand among the pages."""
    rows = own_lines(Context.objects.public(now=now))
    for slug in shard(rows, number).values_list("slug", flat=True):
        yield f"/stories/{slug}/", None


def sources(number: int, *, now: datetime) -> Iterator[Entry]:
    for host in shard(Publisher.objects.public(now=now), number).values_list("host", flat=True):
        yield f"/sources/{host}/", None


def shard(rows: QuerySet, number: int) -> QuerySet:
    """A range of keys: the same rows in the same shard for ever."""
    first = (number - 1) * SHARD_ROWS
    return rows.filter(pk__gt=first - 1, pk__lt=first + SHARD_ROWS).order_by("pk")


def news(*, now: datetime, days: int, most: int) -> tuple[EventDocument | ArticleDocument, ...]:
    """The events and articles first published in the last `days` days, newest first."""
    since = now - timedelta(days=days)
    events, articles = (
        list(
            rows.public(now=now)
            .filter(first_published_at__gte=since, visible_at__gte=since)
            .order_by("-visible_at", "pk")
            .for_list()[:most]
        )
        for rows in (Event.objects, Article.objects)
    )
    documents = (
        *zip(events, build_events(events, now=now), strict=True),
        *zip(articles, build_articles(articles, now=now, with_contexts=False), strict=True),
    )
    newest = sorted(documents, key=lambda pair: pair[0].visible_at, reverse=True)
    return tuple(document for _row, document in newest[:most])
