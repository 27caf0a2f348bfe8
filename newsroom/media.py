"""Serves the renditions of pictures, for installations without a web server in front."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve

# What may be shown inside a page; nothing that can carry a script (SVG, HTML) is among them.
PICTURE_SUFFIXES = (".avif", ".jpg", ".png", ".webp")
# The uploads themselves, with all that cameras write into them, lie beside these and are nobody's.
PUBLIC_FOLDERS = ("cards/", "renditions/")

# Storage never gives a name to a second file, so a copy may be kept for ever.
CACHE_CONTROL = "public, max-age=31536000, immutable"


# No form is ever read here: what is sent is refused for its method, not for a missing token.
@csrf_exempt
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve one picture from `MEDIA_ROOT`; answers 304 to `If-Modified-Since`.

    Raises Http404 for a name that is no rendition, does not exist or leads out of the folder.
    """
    if not (name.startswith(PUBLIC_FOLDERS) and name.endswith(PICTURE_SUFFIXES) and ".." not in name):
        raise Http404
    try:
        response = serve(request, name, document_root=settings.MEDIA_ROOT)
    except (Http404, SuspiciousFileOperation):
        # Their messages name folders of this machine, and the error page would print them.
        raise Http404 from None
    response["Cache-Control"] = CACHE_CONTROL
    return response
