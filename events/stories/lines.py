"""One story line to read, whichever of the two kinds it is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
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
from events.prepared import Slot, prepared


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
        return listings(self.is_line, subject=self.subject.pk, now=now)

    def told(self, side: str, most: int, *, day: date, pk: int, now: datetime) -> list:
        """So many of these rows: those "after" the place (day, pk) in the order of telling or, the last one
        first, those "before" it. One query."""
        return told(self.is_line, side, most, subject=self.subject.pk, day=day, pk=pk, now=now)

    def days(self, *, now: datetime) -> dict[date, int]:
        """Its days with public events in order, each with how many. Two queries, bounded by the calendar.

        The stored counts hold entries that wait for their moment; those are few and taken off.
        """
        counts = stored_days(self.is_line, subject=self.subject.pk)
        for (day,) in waiting_days(self.is_line, subject=self.subject.pk, now=now):
            counts[day] -= 1
            if not counts[day]:
                del counts[day]
        return counts

    def turning_points(self, *, now: datetime) -> list[TurningPoint]:
        """What editors pinned, in the order of days, as far as it is public and belongs here still."""
        return turning_points(self.is_line, subject=self.subject.pk, now=now)

    @property
    def is_line(self) -> bool:
        """Whether it is one of the editors'."""
        return isinstance(self.subject, StoryLine)


# The questions are asked of the editors' lines and of contexts alike: of other tables by another column.


def column(is_line: bool) -> str:
    return "story_line" if is_line else "context"


def listings(is_line: bool, *, subject: int | Slot, now: datetime | Slot) -> QuerySet:
    table = StoryListing if is_line else ContextListing
    return table.objects.public(now=now).filter(**{column(is_line): subject})


@prepared
def told(is_line: bool, side: str, most: int, *, subject: Slot, day: Slot, pk: Slot, now: Slot) -> QuerySet:
    rows = listings(is_line, subject=subject, now=now)
    if side == "before":
        return rows.told_before(day, pk).told_backwards()[:most]
    return rows.told_after(day, pk).as_told()[:most]


def stored_days(is_line: bool, *, subject: int) -> dict[date, int]:
    """The stored days in order. Read past Django, which takes longer over the 5,000 days of a long story than
    the database."""
    table = StoryDay if is_line else ContextDay
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT date, count FROM {table._meta.db_table}"  # noqa: S608 (names of ours)
            f" WHERE {column(is_line)}_id = %s ORDER BY date",
            [subject],
        )
        rows = cursor.fetchall()
    # SQLite gives days of raw queries as text.
    return {date.fromisoformat(day) if isinstance(day, str) else day: number for day, number in rows}


@prepared
def waiting_days(is_line: bool, *, subject: Slot, now: Slot) -> QuerySet:
    table = StoryListing if is_line else ContextListing
    # Counted by Python: asked to group by days, SQLite goes along them all instead of the few that wait.
    rows = table.objects.filter(**{column(is_line): subject}, visible_at__gt=now).order_by()
    return rows.values_list("date")


@prepared
def turning_points(is_line: bool, *, subject: Slot, now: Slot) -> QuerySet:
    belongs = listings(is_line, subject=subject, now=now).filter(event=OuterRef("event"))
    rows = TurningPoint.objects.filter(Exists(belongs), **{column(is_line): subject})
    return rows.select_related("event").order_by("event__date", "event")


def find_story(slug: str, *, now: datetime) -> Story:
    """The public story line at this address, present or former: a context's own, or one of the editors'.

    Where both have the slug (a context of the name came later) the editors' keeps the address. Two queries
    at most. Raises LookupError, and `NotAStory` for a public context of another kind: it may have been one.
    """
    for row in contexts_at(slug=slug, now=now):
        if row.context.kind != Context.Kind.STORY:
            raise NotAStory(row.context)
        return Story(row.context)
    for row in lines_at(slug=slug, now=now):
        return Story(row.story_line)
    raise LookupError(slug)


@prepared
def contexts_at(*, slug: Slot, now: Slot) -> QuerySet:
    # Asked of the one row found; with "in" SQLite would first collect all that are public.
    is_public = Exists(Context.objects.public(now=now).filter(pk=OuterRef("context")))
    is_taken = Exists(StoryLineAddress.objects.filter(slug=OuterRef("slug")))
    return ContextAddress.objects.filter(is_public, ~is_taken, slug=slug).select_related("context")


@prepared
def lines_at(*, slug: Slot, now: Slot) -> QuerySet:
    is_public = Exists(StoryLine.objects.public(now=now).filter(pk=OuterRef("story_line")))
    return StoryLineAddress.objects.filter(is_public, slug=slug).select_related("story_line")


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


def with_spans(rows: QuerySet, *, now: datetime | Slot) -> QuerySet:
    """Contexts or story lines with `first_on` and `last_on`, their public days, and with `waiting`, how many
    of the events that they count are not public yet."""
    is_line = rows.model is StoryLine
    table, name = (StoryListing if is_line else ContextListing), column(is_line)
    own = table.objects.filter(**{name: OuterRef("pk")})
    public = own.filter(visible_at__lte=now)
    waiting = own.filter(visible_at__gt=now).order_by().values(name).annotate(number=Count("event_id"))
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


def measured(rows: QuerySet, *, now: datetime | Slot) -> QuerySet:
    """These rows in their order as the values of `Measured`."""
    rows = with_spans(rows, now=now).annotate(count=F("events_count") - F("waiting"))
    columns = ["pk", "title" if rows.model is StoryLine else "name", "slug", "count", "first_on", "last_on"]
    columns += ["kind"] if rows.model is Context else []
    columns += ["is_above"] if "is_above" in rows.query.annotations else []
    return rows.values_list(*columns)


@prepared
def contexts_of(*, story_line: Slot, now: Slot) -> QuerySet:
    """The contexts that a line of the editors' is made of, as `Measured`."""
    rows = Context.objects.public(now=now).filter(story_lines=story_line)
    return measured(rows.order_by("name"), now=now)


@prepared
def beside(*, context: Slot, now: Slot) -> QuerySet:
    """The stories that a context lies under, and those that lie under it, as `Measured`."""
    link = Context.parents.through.objects
    above = link.filter(from_context=context).values("to_context")
    below = link.filter(to_context=context).values("from_context")
    # A union, since PostgreSQL goes through all contexts for an "or".
    rows = own_lines(Context.objects.public(now=now).filter(pk__in=above.union(below)))
    rows = rows.annotate(is_above=Exists(above.filter(to_context=OuterRef("pk"))))
    return measured(rows.order_by("name"), now=now)


@prepared
def lines_under(*, context: Slot, now: Slot) -> QuerySet:
    """The lines of the editors' that a context is a part of, as `Measured`."""
    return measured(StoryLine.objects.public(now=now).filter(contexts=context), now=now)
