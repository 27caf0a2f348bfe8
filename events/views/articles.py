"""Articles: their lists by time, one article, their feed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from events.documents.articles import article_page, articles_called, opinion_page
from events.documents.feeds import opinion_feed
from events.models.articles import opinion_path
from events.responses import public_view, read_only
from events.views.dates import day_or_404, is_padded
from events.views.entries import elsewhere
from events.views.respond import feed_or_404, format_or_404, moved, respond, send_feed


@public_view
def opinion(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    return respond(request, opinion_page(now=now, **cursors(request)), "opinion", extension)


@public_view
def year(request: HttpRequest, year: str, extension: str = "", *, now: datetime) -> HttpResponse:
    first = day_or_404(year)
    return respond(request, opinion_page(first.year, now=now, **cursors(request)), "opinion", extension)


@public_view
def month(request: HttpRequest, year: str, month: str, extension: str = "", *, now: datetime) -> HttpResponse:
    first = day_or_404(year, month)
    if not is_padded(month):
        path = opinion_path(first).removesuffix("01/")
        return moved(path + (f"index.{extension}" if extension else ""), request)
    document = opinion_page(first.year, first.month, now=now, **cursors(request))
    return respond(request, document, "opinion", extension)


@public_view
def day(
    request: HttpRequest, year: str, month: str, day: str, extension: str = "", *, now: datetime
) -> HttpResponse:
    date = day_or_404(year, month, day)
    if not is_padded(month, day):
        return moved(opinion_path(date) + (f"index.{extension}" if extension else ""), request)
    return respond(request, opinion_page(day=date, now=now, **cursors(request)), "opinion", extension)


@public_view
def article(
    request: HttpRequest, year: str, month: str, day: str, slug: str, extension: str = "", *, now: datetime
) -> HttpResponse:
    date = day_or_404(year, month, day)
    if extension == "html":
        return moved(request.path.removesuffix(".html") + "/", request)
    if extension:
        format_or_404(extension)
    found = articles_called(day=date, slug=slug, now=now)
    if not found or not is_padded(month, day):
        return elsewhere(request, request.path, extension, now=now)
    document = article_page(found[0], now=now, with_former=bool(extension))
    return respond(request, document, "article", extension)


@public_view
def feed(request: HttpRequest, extension: str, *, now: datetime) -> HttpResponse:
    return send_feed(feed_or_404(extension), opinion_feed(now=now, before=request.GET.get("before", "")))


@read_only
def former_feed(request: HttpRequest) -> HttpResponse:
    """`/opinion_rss.xml`, where readers of an older site look."""
    return moved("/feeds/opinion.rss", request)


def cursors(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ("before", "after")}
