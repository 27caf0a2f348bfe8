"""What is said of an event or a list, as plain values under stable names.

Every format reads this one account, so that none can forget a fact. Values are text, numbers, booleans,
None, lists and dictionaries; days and moments are ISO 8601, moments always with their offset; addresses
are absolute. `VERSION` changes when a name goes away or changes its meaning, not when one is added.
"""

from dataclasses import asdict
from typing import Any

from events.documents.site import current_site
from events.documents.story_types import StoryDirectory, StoryDocument, StoryPage
from events.documents.types import (
    Calendar,
    CitationDocument,
    ContextDocument,
    ContextRef,
    CoverDocument,
    EventDocument,
    EventPage,
    EventRef,
    Facet,
    Licence,
    Link,
    ListPage,
    Page,
    PublisherRef,
    RelatedDocument,
    Rendition,
    SearchDocument,
    StoryPlace,
    StoryRef,
    YearCounts,
    absolute,
)
from events.formats.addresses import path_in_format

FORMAT = "dayline"
VERSION = "1"

Facts = dict[str, Any]


def event_page_facts(document: EventPage, *, extension: str) -> Facts:
    """The page of one event; `extension` names the format that its neighbours are linked in."""
    return _page(document.page, extension) | {"event": event_facts(document.event)}


def list_page_facts(document: ListPage, *, extension: str) -> Facts:
    """Any list page. Parts that its kind of page does not have are empty, those of story lines left out."""
    facts = _page(document.page, extension) | {
        "date": _iso(document.date),
        "count": document.count,
        "subjects": [context_facts(subject) for subject in document.subjects],
        "publisher": document.publisher and _publisher(document.publisher),
        "sections": [
            {
                "date": section.date.isoformat(),
                "title": str(section.title),
                "address": absolute(section.path),
                "events": [entry_facts(event) for event in section.events],
            }
            for section in document.sections
        ],
        "updated_entries": [entry_facts(event) for event in document.updated],
        "years": [_year(year) for year in document.years],
        "calendars": [_calendar(calendar) for calendar in document.calendars],
        "contexts": [_context_ref(context) | {"count": context.count} for context in document.contexts],
        "publishers": [
            _publisher(publisher) | {"count": publisher.count} for publisher in document.publishers
        ],
        "facets": [_facet(facet) for facet in document.facets],
        "search": document.search and _search(document.search),
    }
    if isinstance(document, StoryPage):
        return facts | {"story": _story(document.story)}
    if isinstance(document, StoryDirectory):
        found = (*document.chosen, *document.stories)
        return facts | {"stories": [_story_ref(story) | _within(story) for story in found]}
    return facts


def entry_facts(event: EventDocument) -> Facts:
    """An event as an entry of a list: everything but its body and its places in story lines."""
    facts = event_facts(event)
    del facts["body"], facts["story_lines"]
    return facts


def event_facts(event: EventDocument) -> Facts:
    """Everything that the public may know of one event."""
    ref = event.ref
    facts = {
        "id": ref.public_id,
        "guid": event.guid,
        "address": ref.url,
        "short_address": absolute(ref.short_path),
        "date": ref.date.isoformat(),
        "date_precision": ref.date_precision,
        "end_date": _iso(event.end_date),
        "time": event.time and event.time.isoformat("minutes"),
        "time_zone": event.time_zone or None,
        "first_published": event.first_published_at.isoformat(),
        "updated": _iso(event.updated_at),
        "edited": event.edited_at.isoformat(),
        "headline": ref.headline,
        "short_headline": ref.short_headline,
        "summary": event.summary,
        "body": event.body,
        "category": str(event.category),
        "language": ref.language,
        "direction": ref.direction,
        "is_incomplete": event.is_incomplete,
        "import_reference": ref.import_ref,
        "citations": [_citation(citation) for citation in event.citations],
        "cover": event.cover and _cover(event.cover),
        "contexts": [_context_ref(context) for context in event.contexts],
        "linked": [_event_ref(linked.event) | {"relation": linked.relation} for linked in event.links],
        "related": [_related(related) for related in event.related],
        "story_lines": [_story_place(place) for place in event.stories],
        "old_addresses": [absolute(path) for path in event.old_addresses],
    }
    for name, chosen in (("pins", event.pins), ("hidden", event.hidden)):
        if chosen:
            facts[name] = [asdict(each) for each in chosen]
    return facts


def context_facts(context: ContextDocument) -> Facts:
    """A context as its own page tells it."""
    facts = _context_ref(context.ref) | {
        "description": context.description,
        "parents": [_context_ref(parent) for parent in context.parents],
        "children": [_context_ref(child) for child in context.children],
        "aliases": list(context.aliases),
        "wikidata": context.wikidata,
        "media_topic": context.media_topic,
    }
    if context.old_slugs:
        facts["old_slugs"] = list(context.old_slugs)
    if context.is_not_for_related:
        facts["is_not_for_related"] = True
    return facts


def text_licence_facts() -> Facts:
    """The licence of the entries' own text."""
    site = current_site()
    return {"code": site.licence_code, "name": site.licence_name, "url": site.licence_url}


def _page(page: Page, extension: str) -> Facts:
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


def _iso(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


def _alternate(link: Link) -> Facts:
    return {"type": link.type, "title": str(link.title), "address": link.url}


def _neighbour(link: Link | None, page: Page, extension: str) -> Facts | None:
    if link is None:
        return None
    document = path_in_format(link.path, extension, is_event=page.kind == "event")
    return {"title": str(link.title), "address": link.url, "document": absolute(document)}


def _publisher(publisher: PublisherRef) -> Facts:
    return {"host": publisher.host, "name": publisher.name, "address": absolute(publisher.path)}


def _licence(licence: Licence | None) -> Facts | None:
    if licence is None:
        return None
    return {"code": licence.code, "name": str(licence.name), "url": licence.url}


def _citation(citation: CitationDocument) -> Facts:
    return {
        "position": citation.position,
        "label": citation.label,
        "url": citation.url,
        "canonical_url": citation.canonical_url,
        "publisher": citation.publisher and _publisher(citation.publisher),
        "agency": citation.agency,
        "carrier": citation.carrier,
        "published": _iso(citation.published_on),
        "accessed": _iso(citation.accessed_on),
        "language": citation.language,
        "is_paywalled": citation.is_paywalled,
        "quote": citation.quote,
    }


def _cover(cover: CoverDocument) -> Facts:
    facts = {
        "address": cover.url,
        "source_address": cover.source_url,
        "alt": cover.alt,
        "is_decorative": cover.is_decorative,
        "caption": cover.caption,
        "credit": cover.credit,
        "licence": _licence(cover.licence),
        "place": cover.place,
        "taken": _iso(cover.taken_on),
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


def _context_ref(context: ContextRef) -> Facts:
    return {
        "name": context.name,
        "slug": context.slug,
        "kind": context.kind,
        "address": absolute(context.path),
    }


def _event_ref(ref: EventRef) -> Facts:
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


def _related(related: RelatedDocument) -> Facts:
    return _event_ref(related.event) | {
        "when": related.when,
        "relation": related.relation or None,
        "is_pinned": related.is_pinned,
        "why": related.why,
        "under": list(related.under),
        "names": list(related.names),
        "shared": [_context_ref(context) for context in related.shared],
    }


def _story_place(place: StoryPlace) -> Facts:
    return {
        "title": place.story.title,
        "slug": place.story.slug,
        "address": absolute(place.story.path),
        "previous": place.previous and _event_ref(place.previous),
        "next": place.next and _event_ref(place.next),
    }


def _story_ref(story: StoryRef) -> Facts:
    return {
        "title": story.title,
        "slug": story.slug,
        "address": absolute(story.path),
        "count": story.count,
        "first": _iso(story.first),
        "last": _iso(story.last),
    }


def _within(story: StoryRef) -> Facts:
    return {"stories": [_story_ref(inner) for inner in story.stories]}


def _story(story: StoryDocument) -> Facts:
    """A story line as a whole; `chart` are its days with entries counted by `unit`."""
    return _story_ref(story.ref) | {
        "description": story.description,
        "is_of_context": story.is_of_context,
        "contexts": [_context_ref(context) for context in story.contexts],
        "first_day": _iso(story.first_day),
        "last_day": _iso(story.last_day),
        "days": story.days,
        "part_of": [_story_ref(parent) for parent in story.parents],
        "stories": [_story_ref(inner) for inner in story.stories],
        "turning_points": [_event_ref(point.event) | {"note": point.note} for point in story.turning_points],
        "gaps": [
            {"first": gap.first.isoformat(), "last": gap.last.isoformat(), "days": gap.days}
            for gap in story.gaps
        ],
        "unit": story.unit,
        "chart": [
            {"first": bar.first.isoformat(), "last": bar.last.isoformat(), "count": bar.count}
            for bar in story.bars
        ],
        "before": story.before and _event_ref(story.before),
        "after": story.after and _event_ref(story.after),
        "embed": story.embed_url,
    }


def _counted(link: Link) -> Facts:
    return {"title": str(link.title), "address": link.url, "count": link.count}


def _year(year: YearCounts) -> Facts:
    return {
        "year": year.year,
        "count": year.count,
        "address": absolute(year.path),
        "months": [_counted(month) for month in year.months],
    }


def _calendar(calendar: Calendar) -> Facts:
    """A month's days that have events; the cells that fill its weeks are the page's own matter."""
    days = [day for week in calendar.weeks for day in week if day.is_in_month and day.count]
    return {
        "title": str(calendar.title),
        "address": absolute(calendar.path),
        "days": [
            {"date": day.date.isoformat(), "address": absolute(day.path), "count": day.count} for day in days
        ],
    }


def _facet(facet: Facet) -> Facts:
    return {
        "name": facet.name,
        "title": str(facet.title),
        "links": [_counted(link) | {"is_current": link.is_current} for link in facet.links],
    }


def _pieces(pieces: tuple[tuple[str, bool], ...]) -> list[Facts]:
    return [{"text": text, "is_match": is_match} for text, is_match in pieces]


def _search(search: SearchDocument) -> Facts:
    return {
        "query": search.query,
        "values": [{"name": name, "value": str(value)} for name, value in search.values.items()],
        "count": search.count,
        "is_count_exact": search.is_count_exact,
        "hits": [
            {
                "headline": _pieces(hit.headline_pieces),
                "excerpt": _pieces(hit.excerpt_pieces),
                "event": entry_facts(hit.event),
            }
            for hit in search.hits
        ],
        "facets": [_facet(facet) for facet in search.facets],
        "suggestions": [_counted(link) for link in search.suggestions],
        "problems": [str(problem) for problem in search.problems],
    }
