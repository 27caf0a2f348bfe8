"""Structured data in the head of pages (JSON-LD)."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from events.documents import jsonld
from events.documents.site import Site, site_pictures
from events.documents.types import EventDocument, ListPage, Page

register = template.Library()


def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data as a script element that no text within can end.

    The escapes are those of `django.utils.html.json_script`; browsers never run this type.
    """
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)


@register.simple_tag
def event_json_ld(event: EventDocument, site: Site) -> SafeString:
    """The NewsArticle of an event's page."""
    return json_ld(jsonld.event_json_ld(event, site, **site_pictures()))


@register.simple_tag
def list_json_ld(document: ListPage, site: Site) -> SafeString:
    """The CollectionPage of a list's page; the front page stands for the whole site."""
    if document.page.kind == "front":
        return json_ld(jsonld.website_json_ld(site, logo=site_pictures()["logo"]))
    return json_ld(jsonld.list_json_ld(document, site))


@register.simple_tag
def breadcrumbs_json_ld(page: Page) -> SafeString:
    """The BreadcrumbList of a page, or nothing."""
    data = jsonld.breadcrumbs_json_ld(page)
    return json_ld(data) if data else mark_safe("")
