"""The HTML that a feed carries of an entry: it must make sense without our style sheets and addresses."""

import re
from collections.abc import Iterator

from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from events.conf import conf
from events.documents.types import CitationDocument, CoverDocument, EventDocument, absolute

_OWN_PATH = re.compile(r'\b(href|src)="/(?!/)')


def content_html(event: EventDocument) -> str:
    """Cover with its credit, summary, body, sources and contexts, with absolute addresses only."""
    parts = "\n".join(part for part in _parts(event) if part)
    if parts and event.ref.direction == "rtl":
        return format_html('<div dir="rtl">\n{}\n</div>', mark_safe(parts))  # noqa: S308
    return parts


def _parts(event: EventDocument) -> Iterator[str]:
    if event.cover and event.cover.largest:
        yield _figure(event.cover)
    # Both were made and sanitised by events.text; only their addresses are changed here.
    yield _absolute_links(event.summary_html)
    yield _absolute_links(event.body_html)
    if event.citations:
        items = format_html_join("\n", "<li>{}</li>", ((_source(c),) for c in event.citations))
        yield format_html("<p>{}</p>\n<ol>\n{}\n</ol>", _("Sources"), items)
    if event.contexts:
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', ((_uri(absolute(c.path)), c.name) for c in event.contexts)
        )
        yield format_html("<p>{} {}</p>", _("Contexts:"), links)


def _uri(address: str) -> str:
    return iri_to_uri(address)


def _absolute_links(html: str) -> str:
    return _OWN_PATH.sub(rf'\1="{conf.SITE_URL}/', html)


def _figure(cover: CoverDocument) -> SafeString:
    picture = cover.largest
    caption = " ".join(part for part in (cover.caption, _credit(cover)) if part)
    return format_html(
        '<figure><img src="{}" width="{}" height="{}" alt="{}">{}</figure>',
        _uri(picture.url),
        picture.width,
        picture.height,
        "" if cover.is_decorative else cover.alt,
        format_html("<figcaption>{}</figcaption>", caption) if caption else "",
    )


def _credit(cover: CoverDocument) -> str:
    licence = str(cover.licence.name) if cover.licence else ""
    words = ", ".join(part for part in (cover.credit, licence) if part)
    return f"({words})" if words else ""


def _source(citation: CitationDocument) -> str:
    if not citation.url:
        return citation.label
    return format_html('<a href="{}">{}</a>', _uri(citation.url), citation.label)
