"""Story lines: the directory, one told in order, its feed, and what stands in a frame elsewhere."""

from datetime import datetime

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from events.documents.feeds import story_feed
from events.documents.stories import stories_directory, story_embed, story_page
from events.responses import public_view
from events.stories.lines import NotAStory, Story, find_story
from events.views.respond import cursors, feed_or_404, moved, moved_page, respond, send_feed


@public_view
def story_list(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    document = stories_directory(now=now, **cursors(request))
    return respond(request, document, "story_list", extension)


@public_view
def story(request: HttpRequest, slug: str, extension: str = "", *, now: datetime) -> HttpResponse:
    try:
        found = story_or_404(slug, now=now)
    except NotAStory as error:
        # Not for ever: an editor may call the context a story again.
        return redirect(error.context)
    if found.subject.slug != slug:
        return moved_page(found.path, extension, request)
    document = story_page(found, now=now, **cursors(request))
    return respond(request, document, "story", extension)


@public_view
def feed(request: HttpRequest, slug: str, extension: str, *, now: datetime) -> HttpResponse:
    kind = feed_or_404(extension)
    try:
        found = story_or_404(slug, now=now)
    except NotAStory as error:
        return redirect(f"{error.context.get_absolute_url()}feed.{extension}")
    if found.subject.slug != slug:
        return moved(f"{found.path}feed.{extension}", request)
    return send_feed(kind, story_feed(found, now=now, before=request.GET.get("before", "")))


# The one page that other sites may show in a frame: nothing on it can be clicked to any effect.
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public_view
def embed(request: HttpRequest, slug: str, *, now: datetime) -> HttpResponse:
    try:
        found = story_or_404(slug, now=now)
    except NotAStory as error:
        raise Http404(no_story(slug)) from error
    if found.subject.slug != slug:
        return moved(f"{found.path}embed/", request)
    response = render(request, "events/story_embed.html", {"document": story_embed(found, now=now)})
    response["X-Robots-Tag"] = "noindex"
    return response


def story_or_404(slug: str, *, now: datetime) -> Story:
    """The story line at this address. Raises Http404, or NotAStory where a view can do better."""
    try:
        return find_story(slug, now=now)
    except NotAStory:
        raise
    except LookupError as error:
        raise Http404(no_story(slug)) from error


def no_story(slug: str) -> str:
    return _("There is no story line “%(slug)s”.") % {"slug": slug[:120]}
