"""What machines ask for first: sitemaps and robots.txt."""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events import sitemaps
from events.documents import sitemaps as listed
from events.documents.types import absolute
from events.responses import public_view
from events.views.dates import day_or_404


def xml(parts: Iterable[str]) -> HttpResponse:
    return HttpResponse("".join(parts), content_type="application/xml; charset=utf-8")


@public_view
def index(request: HttpRequest, *, now: datetime) -> HttpResponse:
    return xml(sitemaps.render_sitemap_index(listed.shards(now=now)))


@public_view
def pages(request: HttpRequest, *, now: datetime) -> HttpResponse:
    return xml(sitemaps.render_sitemap(listed.pages(now=now)))


@public_view
def month(request: HttpRequest, year: str, month: str, *, now: datetime) -> HttpResponse:
    return shard(listed.month(day_or_404(year, month), now=now))


@public_view
def opinion(request: HttpRequest, *, now: datetime) -> HttpResponse:
    return shard(listed.opinion(now=now))


@public_view
def contexts(request: HttpRequest, number: int, *, now: datetime) -> HttpResponse:
    return shard(listed.contexts(number, now=now))


@public_view
def stories(request: HttpRequest, number: int, *, now: datetime) -> HttpResponse:
    return shard(listed.stories(number, now=now))


@public_view
def sources(request: HttpRequest, number: int, *, now: datetime) -> HttpResponse:
    return shard(listed.sources(number, now=now))


def shard(entries: Iterable[listed.Entry]) -> HttpResponse:
    entries = list(entries)
    if not entries:
        raise Http404(_("This part of the sitemap holds no page."))
    return xml(sitemaps.render_sitemap(entries))


# A news sitemap loses entries as the days go by, without any write.
@public_view(follows_today=True)
def news(request: HttpRequest, *, now: datetime) -> HttpResponse:
    events = listed.news(now=now, days=sitemaps.NEWS_DAYS, most=sitemaps.NEWS_ITEMS)
    return xml(sitemaps.render_news_sitemap(events))


@public_view
def robots(request: HttpRequest, *, now: datetime) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
        f"Sitemap: {absolute('/news-sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
