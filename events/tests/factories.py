"""Entries, contexts, publishers and pictures for the tests, written through the newsroom's own write door."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from PIL import Image as PillowImage

from events.models import Article, Byline, Context, Event, Image, Profile, Publisher, StoryLine
from events.workflow import stories
from events.workflow.article_snapshots import put_coverage
from events.workflow.edits import editing
from events.workflow.pictures import store_picture

# What is made here was published before this moment, and written at it, unless a test says otherwise.
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
PUBLISHED_AT = datetime(2024, 5, 2, 9, tzinfo=UTC)
DAY = date(2024, 5, 1)

Source = tuple[str, str]


def make_event(
    headline: str = "A bridge is opened",
    *,
    contexts: Iterable[str | Context] = (),
    sources: Iterable[Source] = (),
    by: AbstractBaseUser | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Event:
    """An event of `DAY`, public unless `state` says otherwise; `sources` are pairs of label and address."""
    values: dict[str, Any] = {"date": DAY, "state": Event.State.PUBLISHED} | fields
    if values["state"] == Event.State.PUBLISHED:
        values.setdefault("publish_at", PUBLISHED_AT)
    event = Event(headline=headline, **values)
    with editing(event, by=by, now=now):
        event.contexts.put(find_contexts(contexts))
        for position, (label, url) in enumerate(sources):
            event.citations.create(position=position, label=label, url=url)
    return event


def make_article(
    headline: str = "What the bridge changes",
    *,
    contexts: Iterable[str | Context] = (),
    events: Iterable[Event] = (),
    by_profiles: Iterable[Profile] = (),
    notes: Iterable[tuple[str, str]] = (),
    by: AbstractBaseUser | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Article:
    """An article of `DAY`, public unless `state` says otherwise; `notes` are pairs of kind and text."""
    values: dict[str, Any] = {"date": DAY, "state": Article.State.PUBLISHED} | fields
    if values["state"] == Article.State.PUBLISHED:
        values.setdefault("publish_at", PUBLISHED_AT)
    article = Article(headline=headline, **values)
    with editing(article, by=by, now=now):
        article.contexts.put(find_contexts(contexts))
        put_coverage(article, [event.public_id for event in events])
        for position, profile in enumerate(by_profiles, 1):
            Byline.objects.create(article=article, profile=profile, position=position)
        for kind, text in notes:
            article.notes.create(kind=kind, text=text, noted_at=now)
    return article


def make_profile(name: str = "Rana Haddad", **fields: Any) -> Profile:
    """Somebody whom the public knows only when a public article is by them."""
    return Profile.objects.create(name=name, **fields)


def find_contexts(contexts: Iterable[str | Context]) -> list[Context]:
    """Contexts as they are, and those that are given by name looked up or made."""
    return [
        found if isinstance(found, Context) else Context.objects.resolve([found])[0] for found in contexts
    ]


def make_events(number: int, **fields: Any) -> list[Event]:
    """So many events that differ by headline, source and day: three of each day, the days going back."""
    return [
        make_event(
            f"Event number {count}",
            **{
                "date": date.fromordinal(DAY.toordinal() - count // 3),
                "summary": f"Summary of *number* {count}.",
                "sources": [("Reuters", f"https://www.reuters.com/{count}")],
                "contexts": ["Bridges", "Rivers"],
                **fields,
            },
        )
        for count in range(number)
    ]


def retract(event: Event, notice: str = "The report was wrong.", *, now: datetime = NOW) -> Event:
    """Take back what the public has read."""
    with editing(event, now=now):
        event.state = Event.State.RETRACTED
        event.retraction_notice = notice
    return event


def make_context(
    name: str, *, aliases: Iterable[str] = (), parents: Iterable[Context] = (), **fields: Any
) -> Context:
    """A context with its aliases, lying under `parents`."""
    context = Context.objects.create(name=name, **fields)
    for alias in aliases:
        context.names.create(name=alias)
    context.parents.set(parents)
    return context


def make_story_line(title: str, contexts: Iterable[str | Context], **fields: Any) -> StoryLine:
    """A story line that editors put together."""
    return stories.save(StoryLine(title=title, **fields), contexts=find_contexts(contexts), now=NOW)


def make_publisher(host: str, name: str = "") -> Publisher:
    """A publisher, whom the public knows only when a public event cites it."""
    return Publisher.objects.create(host=host, name=name or host)


def picture_bytes(
    size: tuple[int, int] = (64, 48), *, kind: str = "PNG", mode: str = "RGB", **options
) -> bytes:
    """A small file with a slope of colour, so that crops and turns can be told apart."""
    picture = PillowImage.linear_gradient("L").resize(size).convert(mode)
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def make_cover(data: bytes = b"", **fields: Any) -> Image:
    """A stored picture with its renditions."""
    values = {"alt": "A slope from black to white", "credit": "The newsroom", "licence": "CC0-1.0"}
    return store_picture(Image(**(values | fields)), BytesIO(data or picture_bytes()))
