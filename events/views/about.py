"""What this is, how to reuse it, and the schemas of the formats."""

from datetime import datetime
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.conf import conf
from events.documents.links import make_page
from events.documents.types import ListPage
from events.responses import public_view
from events.views.respond import respond

SCHEMAS = Path(__file__).parent.parent / "schemas"
SCHEMA_TYPES = {".json": "application/schema+json", ".xsd": "application/xml"}


@public_view
def about(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    page = make_page(
        "about",
        _("About %(site)s") % {"site": conf.SITE_NAME},
        "/about/",
        description=_("What this chronicle is, and how its text may be reused."),
    )
    return respond(request, ListPage(page=page), "about", extension)


@public_view
def api(request: HttpRequest, extension: str = "", *, now: datetime) -> HttpResponse:
    page = make_page(
        "api",
        _("Formats and feeds"),
        "/api/",
        description=_("Every page as data: addresses, formats, feeds, schemas."),
    )
    return respond(request, ListPage(page=page), "api", extension)


@public_view
def schema(request: HttpRequest, name: str, *, now: datetime) -> HttpResponse:
    """A JSON Schema or XSD of the formats; only files that stand in the folder are ever opened."""
    found = {file.name: file for file in SCHEMAS.iterdir() if file.suffix in SCHEMA_TYPES}.get(name)
    if found is None:
        raise Http404(_("There is no schema “%(name)s”.") % {"name": name[:120]})
    return HttpResponse(found.read_bytes(), content_type=f"{SCHEMA_TYPES[found.suffix]}; charset=utf-8")
