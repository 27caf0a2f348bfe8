"""The HTML that a feed carries of an entry: it must make sense without our style sheets and addresses."""

from collections.abc import Iterator
from html import escape

from django.utils.encoding import iri_to_uri
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from events.documents.article_types import ArticleDocument, NoteDocument
from events.documents.links import whole_links
from events.documents.types import (
    CitationDocument,
    ContextRef,
    CoverDocument,
    EventDocument,
    Rendition,
    absolute,
)


def content_html(event: EventDocument | ArticleDocument) -> str:
    """Cover with its credit, summary, body, notes to readers, sources and contexts, with absolute addresses
    only."""
    parts = "\n".join(part for part in _parts(event) if part)
    if parts and event.ref.direction == "rtl":
        return f'<div dir="rtl">\n{parts}\n</div>'
    return parts


def _parts(event: EventDocument | ArticleDocument) -> Iterator[str]:
    if event.cover and (picture := event.cover.largest):
        yield _figure(event.cover, picture)
    # Both were made and sanitised by events.text; only their addresses are changed here.
    yield whole_links(event.summary_html, page=event.url)
    yield whole_links(event.body_html, page=event.url)
    if isinstance(event, ArticleDocument):
        yield from (_note(note, event.url) for note in event.notes)
        # The marks in the text lead to these on the article's page: readers of feeds take ids away.
        sources = [whole_links(note.html, page=event.url) for note in event.footnotes]
    else:
        sources = [_source(citation) for citation in event.citations]
    if sources:
        items = "\n".join(f"<li>{source}</li>" for source in sources)
        heading = escape(_("Sources"))
        yield f"<p>{heading}</p>\n<ol>\n{items}\n</ol>"
    if event.contexts:
        links = ", ".join(map(_context, event.contexts))
        heading = escape(_("Contexts:"))
        yield f"<p>{heading} {links}</p>"


def _attribute(address: str) -> str:
    return escape(iri_to_uri(address))


def _figure(cover: CoverDocument, picture: Rendition) -> str:
    alt = "" if cover.is_decorative else escape(cover.alt)
    size = f'width="{picture.width}" height="{picture.height}"'
    caption = " ".join(part for part in (cover.caption, _credit(cover)) if part)
    words = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
    return f'<figure><img src="{_attribute(picture.url)}" {size} alt="{alt}">{words}</figure>'


def _credit(cover: CoverDocument) -> str:
    licence = str(cover.licence.name) if cover.licence else ""
    words = ", ".join(part for part in (cover.credit, licence) if part)
    return f"({words})" if words else ""


def _note(note: NoteDocument, page: str) -> str:
    heading = f"{note.name}, {localdate(note.noted_at).isoformat()}"
    return f"<p><strong>{escape(heading)}</strong></p>\n{whole_links(note.text_html, page=page)}"


def _source(citation: CitationDocument) -> str:
    label = escape(citation.label, quote=False)
    return f'<a href="{_attribute(citation.url)}">{label}</a>' if citation.url else label


def _context(context: ContextRef) -> str:
    return f'<a href="{_attribute(absolute(context.path))}">{escape(context.name, quote=False)}</a>'
