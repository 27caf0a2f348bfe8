"""What is exported, in an order that every database gives alike, read a batch at a time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Collate

from events.models import (
    Address,
    Article,
    ArticleTagging,
    Byline,
    Context,
    Coverage,
    Event,
    EventLink,
    Profile,
    Publisher,
    RelatedChoice,
    StoryLine,
    TurningPoint,
)
from events.stories.lines import Story, own_lines

BATCH = 200


def events(*, now: datetime, is_whole: bool = False) -> Iterator[Event]:
    """Public events by day and order of entry, with all that belongs to them; all there are if `is_whole`."""
    found = chosen_events(now=now, is_whole=is_whole)
    pks = found.order_by("date", "pk").values_list("pk", flat=True).iterator(chunk_size=2000)
    # Decisions on what is not exported would tell that it is there.
    told = [
        rows.objects.filter(other__in=found).select_related("other") for rows in (RelatedChoice, EventLink)
    ]
    rows = Event.objects.whole().prefetch_related(
        Prefetch("addresses", Address.objects.order_by("pk")),
        *(Prefetch(name, known) for name, known in zip(("choices", "links"), told, strict=True)),
    )
    while part := list(islice(pks, BATCH)):
        yield from rows.in_order_of(part)


def chosen_events(*, now: datetime, is_whole: bool = False) -> QuerySet[Event]:
    """Without those that became part of another one: that one has their addresses."""
    return Event.objects.filter(merged_into=None) if is_whole else Event.objects.public(now=now)


def articles(*, now: datetime, is_whole: bool = False) -> Iterator[Article]:
    """Public articles by day and order of entry, with all that belongs to them; all if `is_whole`."""
    found = chosen_articles(now=now, is_whole=is_whole)
    pks = found.order_by("date", "pk").values_list("pk", flat=True).iterator(chunk_size=2000)
    # To cover what is not exported would tell that it is there.
    covered = Coverage.objects.filter(event__in=chosen_events(now=now, is_whole=is_whole))
    rows = Article.objects.select_related("cover", "front_slot").prefetch_related(
        Prefetch("addresses", Address.objects.order_by("pk")),
        Prefetch("coverages", covered.select_related("event")),
        Prefetch("taggings", ArticleTagging.objects.select_related("tag")),
        Prefetch("bylines", Byline.objects.select_related("profile")),
        "notes",
    )
    while part := list(islice(pks, BATCH)):
        yield from rows.in_order_of(part)


def chosen_articles(*, now: datetime, is_whole: bool = False) -> QuerySet[Article]:
    return Article.objects.all() if is_whole else Article.objects.public(now=now)


def profiles(*, now: datetime, is_whole: bool = False) -> Iterator[Profile]:
    """Profiles by slug."""
    found = Profile.objects.all() if is_whole else Profile.objects.public(now=now)
    found = found.select_related("picture").prefetch_related("addresses")
    return found.order_by(by_code_point("slug")).iterator(chunk_size=BATCH)


def contexts(*, now: datetime, is_whole: bool = False) -> Iterator[Context]:
    """Contexts by slug. In a public export contexts and parents are those that have a page."""
    found = Context.objects.all() if is_whole else Context.objects.public(now=now)
    return (
        found.prefetch_related(Prefetch("parents", found.only("name", "slug")), "names", "addresses")
        .order_by(by_code_point("slug"))
        .iterator(chunk_size=BATCH)
    )


def publishers(*, now: datetime, is_whole: bool = False) -> Iterator[Publisher]:
    """Publishers by host."""
    found = Publisher.objects.all() if is_whole else Publisher.objects.public(now=now)
    return found.order_by(by_code_point("host")).iterator(chunk_size=2000)


def stories(*, now: datetime, is_whole: bool = False) -> Iterator[Context | StoryLine]:
    """What editors made of story lines, by slug: contexts with turning points, then lines of their own.

    Each has the turning points that are exported as `pinned`, in the order of days.
    """
    points = TurningPoint.objects.filter(event__in=chosen_events(now=now, is_whole=is_whole))
    pinned = Prefetch(
        "turning_points",
        points.select_related("event").order_by("event__date", "event"),
        to_attr="pinned",
    )
    found = Context.objects.all() if is_whole else Context.objects.public(now=now)
    found = found.filter(Exists(points.filter(context=OuterRef("pk"))))
    lines = StoryLine.objects.all() if is_whole else StoryLine.objects.public(now=now)
    for rows in (found, lines.prefetch_related("contexts", "addresses")):
        yield from rows.prefetch_related(pinned).order_by(by_code_point("slug"))


def told_stories(*, now: datetime) -> Iterator[Story]:
    """All public story lines, by slug: those of contexts, then the editors' own."""
    own = own_lines(Context.objects.public(now=now))
    for rows in (own, StoryLine.objects.public(now=now)):
        for subject in rows.order_by(by_code_point("slug")).iterator(chunk_size=BATCH):
            yield Story(subject)


def by_code_point(field: str) -> Collate:
    """The order of the characters' numbers, which is no matter of the database's language."""
    return Collate(field, {"postgresql": "C"}.get(connection.vendor, "BINARY"))
