"""Entries by their permanent addresses and by their former ones, whatever kind they are."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from events.addresses import FORMAT, entry_at, entry_called
from events.documents.entry_pages import retraction
from events.models import Entry
from events.models.addresses import permanent_path
from events.responses import read_only
from events.views.respond import moved


@read_only
def permalink(request: HttpRequest, public_id: str) -> HttpResponse:
    """To where the entry lives now. Not a permanent redirect: it may move again."""
    public_id = public_id.lower()
    # What was merged elsewhere, before it came here, is known by this address alone.
    found = entry_called(public_id) or entry_at(permanent_path(public_id))
    if found is None:
        raise Http404(_("No entry has this permanent id."))
    return lead_to(request, found, "", now=timezone.now(), is_permanent=False)


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
    found = entry_at(path)
    if found is None:
        raise Http404(_("There is no entry at this address."))
    return lead_to(request, found, extension, now=now)


def lead_to(
    request: HttpRequest, found: Entry, extension: str, *, now: datetime, is_permanent: bool = True
) -> HttpResponse:
    """A redirect to a public entry, the notice of a retracted one, and nothing (404) of all others."""
    if found.is_public(now=now):
        path = found.get_absolute_url()
        if extension and not extension.startswith("htm"):
            path = f"{path.rstrip('/')}.{extension}"
        return redirect(path, permanent=is_permanent)
    if found.state == Entry.State.RETRACTED and found.has_been_public(now=now):
        response = render(request, "events/retracted.html", {"document": retraction(found)}, status=410)
        response["Cache-Control"] = "no-cache"
        return response
    raise Http404(_("There is no entry at this address."))
