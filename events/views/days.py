"""Front page, archive, year, month, day."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from events.dates import day_path, month_path
from events.documents.days import archive_page, day_page, front_page, month_page, year_page
from events.responses import public_view, read_only
from events.views.dates import day_or_404, is_padded
from events.views.respond import cursors, moved, moved_page, respond


@public_view(follows_today=True)
def front(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    return respond(request, front_page(now=now), "front", extension)


@public_view
def archive(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    return respond(request, archive_page(now=now), "archive", extension)


@public_view
def year(request: HttpRequest, year: str, extension: str = "", *, now: datetime) -> HttpResponse:
    return respond(request, year_page(day_or_404(year).year, now=now), "year", extension)


@public_view
def month(request: HttpRequest, year: str, month: str, extension: str = "", *, now: datetime) -> HttpResponse:
    first = day_or_404(year, month)
    if not is_padded(month):
        return moved_page(month_path(first), extension, request)
    document = month_page(first.year, first.month, now=now, **cursors(request))
    return respond(request, document, "month", extension)


@public_view
def day(
    request: HttpRequest, year: str, month: str, day: str, extension: str = "", *, now: datetime
) -> HttpResponse:
    date = day_or_404(year, month, day)
    if not is_padded(month, day):
        return moved_page(day_path(date), extension, request)
    return respond(request, day_page(date, now=now, with_related=bool(extension)), "day", extension)


@read_only
def page_of_index(request: HttpRequest, **_parts: str) -> HttpResponse:
    """`…/index.html` is the page itself."""
    return moved(request.path.removesuffix("index.html"), request)
