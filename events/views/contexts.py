"""Contexts: the directory, one, several together."""

from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.documents.contexts import (
    MOST_TOGETHER,
    context_page,
    contexts_directory,
    contexts_path,
    find_contexts,
)
from events.documents.feeds import context_feed
from events.models import Context
from events.responses import public_view
from events.views.respond import cursors, feed_or_404, moved, moved_page, respond, send_feed


@public_view
def context_list(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    kind = request.GET.get("kind", "")
    if kind and kind not in Context.Kind.values:
        raise BadRequest(_("There is no kind of context called “%(kind)s”.") % {"kind": kind[:60]})
    document = contexts_directory(now=now, kind=kind, **cursors(request))
    return respond(request, document, "context_list", extension)


@public_view
def context(request: HttpRequest, slugs: str, extension: str = "", *, now: datetime) -> HttpResponse:
    contexts = contexts_or_404(slugs, now=now)
    if not is_called(contexts, slugs):
        return moved_page(contexts_path(contexts), extension, request)
    document = context_page(contexts, now=now, **cursors(request))
    return respond(request, document, "context", extension)


@public_view
def feed(request: HttpRequest, slugs: str, extension: str, *, now: datetime) -> HttpResponse:
    kind = feed_or_404(extension)
    contexts = contexts_or_404(slugs, now=now)
    if not is_called(contexts, slugs):
        return moved(f"{contexts_path(contexts)}feed.{extension}", request)
    return send_feed(kind, context_feed(contexts, now=now, before=request.GET.get("before", "")))


def contexts_or_404(slugs: str, *, now: datetime) -> list[Context]:
    """The contexts of "homs+syria"; raises Http404, or BadRequest when there are too many."""
    asked = [slug for slug in slugs.split("+") if slug]
    if len(asked) > MOST_TOGETHER:
        raise BadRequest(_("At most %(number)s contexts can be read together.") % {"number": MOST_TOGETHER})
    try:
        found = find_contexts(asked, now=now)
    except Context.DoesNotExist:
        found = []
    if not found:
        raise Http404(_("There is no context “%(slug)s”.") % {"slug": slugs[:120]})
    return found


def is_called(contexts: list[Context], slugs: str) -> bool:
    """Whether these are the present slugs, each once, in whatever order."""
    return sorted(slugs.split("+")) == sorted(found.slug for found in contexts)
