"""Articles: their lists by time, one article, their feed."""

from datetime import date, datetime

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.documents.articles import article_page, articles_called
from events.documents.feeds import opinion_feed
from events.documents.opinion import opinion_page
from events.models import Article
from events.models.articles import opinion_path
from events.responses import public_view, read_only
from events.views.dates import day_or_404, is_padded
from events.views.entries import elsewhere
from events.views.respond import entry_format_or_404, feed_or_404, moved, moved_page, respond, send_feed


@public_view
def opinion(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    return listed(request, extension, now=now)


@public_view
def year(request: HttpRequest, year: str, extension: str = "", *, now: datetime) -> HttpResponse:
    return listed(request, extension, day_or_404(year).year, now=now)


@public_view
def month(request: HttpRequest, year: str, month: str, extension: str = "", *, now: datetime) -> HttpResponse:
    first = day_or_404(year, month)
    if not is_padded(month):
        path = opinion_path(first).removesuffix("01/")
        return moved_page(path, extension, request)
    return listed(request, extension, first.year, first.month, now=now)


@public_view
def day(
    request: HttpRequest, year: str, month: str, day: str, extension: str = "", *, now: datetime
) -> HttpResponse:
    date = day_or_404(year, month, day)
    if not is_padded(month, day):
        return moved_page(opinion_path(date), extension, request)
    return listed(request, extension, day=date, now=now)


@public_view
def article(
    request: HttpRequest, year: str, month: str, day: str, slug: str, extension: str = "", *, now: datetime
) -> HttpResponse:
    date = day_or_404(year, month, day)
    if extension == "html":
        return moved(request.path.removesuffix(".html") + "/", request)
    if extension:
        entry_format_or_404(extension)
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


def listed(
    request: HttpRequest,
    extension: str,
    year: int | None = None,
    month: int | None = None,
    *,
    now: datetime,
    day: date | None = None,
) -> HttpResponse:
    """A list of articles, narrowed by `?kind=` and `?section=`, at one page of it."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "section", "before", "after")}
    if asked["kind"] and asked["kind"] not in Article.Kind.values:
        raise BadRequest(_("There is no kind of article called “%(kind)s”.") % {"kind": asked["kind"][:60]})
    try:
        document = opinion_page(year, month, day, now=now, **asked)
    except Article.DoesNotExist as error:
        raise Http404(
            _("There is no section “%(section)s” here.") % {"section": asked["section"][:80]}
        ) from error
    return respond(request, document, "opinion", extension)
