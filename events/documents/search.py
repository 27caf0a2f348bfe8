"""The page of a search: hits with their marks, facets, other spellings; and a search as a feed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from events.conf import conf
from events.dates import year_bounds
from events.documents.article_types import ArticleDocument
from events.documents.articles import build_articles
from events.documents.builders import build_events, plain_cached
from events.documents.feeds import format_moment, last_change, parse_moment
from events.documents.links import feed_links, make_page, with_query
from events.documents.paging import BadCursor
from events.documents.rows import for_pages
from events.documents.types import (
    EventDocument,
    Facet,
    FeedDocument,
    Link,
    ListPage,
    SearchDocument,
    SearchHit,
)
from events.models import Article
from events.search import articles
from events.search.backends.base import Phrase
from events.search.facets import FacetCount, FacetCounts, count_facets
from events.search.finder import SearchResult, find, newest
from events.search.query import SearchQuery, with_text
from events.search.spelling import suggest
from events.text.excerpts import mark_terms

PATH = "/search/"
# Whoever has read so many pages of hits is helped by a narrower question, not by another page.
MAX_PAGES = 10
EXCERPT_CHARS = 240
MOST_ARTICLES = 5
# With so few hits, a slip of the pen is likely.
FEW = 3


def search_page(query: SearchQuery, *, now: datetime, page: int = 1) -> ListPage:
    """One page of the answer to a question; without a `count` where the question had problems.

    Raises BadCursor for a page that is not there.
    """
    size = conf.PAGE_SIZE
    missing = BadCursor(_("This search has no page %(page)d.") % {"page": page})
    if page > MAX_PAGES:
        raise missing
    found = find(query, now=now, limit=size, offset=(page - 1) * size)
    if page > 1 and not found.pks:
        raise missing
    query = found.query
    address = urlencode(query.parameters())
    last = min(-(-found.count // size), MAX_PAGES)
    notes = query.notes
    if page == MAX_PAGES and found.count > MAX_PAGES * size:
        notes += (_("Only the best hits are shown. Add words or filters to see others."),)
    return ListPage(
        page=make_page(
            "search",
            _("Search: %(query)s") % {"query": query} if not query.is_empty else _("Search"),
            PATH,
            query=page_query(query, page),
            feeds=feed_links(f"{PATH}feed", _("Search: %(query)s") % {"query": query}, address)
            if found.matches
            else (),
            previous=Link(page_path(query, page - 1), _("Better hits")) if page > 1 else None,
            next=Link(page_path(query, page + 1), _("More hits")) if page < last else None,
            is_indexed=False,
        ),
        count=None if query.problems else found.count,
        articles=build_articles_found(found, now=now) if page == 1 else (),
        search=SearchDocument(
            query=str(query),
            values=form_values(query),
            hits=build_hits(found, now=now),
            count=found.count,
            is_count_exact=found.is_count_exact,
            facets=build_facets(query, found, count_facets(found.matches)),
            suggestions=suggestions(query, found, now=now),
            problems=query.problems,
            notes=notes,
        ),
    )


def build_articles_found(found: SearchResult, *, now: datetime) -> tuple[ArticleDocument, ...]:
    """The articles that answer best stand above the events on the first page."""
    pks = articles.best(found.subjects, now=now, limit=MOST_ARTICLES)
    if not pks:
        return ()
    rows = Article.objects.public(now=now).for_list().in_order_of(pks)
    return build_articles(rows, now=now, with_contexts=False)


def search_feed(query: SearchQuery, *, now: datetime, before: str = "") -> FeedDocument:
    """The newest publications that match. Raises BadCursor, also for a question without an answer."""
    place = parse_moment(before) if before else None
    found = newest(query, now=now, limit=conf.FEED_SIZE + 1, before=place)
    query = found.query
    if query.problems or query.is_empty:
        raise BadCursor(" ".join(query.problems) or _("A feed of a search needs words or filters."))
    pks = found.pks[: conf.FEED_SIZE]
    moments = {match.event_id: match.visible_at for match in found.matches}
    documents = build_events(for_pages(pks, now=now), now=now, with_body=True)
    return FeedDocument(
        title=f"{conf.SITE_NAME}: {query}",
        description=_("The newest entries found for %(query)s.") % {"query": query},
        path=f"{PATH}feed",
        query=urlencode(query.parameters()),
        page_path=page_path(query),
        events=documents,
        updated_at=last_change(documents, now=now),
        older=format_moment(moments[pks[-1]], pks[-1]) if len(found.pks) > len(pks) else "",
        is_first=not before,
        cursor=before,
    )


def page_query(query: SearchQuery, page: int = 1) -> str:
    """The query string of one page of the answer."""
    return urlencode(query.parameters() + ([("page", str(page))] if page > 1 else []))


def page_path(query: SearchQuery, page: int = 1) -> str:
    return with_query(PATH, page_query(query, page))


def form_values(query: SearchQuery) -> dict[str, str]:
    """What the form's fields show; a field that may be filled several times holds a list with commas."""
    values: dict[str, str] = {}
    for name, value in query.parameters():
        values[name] = f"{values[name]}, {value}" if name in values else value
    return values


def build_hits(found: SearchResult, *, now: datetime) -> tuple[SearchHit, ...]:
    events = for_pages(found.pks, now=now)
    return tuple(
        build_hit(document, event.body, found.terms)
        for event, document in zip(events, build_events(events, now=now), strict=True)
    )


def build_hit(event: EventDocument, body: str, terms: tuple[Phrase, ...]) -> SearchHit:
    """A hit with an excerpt of its summary, or of its body or sources where only they hold a term."""
    headline = mark_terms(event.headline, terms, chars=max(len(event.headline), 1))
    pieces = summary = mark_terms(event.summary_text, terms, chars=EXCERPT_CHARS)
    if not has_mark(summary) and not has_mark(headline):
        labels = " · ".join(citation.label for citation in event.citations)
        others = (
            mark_terms(text, terms, chars=EXCERPT_CHARS)
            for text in (plain_cached(body) if body else "", labels)
        )
        pieces = next(filter(has_mark, others), summary)
    return SearchHit(event=event, headline_pieces=tuple(headline), excerpt_pieces=tuple(pieces))


def has_mark(pieces: Iterable[tuple[str, bool]]) -> bool:
    return any(is_match for _text, is_match in pieces)


def suggestions(query: SearchQuery, found: SearchResult, *, now: datetime) -> tuple[Link, ...]:
    if found.count > FEW or query.problems:
        return ()
    texts = suggest(query, now=now)
    return tuple(Link(page_path(with_text(query, text)), text) for text in texts)


def build_facets(query: SearchQuery, found: SearchResult, counts: FacetCounts) -> tuple[Facet, ...]:
    """The ways to narrow the answer. What is narrowed already comes first, and its link takes it away."""
    if query.problems or query.is_empty:
        return ()
    # The words of a facet say what its numbers are of.
    among = "%s" if found.is_count_exact else _("%s, among the newest hits")
    named = {context.slug: context.name for context in found.subjects.contexts}
    named |= {publisher.host: publisher.name for publisher in found.subjects.publishers}

    def facet(
        name: str,
        title: str,
        chosen: Iterable[str],
        values: Iterable[FacetCount],
        toggled: Callable[[str], SearchQuery],
    ) -> Facet:
        chosen = tuple(chosen)
        links = [
            Link(page_path(toggled(value)), named.get(value, value), count=found.count, is_current=True)
            for value in chosen
        ]
        links += [
            Link(page_path(toggled(value.value)), value.title, count=value.count)
            for value in values
            if value.value not in chosen
        ]
        return Facet(name, among % title, tuple(links))

    return (
        facet(
            "context",
            _("Contexts"),
            query.contexts,
            counts.contexts,
            lambda slug: replace(query, contexts=toggle(query.contexts, slug)),
        ),
        facet(
            "source",
            _("Sources"),
            query.sources,
            counts.publishers,
            lambda host: replace(query, sources=toggle(query.sources, host)),
        ),
        facet(
            "category",
            _("Categories"),
            [query.category] if query.category else [],
            counts.categories,
            lambda category: replace(query, category="" if category == query.category else category),
        ),
        facet("year", _("Years"), chosen_year(query), counts.years, lambda year: toggle_year(query, year)),
    )


def toggle(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Without the value if it is there, else with it."""
    return tuple(other for other in values if other != value) if value in values else (*values, value)


def chosen_year(query: SearchQuery) -> list[str]:
    """The year to which the days narrow the question, if they are a year's bounds."""
    if query.first and query.last and (query.first, query.last) == year_bounds(query.first.year):
        return [str(query.first.year)]
    return []


def toggle_year(query: SearchQuery, year: str) -> SearchQuery:
    if year in chosen_year(query):
        return replace(query, first=None, last=None)
    first, last = year_bounds(int(year))
    return replace(query, first=first, last=last)
