"""Who is asking, when a proxy stands in front."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """Return the address that log-in attempts are counted by.

    Only behind our own proxy (`NEWSROOM_HTTPS`) is `X-Forwarded-For` believed, and only its last entry:
    the one the proxy wrote itself. Entries before it are whatever the client sent.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.HTTPS and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
