"""What is said of an event or a list, as plain values under stable names.

Every format reads this one account, so that none can forget a fact.
"""

from dataclasses import asdict

from events.documents.article_types import OpinionPage
from events.documents.story_types import StoryDirectory, StoryDocument, StoryPage
from events.documents.types import (
    Calendar,
    CitationDocument,
    ContextDocument,
    EventDocument,
    EventPage,
    Facet,
    Link,
    ListPage,
    RelatedDocument,
    SearchDocument,
    StoryPlace,
    StoryRef,
    YearCounts,
    absolute,
)
from events.formats.article_facts import article_entry_facts, article_ref_facts, profile_facts
from events.formats.shared_facts import (
    Facts,
    context_ref_facts,
    cover_facts,
    event_ref_facts,
    iso,
    page_facts,
    publisher_facts,
)


def event_page_facts(document: EventPage, *, extension: str) -> Facts:
    """The page of one event; `extension` names the format that its neighbours are linked in."""
    return page_facts(document.page, extension) | {"event": event_facts(document.event)}


def list_page_facts(document: ListPage, *, extension: str) -> Facts:
    """Any list page. Parts that its kind of page does not have are empty, those of story lines left out."""
    facts = page_facts(document.page, extension) | {
        "date": iso(document.date),
        "count": document.count,
        "subjects": [context_facts(subject) for subject in document.subjects],
        "publisher": document.publisher and publisher_facts(document.publisher),
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
        "contexts": [context_ref_facts(context) | {"count": context.count} for context in document.contexts],
        "publishers": [
            publisher_facts(publisher) | {"count": publisher.count} for publisher in document.publishers
        ],
        "facets": [_facet(facet) for facet in document.facets],
        "search": document.search and _search(document.search),
    }
    facts |= _articles(document)
    if isinstance(document, StoryPage):
        return facts | {"story": _story(document.story)}
    if isinstance(document, StoryDirectory):
        found = (*document.chosen, *document.stories)
        return facts | {"stories": [_story_ref(story) | _within(story) for story in found]}
    return facts


def _articles(document: ListPage) -> Facts:
    """The articles of a list, and whose they are: left out where a page has none."""
    found = {}
    if document.articles:
        found["articles"] = [article_entry_facts(article) for article in document.articles]
    if isinstance(document, OpinionPage) and document.profile:
        found["profile"] = profile_facts(document.profile)
    if isinstance(document, OpinionPage) and document.profiles:
        found["profiles"] = [profile_facts(ref) for ref in document.profiles]
    return found


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
        "end_date": iso(event.end_date),
        "time": event.time and event.time.isoformat("minutes"),
        "time_zone": event.time_zone or None,
        "first_published": event.first_published_at.isoformat(),
        "updated": iso(event.updated_at),
        "edited": event.edited_at.isoformat(),
        "headline": ref.headline,
        "short_headline": ref.short_headline,
        "summary": event.summary,
        "body": event.body,
        "category": str(event.category),
        "label": event.label,
        "label_until": iso(event.label_until),
        "language": ref.language,
        "direction": ref.direction,
        "is_incomplete": event.is_incomplete,
        "import_reference": ref.import_ref,
        "citations": [_citation(citation) for citation in event.citations],
        "cover": event.cover and cover_facts(event.cover),
        "contexts": [context_ref_facts(context) for context in event.contexts],
        "linked": [event_ref_facts(linked.event) | {"relation": linked.relation} for linked in event.links],
        "related": [_related(related) for related in event.related],
        "story_lines": [_story_place(place) for place in event.stories],
        "old_addresses": [absolute(path) for path in event.old_addresses],
    }
    if event.articles:
        facts["articles"] = [article_ref_facts(ref) for ref in event.articles]
    for name, chosen in (("pins", event.pins), ("hidden", event.hidden)):
        if chosen:
            facts[name] = [asdict(each) for each in chosen]
    return facts


def context_facts(context: ContextDocument) -> Facts:
    """A context as its own page tells it."""
    facts = context_ref_facts(context.ref) | {
        "description": context.description,
        "parents": [context_ref_facts(parent) for parent in context.parents],
        "children": [context_ref_facts(child) for child in context.children],
        "aliases": list(context.aliases),
        "wikidata": context.wikidata,
        "media_topic": context.media_topic,
    }
    if context.old_slugs:
        facts["old_slugs"] = list(context.old_slugs)
    if context.is_not_for_related:
        facts["is_not_for_related"] = True
    return facts


def _citation(citation: CitationDocument) -> Facts:
    return {
        "position": citation.position,
        "label": citation.label,
        "url": citation.url,
        "canonical_url": citation.canonical_url,
        "publisher": citation.publisher and publisher_facts(citation.publisher),
        "agency": citation.agency,
        "carrier": citation.carrier,
        "published": iso(citation.published_on),
        "accessed": iso(citation.accessed_on),
        "language": citation.language,
        "is_paywalled": citation.is_paywalled,
        "quote": citation.quote,
    }


def _related(related: RelatedDocument) -> Facts:
    return event_ref_facts(related.event) | {
        "when": related.when,
        "relation": related.relation or None,
        "is_pinned": related.is_pinned,
        "why": related.why,
        "under": list(related.under),
        "names": list(related.names),
        "shared": [context_ref_facts(context) for context in related.shared],
    }


def _story_place(place: StoryPlace) -> Facts:
    return {
        "title": place.story.title,
        "slug": place.story.slug,
        "address": absolute(place.story.path),
        "previous": place.previous and event_ref_facts(place.previous),
        "next": place.next and event_ref_facts(place.next),
    }


def _story_ref(story: StoryRef) -> Facts:
    return {
        "title": story.title,
        "slug": story.slug,
        "address": absolute(story.path),
        "count": story.count,
        "first": iso(story.first),
        "last": iso(story.last),
    }


def _within(story: StoryRef) -> Facts:
    return {"stories": [_story_ref(inner) for inner in story.stories]}


def _story(story: StoryDocument) -> Facts:
    """A story line as a whole; `chart` are its days with entries counted by `unit`."""
    return _story_ref(story.ref) | {
        "description": story.description,
        "is_of_context": story.is_of_context,
        "contexts": [context_ref_facts(context) for context in story.contexts],
        "first_day": iso(story.first_day),
        "last_day": iso(story.last_day),
        "days": story.days,
        "part_of": [_story_ref(parent) for parent in story.parents],
        "stories": [_story_ref(inner) for inner in story.stories],
        "turning_points": [
            event_ref_facts(point.event) | {"note": point.note} for point in story.turning_points
        ],
        "gaps": [
            {"first": gap.first.isoformat(), "last": gap.last.isoformat(), "days": gap.days}
            for gap in story.gaps
        ],
        "unit": story.unit,
        "chart": [
            {"first": bar.first.isoformat(), "last": bar.last.isoformat(), "count": bar.count}
            for bar in story.bars
        ],
        "before": story.before and event_ref_facts(story.before),
        "after": story.after and event_ref_facts(story.after),
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
        "notes": [str(note) for note in search.notes],
    }
