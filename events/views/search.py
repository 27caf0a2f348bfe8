"""Search: the page of a question, and its feed."""

from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.documents.paging import BadCursor
from events.documents.search import search_feed, search_page
from events.filters import EventFilterSet
from events.models import Event
from events.responses import public_view
from events.search.query import SearchQuery, narrowed, parse
from events.text.numbers import number_in
from events.views.respond import feed_or_404, respond, send_feed


@public_view
def search(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    query = read_query(request)
    document = search_page(query, now=now, page=read_page(request))
    if document.count is None and extension:
        raise BadRequest(" ".join(document.search.problems))
    response = respond(request, document, "search", extension)
    if document.count is None:
        response.status_code = 400
    return response


@public_view
def feed(request: HttpRequest, extension: str, *, now: datetime) -> HttpResponse:
    kind = feed_or_404(extension)
    return send_feed(kind, search_feed(read_query(request), now=now, before=request.GET.get("before", "")))


def read_query(request: HttpRequest) -> SearchQuery:
    """The question of an address: the text in `q`, narrowed by the fields beside it."""
    filters = EventFilterSet(request.GET, queryset=Event.objects.none())
    problems = filters.problems
    fields = filters.form.cleaned_data
    return narrowed(
        parse(request.GET.get("q", "")),
        first=fields.get("from"),
        last=fields.get("to"),
        contexts=fields.get("context", ()),
        sources=fields.get("source", ()),
        problems=problems,
    )


def read_page(request: HttpRequest) -> int:
    """The number of the page of hits; raises BadCursor for what is no number."""
    text = request.GET.get("page", "1")
    if not (number := number_in(text)):
        raise BadCursor(_("There is no page “%(page)s” of a search.") % {"page": text[:60]})
    return number
