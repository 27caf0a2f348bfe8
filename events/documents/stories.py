"""The pages of story lines: their directory, one of them told in order, what stands in a frame elsewhere."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from events.conf import conf
from events.dates import format_day, iso_day
from events.documents.builders import (
    build_context_ref,
    build_events,
    build_ref,
    plain_cached,
    render_cached,
)
from events.documents.days import build_sections
from events.documents.links import DESCRIPTION_CHARS, feed_links, make_page
from events.documents.paging import cursor_query, pager, read_names, read_told
from events.documents.rows import for_lists, in_order, named
from events.documents.story_types import (
    StoryDay,
    StoryDirectory,
    StoryDocument,
    StoryEmbed,
    StoryPage,
    StoryPart,
    TurningPointDocument,
)
from events.documents.types import ContextRef, DaySection, Link, StoryRef
from events.models import Context, StoryLine
from events.stories import rhythm
from events.stories.around import around
from events.stories.lines import (
    Measured,
    Story,
    beside,
    contexts_of,
    lines_under,
    own_lines,
    with_spans,
)
from events.text.excerpts import excerpt

DIRECTORY_SIZE = 60
MOST_CHOSEN = 60
LATEST_IN_EMBED = 4
TURNS_IN_EMBED = 5


def story_page(story: Story, *, now: datetime, before: str = "", after: str = "") -> StoryPage:
    """A story line from its first day on, a page at a time; twelve queries at most with the finding of it."""
    days = story.days(now=now)
    first, last = (min(days), max(days)) if days else (None, None)
    window = read_told(
        partial(story.told, now=now),
        size=conf.PAGE_SIZE,
        first=first,
        last=last,
        before=before,
        after=after,
    )
    contexts, parents, stories = family(story, now=now)
    sides = (
        around([parent.pk for parent in parents], first, last, now=now) if first and last else (None, None)
    )
    wanted = [row.event_id for row in window.rows]
    rows = {event.pk: event for event in for_lists([*wanted, *(pk for pk in sides if pk)], now=now)}
    sections = build_sections(build_events([rows[pk] for pk in wanted if pk in rows], now=now))
    document = tell(
        story,
        days,
        now=now,
        contexts=contexts,
        parents=tuple(map(measured_ref, parents)),
        stories=tuple(map(measured_ref, stories)),
        before=build_ref(rows[sides[0]]) if sides[0] in rows else None,
        after=build_ref(rows[sides[1]]) if sides[1] in rows else None,
    )
    later, earlier = pager(story.path, window, words=(_("Later"), _("Earlier")))
    return StoryPage(
        page=make_page(
            "story",
            story.title,
            story.path,
            trail=(Link("/stories/", _("Story lines")),),
            query=cursor_query(before, after),
            previous=earlier,
            next=later,
            description=excerpt(plain_cached(document.description), chars=DESCRIPTION_CHARS)
            or _("%(story)s, told day by day from the beginning.") % {"story": story.title},
            feeds=feed_links(f"{story.path}feed", story.title),
        ),
        count=document.ref.count,
        sections=sections,
        story=document,
        parts=build_parts(sections, document, goes_on=after),
    )


def tell(story: Story, days: dict[date, int], *, now: datetime, **around_it) -> StoryDocument:
    """The story line as a whole, from its days; one query for turning points.

    `around_it` are the fields that only its own page has.
    """
    subject = story.subject
    dates = list(days)
    return StoryDocument(
        **({"contexts": (), "parents": (), "stories": ()} | around_it),
        ref=StoryRef(
            story.title,
            subject.slug,
            count=sum(days.values()),
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
        ),
        description=subject.description,
        description_html=render_cached(subject.description) if subject.description else "",
        is_of_context=story.context is not None,
        first_day=None if story.context else subject.first_day,
        last_day=None if story.context else subject.last_day,
        days=len(days),
        turning_points=tuple(
            TurningPointDocument(build_ref(point.event), point.note)
            for point in story.turning_points(now=now)
        ),
        gaps=rhythm.gaps(dates),
        unit=rhythm.unit_of(dates[0], dates[-1]) if dates else "day",
        bars=rhythm.bars(days),
    )


def build_parts(
    sections: Sequence[DaySection], story: StoryDocument, *, goes_on: str = ""
) -> tuple[StoryPart, ...]:
    """The days of a page under their months, or under their years where the story is a long one.

    `goes_on` is the cursor that the page follows: the gap before its day stands on the page before.
    """
    precision = "month" if story.unit in ("day", "week") else "year"
    silences = {gap.last.toordinal() + 1: gap for gap in story.gaps}
    day_before = goes_on.partition(".")[0] if not goes_on.endswith(".0") else ""
    parts = []
    for _name, group in groupby(sections, key=lambda section: iso_day(section.date, precision)):
        part = list(group)
        first = part[0].date.replace(day=1) if precision == "month" else part[0].date.replace(month=1, day=1)
        parts.append(
            StoryPart(
                date=first,
                title=format_day(first, precision),
                days=tuple(
                    StoryDay(
                        section,
                        None
                        if section.date.isoformat() == day_before
                        else silences.get(section.date.toordinal()),
                    )
                    for section in part
                ),
            )
        )
    return tuple(parts)


def family(story: Story, *, now: datetime) -> tuple[tuple[ContextRef, ...], list[Measured], list[Measured]]:
    """The contexts of a story line, the stories that it is a part of, and those within it in the order of
    their first days.

    A line of the editors' lies under the stories whose contexts it is made of. Two queries at most.
    """
    if story.context is None:
        found = [Measured(*row) for row in contexts_of(story_line=story.subject.pk, now=now)]
        contexts = tuple(ContextRef(row.title, row.slug, row.kind) for row in found)
        return contexts, [row for row in found if row.kind == Context.Kind.STORY], []
    found = [Measured(*row) for row in beside(context=story.context.pk, now=now)]
    lines = [Measured(*row) for row in lines_under(context=story.context.pk, now=now)]
    within = [row for row in found if not row.is_above] + lines
    return (
        (build_context_ref(story.context),),
        [row for row in found if row.is_above],
        sorted(within, key=lambda row: (row.first is None, row.first or date.min, row.title)),
    )


def measured_ref(row: Measured) -> StoryRef:
    return StoryRef(row.title, row.slug, row.count, row.first, row.last)


def build_story_ref(row: Context | StoryLine, *, stories: Iterable[Context] = ()) -> StoryRef:
    """A row read with `with_spans`."""
    return StoryRef(
        row.title if isinstance(row, StoryLine) else row.name,
        row.slug,
        count=row.events_count - row.waiting,
        first=row.first_on,
        last=row.last_on,
        stories=tuple(map(build_story_ref, stories)),
    )


def stories_directory(*, now: datetime, before: str = "", after: str = "") -> StoryDirectory:
    """All story lines: the editors' own, then those of contexts, the longest first, with those within it.

    A cursor is a context's slug. Five queries at most.
    """
    public = own_lines(Context.objects.public(now=now)).defer("description")
    lies_under = Exists(public.filter(children=OuterRef("pk")))
    rows = with_spans(public.filter(~lies_under), now=now).prefetch_related(
        Prefetch(
            "children",
            with_spans(public, now=now).order_by("-events_count", "name"),
            to_attr="stories_within",
        )
    )
    window = read_names(
        rows, key="slug", size=DIRECTORY_SIZE, before=before, after=after, is_largest_first=True
    )
    previous, following = pager("/stories/", window, words=(_("Previous"), _("Next")))
    chosen: QuerySet = StoryLine.objects.none()
    if not before and not after:
        chosen = with_spans(StoryLine.objects.public(now=now).defer("description"), now=now)
    return StoryDirectory(
        page=make_page(
            "story_list",
            _("Story lines"),
            "/stories/",
            query=cursor_query(before, after),
            previous=previous,
            next=following,
            description=_("The stories of the chronicle, each told day by day from its beginning."),
        ),
        chosen=tuple(map(build_story_ref, chosen.order_by("title")[:MOST_CHOSEN])),
        stories=tuple(build_story_ref(row, stories=row.stories_within) for row in window.rows),
    )


def story_embed(story: Story, *, now: datetime) -> StoryEmbed:
    """The story line in a few lines: its chart, its last turning points, its latest entries."""
    document = tell(story, story.days(now=now), now=now)
    turning_points = document.turning_points[-TURNS_IN_EMBED:]
    shown = {point.event.public_id for point in turning_points}
    rows = story.told("before", LATEST_IN_EMBED + len(shown), now=now, day=date.max, pk=0)
    wanted = [row.event_id for row in rows]
    latest = [build_ref(event) for event in in_order(wanted, named(wanted))]
    return StoryEmbed(
        page_link=Link(story.path, story.title),
        story=document,
        turning_points=turning_points,
        latest=tuple(ref for ref in latest if ref.public_id not in shown)[:LATEST_IN_EMBED],
    )
