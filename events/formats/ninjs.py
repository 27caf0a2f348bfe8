"""ninjs 2.1, the JSON of news agencies: https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json.

What the standard has no property for is told in `descriptions` and `altids`, whose roles are ours to name:
the day of an event, its label, notes to readers, permanent id and address.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.encoding import iri_to_uri

from events.dates import iso_day
from events.documents.article_types import ArticleDocument, ArticlePage
from events.documents.links import whole_links
from events.documents.site import current_site
from events.documents.types import ContextRef, CoverDocument, EventDocument, EventPage, absolute
from events.formats.base import EntryFormat

Ninjs = dict[str, Any]

STANDARD = {
    "name": "ninjs",
    "version": "2.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json",
}
# Where the standard keeps contexts of each kind; a story or topic is a subject.
PLACES_OF_CONTEXTS = {"person": "people", "organisation": "organisations", "place": "places"}


class NinjsFormat(EntryFormat):
    """One news item of type text; pictures are associated items."""

    extension = "ninjs"
    media_type = "application/json"
    title = "ninjs"

    def render_event(self, document: EventPage) -> str:
        event = document.event
        day = iso_day(event.date, event.ref.date_precision, end=event.end_date)
        html, sources = (event.summary_html, event.body_html), (event.summary, event.body)
        return _dump(
            _item(event, profile="event", by=current_site().publisher_name, day=day)
            | {
                "bodies": list(_bodies(event, html, sources)),
                "infosources": [
                    _filled(name=citation.label, uri=iri_to_uri(citation.url)) for citation in event.citations
                ],
                "associations": list(_pictures(event.cover)),
            }
        )

    def render_article(self, document: ArticlePage) -> str:
        article = document.article
        names = ", ".join(author.title for author in article.authors)
        by = names or current_site().publisher_name
        item = _item(article, profile="article", by=by, day=iso_day(article.date))
        item["descriptions"] += [
            {"role": note.kind, "contenttype": "text/markdown", "value": note.text} for note in article.notes
        ]
        shown = [block.picture for block in article.blocks if block.picture]
        return _dump(
            item
            | {
                "genres": [{"name": article.kind_name, "literal": article.ref.kind}],
                "bodies": list(_bodies(article, (article.body_html,), (article.body,))),
                "events": [
                    {"name": ref.headline, "rel": "tells of", "uri": absolute(ref.short_path)}
                    for ref in article.events
                ],
                "infosources": [
                    *({"name": name, "role": "contributor"} for name in article.agencies),
                    *(
                        _filled(name=note.label or note.source, uri=iri_to_uri(note.url))
                        for note in article.footnotes
                    ),
                ],
                "associations": list(_pictures(article.cover, *shown)),
            }
        )


def _item(entry: EventDocument | ArticleDocument, *, profile: str, by: str, day: str) -> Ninjs:
    """What is said of every entry; `day` is the day or the days of it, in ISO 8601."""
    site, ref = current_site(), entry.ref
    short = [{"role": "short", "value": ref.short_headline}] if ref.short_headline else []
    label = [{"role": "label", "value": entry.label}] if entry.label else []
    summary = (
        [{"role": "summary", "contenttype": "text/plain", "value": entry.description}]
        if entry.description
        else []
    )
    return {
        "uri": entry.guid,
        "standard": STANDARD,
        "type": "text",
        "representationtype": "full",
        "profile": profile,
        "pubstatus": "usable",
        "firstcreated": entry.first_published_at.isoformat(),
        "versioncreated": entry.edited_at.isoformat(),
        "language": ref.language or site.language,
        "slugline": ref.slug,
        "by": by,
        "headlines": [{"role": "main", "value": ref.headline}, *short],
        "descriptions": [*summary, {"role": "day", "value": day}, *label],
        **_contexts(entry.contexts),
        "altids": [
            {"role": "id", "value": ref.public_id},
            {"role": "address", "value": iri_to_uri(ref.url)},
            *([{"role": "import reference", "value": ref.import_ref}] if ref.import_ref else []),
        ],
        "copyrightholder": site.publisher_name,
        "usageterms": str(site.licence_name),
        "rightsinfo": {"linkedrights": site.licence_url},
    }


def _bodies(
    entry: EventDocument | ArticleDocument, html: tuple[str, ...], sources: tuple[str, ...]
) -> Iterator[Ninjs]:
    """The text as HTML with absolute links, and as the Markdown that it was written in."""
    texts = (
        ("text/html", "\n".join(whole_links(part, page=entry.url) for part in html if part)),
        ("text/markdown", "\n\n".join(filter(None, sources))),
    )
    for kind, text in texts:
        if text:
            yield {"role": "main", "contenttype": kind, "charcount": len(text), "value": text}


def _contexts(contexts: tuple[ContextRef, ...]) -> Ninjs:
    found: dict[str, list[Ninjs]] = {}
    for ref in contexts:
        facts = {"name": ref.name, "rel": "about", "uri": iri_to_uri(absolute(ref.path)), "literal": ref.slug}
        found.setdefault(PLACES_OF_CONTEXTS.get(ref.kind, "subjects"), []).append(facts)
    return found


def _pictures(*covers: CoverDocument | None) -> Iterator[Ninjs]:
    """Pictures as associated items, the cover first; one that we only link has no renditions."""
    for number, cover in enumerate(covers):
        if cover is None or not cover.url:
            continue
        words = (("caption", cover.caption), ("alternative text", cover.alt))
        yield _filled(
            name=f"picture-{number}" if number else "cover",
            uri=iri_to_uri(cover.url),
            type="picture",
            by=cover.credit,
            located=cover.place,
            descriptions=[{"role": role, "value": value} for role, value in words if value],
            people=[{"name": name, "rel": "shown"} for name in cover.people],
            usageterms=str(cover.licence.name) if cover.licence else "",
            rightsinfo={"linkedrights": cover.licence.url} if cover.licence and cover.licence.url else None,
            renditions=[
                {
                    "name": f"{file.ratio} {file.width}",
                    "href": iri_to_uri(file.url),
                    "contenttype": file.type,
                    "width": file.width,
                    "height": file.height,
                    "sizeinbytes": file.bytes,
                }
                for file in cover.renditions
            ],
        )


def _filled(**properties: Any) -> Ninjs:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _dump(item: Ninjs) -> str:
    return json.dumps(_filled(**item), ensure_ascii=False, indent=2) + "\n"
