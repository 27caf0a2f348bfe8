"""The filter by what is wrong with entries, named as the checks before publishing are (`events.readiness`).

What the entry alone decides is stored (`events.problems`); the rest is asked for at the moment, each by an
index: covers without words, dead links and days to come are few, hubs are sought among the latest entries.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from events.admin.choice_filters import ChoiceFilter
from events.citations.urls import ARCHIVED
from events.models import (
    ArticleTagging,
    Byline,
    Citation,
    Context,
    Coverage,
    Event,
    EventProblem,
    Image,
    SourcePage,
    Tagging,
)
from events.readiness import least_of_hubs

# No index knows entries by the counts of their contexts: so many of the latest days are looked through.
LATEST = 5_000


class Problem(NamedTuple):
    """One problem: its name in addresses, in words, and which of some entries have it."""

    name: str
    words: str | Promise
    among: Callable[[QuerySet], QuerySet]


def kept(*codes: str) -> Callable[[QuerySet], QuerySet]:
    """Events of which these codes are stored."""
    rows = EventProblem.objects.filter(code__in=codes).order_by().values("event")
    return lambda entries: entries.filter(pk__in=rows)


def is_so(**conditions) -> Callable[[QuerySet], QuerySet]:
    return lambda entries: entries.filter(**conditions)


def cover_lacks(**conditions) -> Callable[[QuerySet], QuerySet]:
    pictures = Image.objects.filter(**conditions).order_by().values("pk")
    return lambda entries: entries.filter(cover__in=pictures)


def without(rows: type, name: str) -> Callable[[QuerySet], QuerySet]:
    """Entries that no row of another table belongs to. Of articles alone, which are few."""
    return lambda entries: entries.filter(~Exists(rows.objects.filter(**{name: OuterRef("pk")})))


def ahead(entries: QuerySet) -> QuerySet:
    return entries.filter(date__gt=timezone.localdate())


def citing(**conditions) -> Callable[[QuerySet], QuerySet]:
    """Entries that cite a page of which this holds, and no archive's copy of it.

    A copy has the canonical address of its page: cited instead of it or beside it, it mends it.
    """
    pages = SourcePage.objects.filter(**conditions).order_by().values("key")
    cited = Citation.objects.filter(~Q(canonical_url=""), canonical_url__in=pages).order_by()
    beside = Citation.objects.filter(event=OuterRef("event"), canonical_url=OuterRef("canonical_url"))
    bare = cited.exclude(url__iregex=ARCHIVED).filter(~Exists(beside.filter(url__iregex=ARCHIVED)))
    return lambda entries: entries.filter(pk__in=bare.values("event"))


def under_hubs_only(entries: QuerySet) -> QuerySet:
    total = Event.objects.filter(state=Event.State.PUBLISHED).count()
    hubs = list(Context.objects.filter(events_count__gte=least_of_hubs(total)).values_list("pk", flat=True))
    latest = Event.objects.newest_first().values("pk")[:LATEST]
    tagged = Tagging.objects.filter(content_object=OuterRef("pk"))
    return entries.filter(Exists(tagged), ~Exists(tagged.exclude(tag__in=hubs)), pk__in=latest)


OF_COVERS = (
    Problem("no-cover", gettext_lazy("no cover"), is_so(cover__isnull=True)),
    Problem(
        "cover-alt", gettext_lazy("cover without alternative text"), cover_lacks(alt="", is_decorative=False)
    ),
    Problem("cover-credit", gettext_lazy("cover without credit"), cover_lacks(credit="")),
    Problem("cover-licence", gettext_lazy("cover without licence"), cover_lacks(licence="")),
)
FUTURE = Problem("future-day", gettext_lazy("day in the future"), ahead)
NO_CONTEXT = gettext_lazy("no context")

OF_ARTICLES = (
    Problem("no-author", gettext_lazy("no author"), without(Byline, "article")),
    Problem("no-event", gettext_lazy("no event covered"), without(Coverage, "article")),
    Problem("no-deck", gettext_lazy("no deck"), is_so(deck="")),
    Problem("no-text", gettext_lazy("no text"), is_so(body="")),
    *OF_COVERS,
    Problem("no-context", NO_CONTEXT, without(ArticleTagging, "content_object")),
    FUTURE,
)
OF_EVENTS = (
    Problem("no-citation", gettext_lazy("no source"), kept("no-citation")),
    Problem("single-source", gettext_lazy("one source only"), kept("single-source")),
    Problem(
        "single-origin",
        gettext_lazy("several sources of one origin"),
        kept("single-agency", "single-publisher", "single-country"),
    ),
    Problem("dead-link", gettext_lazy("dead link"), citing(missing_since__isnull=False)),
    Problem(
        "unarchived",
        gettext_lazy("link without an archived copy"),
        citing(missing_since=None, archive_asked_at__isnull=False, archived_copy=""),
    ),
    *OF_COVERS,
    Problem("no-summary", gettext_lazy("no summary"), kept("no-summary")),
    Problem("headline-long", gettext_lazy("long headline"), kept("headline-long")),
    Problem("no-context", NO_CONTEXT, kept("no-context")),
    Problem("hubs-only", gettext_lazy("only broad contexts"), under_hubs_only),
    Problem("incomplete", gettext_lazy("incomplete"), is_so(is_incomplete=True)),
    FUTURE,
)


class ProblemFilter(ChoiceFilter):
    """Of events."""

    title = gettext_lazy("problem")
    parameter_name = "problem"
    known = OF_EVENTS

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str | Promise]]:
        return [(problem.name, problem.words) for problem in self.known]

    def narrowed(self, entries: QuerySet, value: str) -> QuerySet:
        return next(problem for problem in self.known if problem.name == value).among(entries)


class ArticleProblemFilter(ProblemFilter):
    """Of articles."""

    known = OF_ARTICLES
