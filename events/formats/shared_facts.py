"""What pages, pictures, contexts and events are called wherever a format names them.

Values are text, numbers, booleans, None, lists and dictionaries; days and moments are ISO 8601, moments
always with their offset; addresses are absolute. `VERSION` changes when a name goes away or changes its
meaning, not when one is added.
"""

from dataclasses import asdict
from typing import Any

from events.documents.site import current_site
from events.documents.types import (
    ContextRef,
    CoverDocument,
    EventRef,
    Licence,
    Link,
    Page,
    PublisherRef,
    Rendition,
    absolute,
)
from events.formats.addresses import path_in_format

FORMAT = "dayline"
VERSION = "1"

Facts = dict[str, Any]


def text_licence_facts() -> Facts:
    """The licence of the entries' own text."""
    site = current_site()
    return {"code": site.licence_code, "name": site.licence_name, "url": site.licence_url}


def page_facts(page: Page, extension: str) -> Facts:
    return {
        "format": FORMAT,
        "version": VERSION,
        "kind": page.kind,
        "title": str(page.title),
        "description": str(page.description),
        "address": page.url,
        "language": page.language,
        "direction": page.direction,
        "licence": text_licence_facts(),
        "formats": [_alternate(link) for link in page.formats],
        "feeds": [_alternate(link) for link in page.feeds],
        "previous": _neighbour(page.previous, page, extension),
        "next": _neighbour(page.next, page, extension),
    }


def iso(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


def _alternate(link: Link) -> Facts:
    return {"type": link.type, "title": str(link.title), "address": link.url}


def _neighbour(link: Link | None, page: Page, extension: str) -> Facts | None:
    if link is None:
        return None
    document = path_in_format(link.path, extension, is_event=page.kind in ("event", "article"))
    return {"title": str(link.title), "address": link.url, "document": absolute(document)}


def publisher_facts(publisher: PublisherRef) -> Facts:
    return {"host": publisher.host, "name": publisher.name, "address": absolute(publisher.path)}


def licence_facts(licence: Licence | None) -> Facts | None:
    if licence is None:
        return None
    return {"code": licence.code, "name": str(licence.name), "url": licence.url}


def cover_facts(cover: CoverDocument) -> Facts:
    facts = {
        "address": cover.url,
        "source_address": cover.source_url,
        "alt": cover.alt,
        "is_decorative": cover.is_decorative,
        "caption": cover.caption,
        "credit": cover.credit,
        "licence": licence_facts(cover.licence),
        "place": cover.place,
        "taken": iso(cover.taken_on),
        "people": list(cover.people),
        # What every program can show; the newer formats are for our own pages.
        "renditions": [_rendition(found) for found in cover.renditions if found.type == "image/jpeg"],
    }
    if cover.original:
        facts |= asdict(cover.original) | {"crops": [asdict(crop) for crop in cover.original.crops]}
    return facts


def _rendition(rendition: Rendition) -> Facts:
    return {
        "ratio": rendition.ratio,
        "width": rendition.width,
        "height": rendition.height,
        "type": rendition.type,
        "bytes": rendition.bytes,
        "address": rendition.url,
    }


def context_ref_facts(context: ContextRef) -> Facts:
    return {
        "name": context.name,
        "slug": context.slug,
        "kind": context.kind,
        "address": absolute(context.path),
    }


def event_ref_facts(ref: EventRef) -> Facts:
    """An event as it is named elsewhere."""
    return {
        "id": ref.public_id,
        "date": ref.date.isoformat(),
        "date_precision": ref.date_precision,
        "headline": ref.headline,
        "short_headline": ref.short_headline,
        "language": ref.language,
        "direction": ref.direction,
        "address": ref.url,
    }
