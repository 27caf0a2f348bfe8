"""One event: its page, its permanent address, its former ones."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from events.addresses import FORMAT, event_at
from events.documents.event_pages import event_page, retraction
from events.documents.rows import events_called
from events.models import Event
from events.responses import public_view, read_only
from events.views.dates import day_or_404, is_padded
from events.views.respond import format_or_404, moved, respond


@public_view
def event(
    request: HttpRequest, year: str, month: str, day: str, slug: str, extension: str = "", *, now: datetime
) -> HttpResponse:
    date = day_or_404(year, month, day)
    if extension == "html":
        return moved(request.path.removesuffix(".html") + "/", request)
    if extension:
        format_or_404(extension)
    found = events_called(day=date, slug=slug, now=now)
    if not found or not is_padded(month, day):
        return elsewhere(request, request.path, extension, now=now)
    return respond(request, event_page(found[0], now=now), "event", extension)


@read_only
def permalink(request: HttpRequest, public_id: str) -> HttpResponse:
    """To where the event lives now. Not a permanent redirect: the event may move again."""
    found = Event.objects.filter(public_id=public_id.lower()).select_related("merged_into").first()
    if found is None:
        raise Http404(_("No entry has this permanent id."))
    return lead_to(request, found.merged_into or found, "", now=timezone.now(), is_permanent=False)


@read_only
def former(request: HttpRequest, path: str) -> HttpResponse:
    """Addresses of older systems, and those that lack only their last slash."""
    if not path.endswith("/") and is_page(f"/{path}/"):
        return moved(f"{request.path}/", request)
    extension = FORMAT.search(path)
    return elsewhere(request, path, extension[1] if extension else "", now=timezone.now())


def is_page(path: str) -> bool:
    try:
        return resolve(path).func is not former
    except Resolver404:
        return False


def elsewhere(request: HttpRequest, path: str, extension: str, *, now: datetime) -> HttpResponse:
    found = event_at(path)
    if found is None:
        raise Http404(_("There is no entry at this address."))
    return lead_to(request, found, extension, now=now)


def lead_to(
    request: HttpRequest, found: Event, extension: str, *, now: datetime, is_permanent: bool = True
) -> HttpResponse:
    """A redirect to a public event, the notice of a retracted one, and nothing (404) of all others."""
    if found.is_public(now=now):
        path = found.get_absolute_url()
        if extension and not extension.startswith("htm"):
            path = f"{path.rstrip('/')}.{extension}"
        return redirect(path, permanent=is_permanent)
    was_public = found.first_published_at is not None and found.first_published_at <= now
    if found.state == Event.State.RETRACTED and was_public:
        response = render(request, "events/retracted.html", {"document": retraction(found)}, status=410)
        response["Cache-Control"] = "no-cache"
        return response
    raise Http404(_("There is no entry at this address."))
