"""One document, as a page or in another format."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from events.conf import conf
from events.documents.article_types import ArticlePage
from events.documents.types import EventPage, FeedDocument, ListPage
from events.feeds.base import Feed
from events.feeds.registry import get_feed
from events.formats.addresses import path_in_format
from events.formats.base import EntryFormat, Format
from events.formats.registry import get_entry_format, get_format


def respond(
    request: HttpRequest, document: ListPage | EventPage | ArticlePage, template: str, extension: str
) -> HttpResponse:
    """The page itself when `extension` is empty, else the document in that format."""
    if not extension:
        return render(request, f"events/{template}.html", {"document": document})
    if isinstance(document, ListPage):
        written = format_or_404(extension)
        text = written.render_list(document)
    else:
        written = entry_format_or_404(extension)
        is_event = isinstance(document, EventPage)
        text = written.render_event(document) if is_event else written.render_article(document)
    response = HttpResponse(text, content_type=f"{written.media_type}; charset=utf-8")
    # A format is the page's other form: search engines index the page.
    response["Link"] = link_header([("canonical", document.page.url)])
    return response


def format_or_404(extension: str) -> Format:
    try:
        return get_format(extension)
    except LookupError as error:
        raise no_format(extension) from error


def entry_format_or_404(extension: str) -> EntryFormat:
    try:
        return get_entry_format(extension)
    except LookupError as error:
        raise no_format(extension) from error


def no_format(extension: str) -> Http404:
    return Http404(_("There is no format “%(extension)s” of this page.") % {"extension": extension})


def feed_or_404(extension: str) -> Feed:
    try:
        return get_feed(extension)
    except LookupError as error:
        raise Http404(
            _("There is no feed of the kind “%(extension)s”.") % {"extension": extension}
        ) from error


def moved(path: str, request: HttpRequest) -> HttpResponse:
    """A permanent redirect to `path`, which keeps the query."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{path}?{query}" if query else path, permanent=True)


def moved_page(path: str, extension: str, request: HttpRequest) -> HttpResponse:
    """A permanent redirect to the list page at `path`, in the format that was asked for."""
    return moved(path_in_format(path, extension) if extension else path, request)


def cursors(request: HttpRequest) -> dict[str, str]:
    """Where a later page of a list begins: the cursors `before` and `after` of its address."""
    return {side: request.GET.get(side, "") for side in ("before", "after")}


def send_feed(feed: Feed, document: FeedDocument) -> HttpResponse:
    """One page of a feed; WebSub (W3C, section 4) wants its links in the header too."""
    response = HttpResponse(feed.render(document), content_type=f"{feed.media_type}; charset=utf-8")
    hub = [("hub", conf.WEBSUB_HUB)] if conf.WEBSUB_HUB else []
    response["Link"] = link_header(feed.links(document) + hub)
    return response


def link_header(links: list[tuple[str, str]]) -> str:
    """The value of a Link header (RFC 8288, section 3), which holds URIs: other letters are escaped."""
    return ", ".join(f'<{iri_to_uri(url)}>; rel="{relation}"' for relation, url in links)
