"""The feed of all news, and the addresses that older readers still ask for."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from events.documents.feeds import news_feed
from events.responses import public_view, read_only
from events.views.respond import feed_or_404, moved, send_feed


@public_view
def news(request: HttpRequest, extension: str, *, now: datetime) -> HttpResponse:
    return send_feed(feed_or_404(extension), news_feed(now=now, before=request.GET.get("before", "")))


@read_only
def former_news(request: HttpRequest) -> HttpResponse:
    """`/index_rss.xml`, where readers of an older site look."""
    return moved("/feeds/news.rss", request)
