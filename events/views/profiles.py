"""Those whom articles are by: the directory, one of them with the articles, their feed."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.documents.articles import profile_page, profiles_page
from events.documents.feeds import profile_feed
from events.models import Profile
from events.responses import public_view
from events.views.respond import cursors, feed_or_404, moved, moved_page, respond, send_feed


@public_view
def profile_list(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    return respond(request, profiles_page(now=now), "profile_list", extension)


@public_view
def profile(request: HttpRequest, slug: str, extension: str = "", *, now: datetime) -> HttpResponse:
    found = profile_or_404(slug, now=now)
    if found.slug != slug:
        return moved_page(found.get_absolute_url(), extension, request)
    document = profile_page(found, now=now, **cursors(request))
    return respond(request, document, "profile", extension)


@public_view
def feed(request: HttpRequest, slug: str, extension: str, *, now: datetime) -> HttpResponse:
    kind = feed_or_404(extension)
    found = profile_or_404(slug, now=now)
    if found.slug != slug:
        return moved(f"{found.get_absolute_url()}feed.{extension}", request)
    return send_feed(kind, profile_feed(found, now=now, before=request.GET.get("before", "")))


def profile_or_404(slug: str, *, now: datetime) -> Profile:
    """Somebody by any slug that they ever had."""
    public = Profile.objects.public(now=now).select_related("picture")
    found = public.filter(addresses__slug=slug).first()
    if found is None:
        raise Http404(_("There is nobody here called “%(slug)s”.") % {"slug": slug[:120]})
    return found
