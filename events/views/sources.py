"""Sources: the directory of publishers, and one."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.citations.publishers import publisher_host
from events.documents.feeds import source_feed
from events.documents.sources import source_page, sources_directory
from events.models import Publisher
from events.responses import public_view
from events.views.respond import cursors, feed_or_404, moved, moved_page, respond, send_feed


@public_view
def source_list(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    document = sources_directory(now=now, **cursors(request))
    return respond(request, document, "source_list", extension)


@public_view
def source(request: HttpRequest, host: str, extension: str = "", *, now: datetime) -> HttpResponse:
    publisher = publisher_or_404(host, now=now)
    if publisher.host != host:
        return moved_page(publisher.get_absolute_url(), extension, request)
    document = source_page(publisher, now=now, **cursors(request))
    return respond(request, document, "source", extension)


@public_view
def feed(request: HttpRequest, host: str, extension: str, *, now: datetime) -> HttpResponse:
    kind = feed_or_404(extension)
    publisher = publisher_or_404(host, now=now)
    if publisher.host != host:
        return moved(f"{publisher.get_absolute_url()}feed.{extension}", request)
    return send_feed(kind, source_feed(publisher, now=now, before=request.GET.get("before", "")))


def publisher_or_404(host: str, *, now: datetime) -> Publisher:
    """The publisher at this host, also when it is asked for as "www.…" or by another of its hosts."""
    found = Publisher.objects.public(now=now).filter(host=publisher_host(host.lower())).first()
    if found is None:
        raise Http404(_("No entry cites a source at “%(host)s”.") % {"host": host[:120]})
    return found
