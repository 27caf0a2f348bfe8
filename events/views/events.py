"""One event: its page and its other formats."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from events.documents.event_pages import event_page
from events.documents.rows import events_called
from events.responses import public_view
from events.views.dates import day_or_404, is_padded
from events.views.entries import elsewhere
from events.views.respond import entry_format_or_404, moved, respond


@public_view
def event(
    request: HttpRequest, year: str, month: str, day: str, slug: str, extension: str = "", *, now: datetime
) -> HttpResponse:
    date = day_or_404(year, month, day)
    if extension == "html":
        return moved(request.path.removesuffix(".html") + "/", request)
    if extension:
        entry_format_or_404(extension)
    found = events_called(day=date, slug=slug, now=now)
    if not found or not is_padded(month, day):
        return elsewhere(request, request.path, extension, now=now)
    document = event_page(found[0], now=now, with_former=bool(extension))
    return respond(request, document, "event", extension)
