"""What the blocks of an article lead to: pictures, events, story lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import reduce
from html import escape
from operator import or_

from django.db.models import F, Q
from django.utils.safestring import SafeString, mark_safe

from events.dates import day_path
from events.documents.article_types import BlockDocument
from events.documents.builders import build_cover, build_ref, render_cached
from events.documents.rows import REF_FIELDS
from events.documents.types import CoverDocument, EventRef, StoryRef
from events.models import Event, Image
from events.models.addresses import permanent_path
from events.stories.lines import NotAStory, find_story
from events.text.blocks import (
    Block,
    Body,
    EventCard,
    Facts,
    LinkCard,
    Picture,
    Prose,
    Quote,
    Timeline,
    is_key,
)
from events.text.markdown import plain_text
from events.text.written_dates import link_days, written_days

# A timeline is a way into a story, not the story.
TIMELINE_EVENTS = 8
MOST_TIMELINES = 2


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the blocks of some bodies lead to, by the keys that they name it by; only what is public."""

    pictures: Mapping[str, CoverDocument] = field(default_factory=dict)
    events: Mapping[str, EventRef] = field(default_factory=dict)
    stories: Mapping[str, BlockDocument | None] = field(default_factory=dict)
    # The pages of the days that the texts name, where there is an event.
    days: Mapping[date, str] = field(default_factory=dict)


def subjects_of(bodies: Iterable[tuple[Body, date]], *, now: datetime) -> Subjects:
    """Read for any number of bodies, each with its article's day, at once.

    Three queries, and three for each of the first two timelines.
    """
    bodies = list(bodies)
    blocks = [block for body, _day in bodies for block in body.blocks]
    slugs = dict.fromkeys(block.slug for block in blocks if isinstance(block, Timeline))
    return Subjects(
        pictures=pictures_of([block.key for block in blocks if isinstance(block, Picture)]),
        events=events_of([block.public_id for block in blocks if isinstance(block, EventCard)], now=now),
        stories={slug: story_of(slug, now=now) for slug in list(slugs)[:MOST_TIMELINES]},
        days=pages_of_days(bodies, now=now),
    )


def build_blocks(blocks: Iterable[Block], subjects: Subjects, *, near: date) -> tuple[BlockDocument, ...]:
    """The blocks of a body with what they lead to; one whose subject is not public, or gone, is left out.

    `near` is the day of the article, by which days without a year are understood.
    """
    found = (build_block(block, subjects, near) for block in blocks)
    return tuple(block for block in found if block)


def build_block(block: Block, subjects: Subjects, near: date) -> BlockDocument | None:
    match block:
        case Prose():
            return BlockDocument(block.name, html=with_days(block.html, near, subjects))
        case Quote():
            return BlockDocument(block.name, html=block.html, title=block.attribution)
        case Facts():
            return BlockDocument(block.name, html=with_days(block.html, near, subjects), title=block.title)
        case LinkCard():
            return BlockDocument(block.name, title=block.title or block.url, url=block.url)
        case Picture() if picture := subjects.pictures.get(block.key):
            return BlockDocument(block.name, picture=with_caption(picture, block.source))
        case EventCard() if event := subjects.events.get(block.public_id):
            return BlockDocument(block.name, event=event)
        case Timeline():
            return subjects.stories.get(block.slug)
    return None


def with_days(html: SafeString, near: date, subjects: Subjects) -> SafeString:
    """The names of days as links to their pages; a sentence pulled out of the text has them in the text."""
    return mark_safe(link_days(html, near, subjects.days))  # noqa: S308 (clean HTML and our own addresses)


def pages_of_days(bodies: Iterable[tuple[Body, date]], *, now: datetime) -> dict[date, str]:
    """The pages of the days that paragraphs and boxes name, of those with public events."""
    days = {
        day
        for body, near in bodies
        for block in body.blocks
        if isinstance(block, Prose | Facts)
        for day in written_days(block.html, near)
    }
    if not days:
        return {}
    found = Event.objects.public(now=now).filter(date__in=days).order_by().values_list("date", flat=True)
    return {day: day_path(day) for day in found.distinct()}


def pictures_of(keys: list[str]) -> dict[str, CoverDocument]:
    """The pictures by the keys that they are named by; those that may not be shown yet are left out.

    Of several with one file it is the first: an upload of today does not change what a published text shows.
    """
    keys = [key for key in dict.fromkeys(keys) if is_key(key)]
    if not keys:
        return {}
    rows = Image.objects.filter(reduce(or_, (Q(digest__startswith=key) for key in keys))).order_by("-pk")
    shown = [row for row in rows if row.renditions and not row.missing()]
    return {key: build_cover(row) for key in keys for row in shown if row.digest.startswith(key)}


def with_caption(picture: CoverDocument, caption: str) -> CoverDocument:
    """The picture with the words that it has in this text, where it has any."""
    return replace(picture, caption=plain_text(caption)) if caption else picture


def events_of(public_ids: list[str], *, now: datetime) -> dict[str, EventRef]:
    if not public_ids:
        return {}
    public = Event.objects.public(now=now).order_by().only(*REF_FIELDS)
    named = public.filter(public_id__in=public_ids).annotate(asked=F("public_id"))
    # What has been merged is known by its permanent address.
    paths = [permanent_path(public_id) for public_id in public_ids]
    merged = public.filter(addresses__path__in=paths).annotate(asked=F("addresses__path"))
    rows = sorted(named.union(merged, all=True), key=lambda row: row.asked == row.public_id)
    return {row.asked.rpartition("/")[2]: build_ref(row) for row in rows}


def story_of(slug: str, *, now: datetime) -> BlockDocument | None:
    """A story line with its newest entries in the order of telling."""
    try:
        story = find_story(slug, now=now)
    except (LookupError, NotAStory):
        return None
    newest = story.listings(now=now).told_backwards().values("event_id")[:TIMELINE_EVENTS]
    rows = Event.objects.public(now=now).filter(pk__in=newest).only(*REF_FIELDS).order_by("date", "pk")
    ref = StoryRef(story.title, story.subject.slug)
    return BlockDocument("timeline", story=ref, events=tuple(map(build_ref, rows)))


def plain_html(blocks: Iterable[BlockDocument]) -> SafeString:
    """The body as feeds carry it: HTML that makes sense without our style sheets."""
    return SafeString("\n".join(part for part in map(plain_block, blocks) if part))


def plain_block(block: BlockDocument) -> str:
    match block.name:
        case "prose":
            return block.html
        case "quote":
            words = f"<p>— {escape(block.title, quote=False)}</p>" if block.title else ""
            return f"<blockquote>{block.html}{words}</blockquote>"
        case "facts":
            title = f"<p><strong>{escape(block.title, quote=False)}</strong></p>" if block.title else ""
            return f"<blockquote>{title}{block.html}</blockquote>"
        case "picture" if block.picture and (file := block.picture.largest):
            alt = "" if block.picture.is_decorative else block.picture.alt
            words = " ".join(part for part in (block.picture.caption, block.picture.credit) if part)
            return (
                f'<figure><img src="{escape(file.url)}" width="{file.width}" height="{file.height}"'
                f' alt="{escape(alt)}"><figcaption>{escape(words, quote=False)}</figcaption></figure>'
            )
        case "event" if block.event:
            return linked(block.event.path, block.event.title)
        case "timeline" if block.story:
            items = "".join(f"<li>{inner_link(each.path, each.title)}</li>" for each in block.events)
            return f"{linked(block.story.path, block.story.title)}\n<ol>{items}</ol>"
        case "link":
            return linked(block.url, block.title)
    return ""


def inner_link(path: str, title: str) -> str:
    return f'<a href="{escape(path)}">{escape(title, quote=False)}</a>'


def linked(path: str, title: str) -> str:
    return f"<p>{inner_link(path, title)}</p>"


def text_html(source: str) -> str:
    """A short Markdown text of an article's: deck, note, a profile's words."""
    return render_cached(source) if source else ""
