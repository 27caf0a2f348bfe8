"""The lists of articles: all, of a kind or a section, of a year, a month or a day."""

from collections import Counter
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext as _

from events.conf import conf
from events.dates import format_day, month_bounds, year_bounds
from events.documents.article_types import OpinionPage
from events.documents.articles import OPINION, build_articles, opinion_feeds, opinion_link
from events.documents.links import make_page, with_query
from events.documents.paging import cursor_query, pager, read_window
from events.documents.types import Facet, Link
from events.models import Article
from events.models.articles import opinion_path


def opinion_page(
    year: int | None = None,
    month: int | None = None,
    day: date | None = None,
    *,
    now: datetime,
    kind: str = "",
    section: str = "",
    before: str = "",
    after: str = "",
) -> OpinionPage:
    """The articles of all days, of a year, of a month or of one day, newest first; with `kind` or `section`
    only those of one.

    Raises BadCursor, and Article.DoesNotExist for a section in which no article stands.
    """
    rows, path, title, trail = Article.objects.public(now=now), OPINION, _("Opinion"), []
    if day:
        rows, path, title = rows.on(day), opinion_path(day), format_day(day)
    elif year and month:
        first, last = month_bounds(year, month)
        path = f"{OPINION}{year:04}/{month:02}/"
        rows, title = rows.between(first, last), format_day(first, "month")
    elif year:
        first, last = year_bounds(year)
        rows, path, title = rows.between(first, last), f"{OPINION}{year:04}/", format_day(first, "year")
    if path != OPINION:
        trail = [opinion_link()]
    asked = {name: value for name, value in (("kind", kind), ("section", section)) if value}
    query = urlencode(asked)
    if asked:
        trail.append(Link(path, title))
        rows = rows.filter(**asked)
        title = " · ".join(filter(None, (section, kind and kind_title(kind), title)))
    window = read_window(rows.for_list(), size=conf.PAGE_SIZE, before=before, after=after)
    if section and not window.rows:
        raise Article.DoesNotExist(section)
    newer, older = pager(path, window, query=query)
    return OpinionPage(
        page=make_page(
            "opinion",
            title,
            path,
            trail=trail,
            query="&".join(filter(None, (query, cursor_query(before, after)))),
            previous=newer,
            next=older,
            description=_("Signed articles: opinion, reports, explainers and background."),
            feeds=opinion_feeds(),
        ),
        articles=build_articles(window.rows, now=now),
        facets=opinion_facets(year or (day.year if day else None), kind, path, now=now),
    )


def kind_title(kind: str) -> str:
    """What a list of articles of this kind is called."""
    label = str(Article.Kind(kind).label)
    return label[:1].upper() + label[1:]


def opinion_facets(year: int | None, kind: str, path: str, *, now: datetime) -> tuple[Facet, ...]:
    """The years that have articles, newest first, and the kinds of them, each with how many: one query.

    Years lead away from the list at `path`; kinds narrow it, and are counted in its year.
    """
    rows = Article.objects.public(now=now).order_by().values_list("date__year", "kind").annotate(Count("pk"))
    years: Counter[int] = Counter()
    kinds: Counter[str] = Counter()
    for found, each, count in rows:
        years[found] += count
        if year in (None, found):
            kinds[each] += count
    by_year = [Link(OPINION, _("All"), is_current=year is None)]
    by_year += [
        Link(
            f"{OPINION}{each:04}/",
            format_day(date(each, 1, 1), "year"),
            count=years[each],
            is_current=each == year,
        )
        for each in sorted(years, reverse=True)
    ]
    by_kind = [Link(path, _("All"), is_current=not kind)]
    by_kind += [
        Link(
            with_query(path, urlencode({"kind": each})),
            kind_title(each),
            count=kinds[each],
            is_current=each == kind,
        )
        for each in Article.Kind.values
        if kinds[each]
    ]
    return Facet("year", _("By year"), tuple(by_year)), Facet("kind", _("By kind"), tuple(by_kind))
