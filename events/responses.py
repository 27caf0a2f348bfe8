"""Public answers: rendered once, kept as long as nothing has changed, 304 for those who have them already."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from events.conf import conf
from events.dates import local_today, start_of_day
from events.documents.paging import BadCursor
from events.stamps import Stamp, current_stamp

# A reader's browser and a cache in between may keep a page for so many seconds without asking; after that
# they ask, which costs one query. An old copy may serve while asking, and for ten days if we are down.
CACHE_CONTROL = "public, max-age=10, stale-while-revalidate=10, stale-if-error=864000"
KEPT_SECONDS = 3600

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Kept:
    """A rendered answer as the cache holds it, plain and, once somebody has asked for it, packed by gzip."""

    body: bytes
    packed: bytes
    content_type: str
    etag: str
    headers: dict[str, str]


def public_view(view: View | None = None, *, follows_today: bool = False) -> View:
    """Wrap a view of the public site, which gets the moment of the request as `now`.

    Only answers 200 are kept, under an address that holds the site's stamp: a write, or an entry whose moment
    has come, makes all keys new, so that a kept page can never show what is not public (nor miss what is).
    The ETag is the content's own digest and stays the same when a write has not changed the page.
    `follows_today` is for pages that call days "today" and "yesterday".
    """
    if view is None:
        return lambda found: public_view(found, follows_today=follows_today)

    @read_only
    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL refuses to look for NUL.
            raise BadRequest(_("The address holds a character that no text has."))
        now = timezone.now()
        stamp = current_stamp(now=now)
        changed_at = stamp.changed_at
        today = ""
        if follows_today:
            zone = ZoneInfo(conf.TIME_ZONE)
            midnight = start_of_day(local_today(now, zone), zone)
            changed_at, today = max(changed_at, midnight), midnight.isoformat()
        key = cache_key(request, stamp, today)
        known = kept = cache.get(key)
        if kept is None:
            response = fresh(view, request, *args, now=now, **kwargs)
            if response.status_code != 200:
                return response
            kept = keep(response)
        if takes_gzip(request) and not kept.packed:
            kept = replace(kept, packed=gzip.compress(kept.body, 6, mtime=0))
        if kept is not known:
            cache.set(key, kept, KEPT_SECONDS)
        # RFC 9110, section 8.8.2.1: never later than the answer itself, whatever a clock or a file says.
        return conditional(request, kept, min(changed_at, now))

    return answer


def read_only(view: View) -> View:
    """Answer 405 to all methods but GET and HEAD; no form is ever read, so that none needs a token first."""
    return csrf_exempt(require_safe(view))


def fresh(view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """The view's answer; a page of a list that does not exist is the asker's mistake (400)."""
    try:
        return view(request, *args, **kwargs)
    except BadCursor as error:
        raise BadRequest(str(error)) from error


def cache_key(request: HttpRequest, stamp: Stamp, today: str) -> str:
    """The settings decide the page's words too, and tests change them."""
    parts = (
        conf.SITE_URL,
        conf.LANGUAGE,
        conf.TIME_ZONE,
        stamp.key,
        today,
        request.get_full_path(),
    )
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def keep(response: HttpResponse) -> Kept:
    body = response.content
    headers = {
        name: value for name, value in response.items() if name not in ("Content-Type", "Content-Length")
    }
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Kept(body, b"", response["Content-Type"], etag, headers)


def takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def conditional(request: HttpRequest, kept: Kept, changed_at: datetime) -> HttpResponse:
    """The kept answer, or 304 when the reader has it (RFC 9110, section 13).

    The packed form has a weak ETag, as Django's own GZipMiddleware gives it: same matter, other bytes.
    """
    modified = int(changed_at.timestamp())
    is_packed = takes_gzip(request)
    etag = f"W/{kept.etag}" if is_packed else kept.etag
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        body = kept.packed if is_packed else kept.body
        response = HttpResponse(body, content_type=kept.content_type, headers=kept.headers)
        if is_packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
