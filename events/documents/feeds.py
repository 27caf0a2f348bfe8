"""Feeds: the newest publications first, whatever the day of the event."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from events.conf import conf
from events.documents.article_types import ArticleDocument
from events.documents.articles import build_articles, listed_articles
from events.documents.builders import build_events
from events.documents.contexts import contexts_path, listings_of
from events.documents.paging import BadCursor
from events.documents.rows import for_pages, in_order
from events.documents.types import EventDocument, FeedDocument
from events.models import Article, Context, Event, Profile, Publisher, PublisherListing
from events.stamps import current_stamp
from events.stories.lines import Story
from events.text.numbers import number_in

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def news_feed(*, now: datetime, before: str = "") -> FeedDocument:
    rows = Event.objects.public(now=now).values_list("visible_at", "pk")
    return build_feed(
        conf.SITE_NAME, str(conf.SITE_TAGLINE), "/feeds/news", "/", rows, "pk", now=now, before=before
    )


def context_feed(contexts: Sequence[Context], *, now: datetime, before: str = "") -> FeedDocument:
    title = " + ".join(found.name for found in contexts)
    path = contexts_path(contexts)
    rows = listings_of(contexts, now=now).values_list("visible_at", "event_id")
    return build_feed(
        f"{conf.SITE_NAME}: {title}",
        _("The events of %(context)s.") % {"context": title},
        f"{path}feed",
        path,
        rows,
        "event_id",
        now=now,
        before=before,
    )


def story_feed(story: Story, *, now: datetime, before: str = "") -> FeedDocument:
    """Its newest publications first, as in every feed: the story line's page tells it in order."""
    return build_feed(
        f"{conf.SITE_NAME}: {story.title}",
        _("The story line “%(story)s”.") % {"story": story.title},
        f"{story.path}feed",
        story.path,
        story.listings(now=now).values_list("visible_at", "event_id"),
        "event_id",
        now=now,
        before=before,
    )


def source_feed(publisher: Publisher, *, now: datetime, before: str = "") -> FeedDocument:
    path = publisher.get_absolute_url()
    rows = PublisherListing.objects.public(now=now).filter(publisher=publisher)
    return build_feed(
        f"{conf.SITE_NAME}: {publisher.name}",
        _("The events that cite %(publisher)s.") % {"publisher": publisher.name},
        f"{path}feed",
        path,
        rows.values_list("visible_at", "event_id"),
        "event_id",
        now=now,
        before=before,
    )


def opinion_feed(*, now: datetime, before: str = "") -> FeedDocument:
    """The newest articles, whole."""
    return build_feed(
        _("%(site)s: Opinion") % {"site": conf.SITE_NAME},
        _("Signed articles: opinion, reports, explainers and background."),
        "/feeds/opinion",
        "/opinion/",
        Article.objects.public(now=now).values_list("visible_at", "pk"),
        "pk",
        now=now,
        before=before,
        build=articles_of,
    )


def profile_feed(profile: Profile, *, now: datetime, before: str = "") -> FeedDocument:
    """The articles by somebody."""
    path = profile.get_absolute_url()
    rows = Article.objects.public(now=now).filter(bylines__profile=profile)
    return build_feed(
        f"{conf.SITE_NAME}: {profile.name}",
        _("The articles by %(name)s.") % {"name": profile.name},
        f"{path}feed",
        path,
        rows.values_list("visible_at", "pk"),
        "pk",
        now=now,
        before=before,
        build=articles_of,
    )


def events_of(pks: Sequence[int], *, now: datetime) -> Sequence[EventDocument]:
    return build_events(for_pages(pks, now=now), now=now, with_body=True)


def articles_of(pks: Sequence[int], *, now: datetime) -> Sequence[ArticleDocument]:
    rows = in_order(pks, listed_articles(articles=list(pks), now=now)) if pks else []
    return build_articles(rows, now=now, with_body=True)


def build_feed(
    title: str,
    description: str,
    path: str,
    page_path: str,
    rows: QuerySet,
    key: str,
    *,
    now: datetime,
    before: str = "",
    query: str = "",
    build: Callable[..., Sequence[Any]] = events_of,
) -> FeedDocument:
    """A feed of `rows`, pairs (visible_at, key), with the cursor of its older page.

    `build` makes documents of the entries with these keys.

    Raises BadCursor.
    """
    if before:
        moment, pk = parse_moment(before)
        rows = rows.filter(
            Q(visible_at__lt=moment) | Q(visible_at=moment, **{f"{key}__gt": pk}), visible_at__lte=moment
        )
    places = list(rows.order_by("-visible_at", key)[: conf.FEED_SIZE + 1])
    has_older, places = len(places) > conf.FEED_SIZE, places[: conf.FEED_SIZE]
    documents = tuple(build([pk for _moment, pk in places], now=now))
    return FeedDocument(
        cursor=before,
        title=title,
        description=description,
        path=path,
        query=query,
        page_path=page_path,
        events=documents,
        updated_at=last_change(documents, now=now),
        older=format_moment(*places[-1]) if has_older else "",
        is_first=not before,
    )


def last_change(documents: Sequence[EventDocument | ArticleDocument], *, now: datetime) -> datetime:
    """When the newest of the entries changed; a feed without any is as old as the site's last change."""
    changes = [document.changed_at for document in documents]
    return max(changes) if changes else current_stamp(now=now).changed_at


def format_moment(moment: datetime, pk: int) -> str:
    """The cursor of a feed: microseconds since 1970 and the event's key."""
    return f"{(moment - EPOCH) // timedelta(microseconds=1)}.{pk}"


def parse_moment(text: str) -> tuple[datetime, int]:
    """Read a feed's cursor; raises BadCursor."""
    digits, pk = map(number_in, text.removeprefix("-").partition(".")[::2])
    try:
        if digits is None or pk is None:
            raise ValueError(text)
        return EPOCH + timedelta(microseconds=-digits if text.startswith("-") else digits), pk
    except (ValueError, OverflowError) as error:
        raise BadCursor(_("There is no page “%(page)s” in this feed.") % {"page": text[:60]}) from error
