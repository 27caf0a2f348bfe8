"""One story line to read, whichever of the two kinds it is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from events.models import (
    Context,
    ContextAddress,
    ContextDay,
    ContextListing,
    StoryDay,
    StoryLine,
    StoryLineAddress,
    StoryListing,
    TurningPoint,
)


@dataclass(frozen=True, slots=True)
class Story:
    """A story line: `subject` is its context of kind story, or the row of the editors'."""

    subject: Context | StoryLine

    @property
    def title(self) -> str:
        return self.subject.title if isinstance(self.subject, StoryLine) else self.subject.name

    @property
    def path(self) -> str:
        return f"/stories/{self.subject.slug}/"

    @property
    def context(self) -> Context | None:
        """The context whose own line it is."""
        return None if isinstance(self.subject, StoryLine) else self.subject

    def listings(self, *, now: datetime) -> QuerySet:
        """The lean rows of its public events, without an order."""
        return self._listing.objects.public(now=now).filter(**self._key)

    def days(self, *, now: datetime) -> dict[date, int]:
        """Its days with public events in order, each with how many. Two queries, bounded by the calendar.

        The stored counts hold entries that wait for their moment; those are few and taken off.
        """
        table = StoryDay if isinstance(self.subject, StoryLine) else ContextDay
        counts = dict(table.objects.filter(**self._key).order_by("date").values_list("date", "count"))
        waiting = self._listing.objects.filter(**self._key, visible_at__gt=now).order_by()
        for day, number in waiting.values_list("date").annotate(Count("event_id")):
            counts[day] -= number
            if not counts[day]:
                del counts[day]
        return counts

    def turning_points(self, *, now: datetime) -> QuerySet[TurningPoint]:
        """What editors pinned, in the order of days, as far as it is public and belongs here still."""
        belongs = self.listings(now=now).filter(event=OuterRef("event"))
        rows = TurningPoint.objects.filter(Exists(belongs), **self._key)
        return rows.select_related("event").order_by("event__date", "event")

    @property
    def _listing(self) -> Any:
        return StoryListing if isinstance(self.subject, StoryLine) else ContextListing

    @property
    def _key(self) -> dict[str, Context | StoryLine]:
        return {"story_line" if isinstance(self.subject, StoryLine) else "context": self.subject}


def find_story(slug: str, *, now: datetime) -> Story:
    """The public story line at this address, present or former: a context's own, or one of the editors'.

    Where both have the slug (a context of the name came later) the editors' keeps the address. Two queries
    at most. Raises LookupError, and `NotAStory` for a public context of another kind: it may have been one.
    """
    # Asked of the one row found; with "in" SQLite would first collect all that are public.
    is_public = Exists(Context.objects.public(now=now).filter(pk=OuterRef("context")))
    is_taken = Exists(StoryLineAddress.objects.filter(slug=OuterRef("slug")))
    rows = ContextAddress.objects.filter(is_public, ~is_taken, slug=slug).select_related("context")
    if row := rows.first():
        if row.context.kind != Context.Kind.STORY:
            raise NotAStory(row.context)
        return Story(row.context)
    is_public = Exists(StoryLine.objects.public(now=now).filter(pk=OuterRef("story_line")))
    rows = StoryLineAddress.objects.filter(is_public, slug=slug).select_related("story_line")
    if row := rows.first():
        return Story(row.story_line)
    raise LookupError(slug)


class NotAStory(LookupError):
    """The address is that of a context that is no story, or no longer one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.slug)
        self.context = context


def own_lines(rows: QuerySet[Context]) -> QuerySet[Context]:
    """Those of these contexts that are story lines of their own."""
    return rows.filter(
        ~Exists(StoryLineAddress.objects.filter(slug=OuterRef("slug"))), kind=Context.Kind.STORY
    )


def with_spans(rows: QuerySet, *, now: datetime) -> QuerySet:
    """Contexts or story lines with `first_on` and `last_on`, their public days, and with `waiting`, how many
    of the events that they count are not public yet."""
    listing, column = (StoryListing, "story_line") if rows.model is StoryLine else (ContextListing, "context")
    own = listing.objects.filter(**{column: OuterRef("pk")})
    public = own.filter(visible_at__lte=now)
    waiting = own.filter(visible_at__gt=now).order_by().values(column).annotate(number=Count("event_id"))
    return rows.annotate(
        first_on=Subquery(public.order_by("date").values("date")[:1]),
        last_on=Subquery(public.order_by("-date").values("date")[:1]),
        waiting=Coalesce(Subquery(waiting.values("number")), 0),
    )


class Measured(NamedTuple):
    """A context or story line with its measure, as a plain row: a large story has hundreds within it.

    A line of the editors' has no `kind`; `is_above` is what the rows were annotated with.
    """

    pk: int
    title: str
    slug: str
    count: int
    first: date | None
    last: date | None
    kind: str = ""
    is_above: bool = False


def measured(rows: QuerySet, *, now: datetime) -> list[Measured]:
    """These rows in their order, with their public events and days."""
    rows = with_spans(rows, now=now).annotate(count=F("events_count") - F("waiting"))
    columns = ["pk", "title" if rows.model is StoryLine else "name", "slug", "count", "first_on", "last_on"]
    columns += ["kind"] if rows.model is Context else []
    columns += ["is_above"] if "is_above" in rows.query.annotations else []
    return [Measured(*row) for row in rows.values_list(*columns)]
