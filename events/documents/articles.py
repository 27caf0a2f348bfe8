"""From rows to documents of articles: pages, lists, and what events know of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from events.conf import conf
from events.dates import format_day
from events.documents.article_blocks import Subjects, build_blocks, plain_html, subjects_of, text_html
from events.documents.article_types import (
    ArticleDocument,
    ArticlePage,
    ArticleRef,
    BylineDocument,
    NoteDocument,
    OpinionPage,
    ProfileDocument,
    ProfileRef,
)
from events.documents.builders import build_context_ref, build_cover, build_ref, plain_cached
from events.documents.cards import card_of
from events.documents.links import (
    DESCRIPTION_CHARS,
    TITLE_CHARS,
    entry_formats,
    entry_link,
    feed_links,
    home_link,
    make_page,
)
from events.documents.paging import cursor_query, pager, read_window
from events.documents.rows import REF_FIELDS
from events.documents.types import ContextRef, EventRef, Link, Page
from events.models import Article, ArticleNote, ArticleTagging, Byline, Coverage, Event, Profile
from events.models.articles import opinion_path
from events.prepared import Slot, any_of, prepared
from events.text.blocks import Body, plain_body, read_body
from events.text.excerpts import excerpt
from events.text.reading_time import reading_minutes

OPINION = "/opinion/"
# On the front page, below what its slots hold.
FRONT_ARTICLES = 3
FRONT_PLACES = 6

NO_BODY, NO_SUBJECTS = Body((), ()), Subjects()
minutes_cached = lru_cache(maxsize=1024)(lambda body: reading_minutes(plain_body(body)))


def build_articles(
    articles: Iterable[Article], *, now: datetime, with_body: bool = False, with_contexts: bool = True
) -> tuple[ArticleDocument, ...]:
    """The documents of articles read with `for_page()` or `for_list()`: two queries for any number.

    `with_body` asks besides for what the blocks of each body lead to, the events covered and the notes.
    """
    articles = list(articles)
    pks = [article.pk for article in articles]
    if not pks:
        return ()
    bylines = bylines_of(pks)
    contexts = contexts_of(pks) if with_contexts else {}
    bodies = {article.pk: read_body(article.body) for article in articles if with_body}
    days = {article.pk: article.date for article in articles}
    subjects = subjects_of(((body, days[pk]) for pk, body in bodies.items()), now=now)
    covered = events_covered(pks, now=now) if with_body else {}
    notes = notes_of(pks) if with_body else {}
    return tuple(
        build_article(
            article,
            now=now,
            bylines=bylines.get(article.pk, ()),
            contexts=contexts.get(article.pk, ()),
            events=covered.get(article.pk, ()),
            notes=notes.get(article.pk, ()),
            body=bodies.get(article.pk, NO_BODY),
            subjects=subjects,
        )
        for article in articles
    )


def build_article(
    article: Article,
    *,
    now: datetime,
    bylines: Sequence[BylineDocument] = (),
    contexts: Sequence[ContextRef] = (),
    events: Sequence[EventRef] = (),
    notes: Sequence[NoteDocument] = (),
    body: Body = NO_BODY,
    subjects: Subjects = NO_SUBJECTS,
    old_addresses: tuple[str, ...] = (),
) -> ArticleDocument:
    """One article's document, from its row and what was read of its parts; in lists without its body."""
    blocks = build_blocks(body.blocks, subjects, near=article.date)
    label = article.label_at(now)
    return ArticleDocument(
        ref=build_article_ref(article),
        guid=article.guid,
        kind_name=str(article.get_kind_display()),
        section=article.section,
        label=label,
        label_until=article.label_until if label else None,
        deck=article.deck,
        deck_html=text_html(article.deck),
        deck_text=plain_cached(article.deck) if article.deck else "",
        body=article.body if body.blocks else "",
        body_html=plain_html(blocks),
        blocks=blocks,
        footnotes=body.footnotes,
        agencies=tuple(article.agencies.splitlines()),
        bylines=tuple(bylines),
        events=tuple(events),
        contexts=tuple(contexts),
        cover=build_cover(article.cover) if article.cover_id else None,
        notes=tuple(notes),
        # A preview has not been published: it shows the moment at which it would be.
        first_published_at=article.first_published_at or article.edited_at,
        updated_at=article.updated_at,
        edited_at=article.edited_at,
        reading_minutes=minutes_cached(article.body) if body.blocks else 0,
        old_addresses=old_addresses,
    )


def build_article_ref(article: Article) -> ArticleRef:
    return ArticleRef(
        public_id=article.public_id,
        import_ref=article.import_ref or "",
        date=article.date,
        day_path=opinion_path(article.date),
        slug=article.slug,
        headline=article.headline,
        kind=article.kind,
        language=article.language_tag,
        direction=article.text_direction,
    )


def build_profile(profile: Profile) -> ProfileDocument:
    return ProfileDocument(
        ref=ProfileRef(profile.name, profile.slug, profile.kind),
        text=profile.text,
        text_html=text_html(profile.text),
        url=profile.url,
        picture=build_cover(profile.picture) if profile.picture_id else None,
    )


def bylines_of(pks: Sequence[int]) -> dict[int, list[BylineDocument]]:
    found: dict[int, list[BylineDocument]] = defaultdict(list)
    rows = Byline.objects.filter(article__in=pks).select_related("profile__picture")
    for row in rows.order_by("article_id", "position", "pk"):
        found[row.article_id].append(BylineDocument(build_profile(row.profile), row.role))
    return found


def contexts_of(pks: Sequence[int]) -> dict[int, list[ContextRef]]:
    found: dict[int, list[ContextRef]] = defaultdict(list)
    rows = (
        ArticleTagging.objects.filter(content_object__in=pks).select_related("tag").defer("tag__description")
    )
    for row in rows.order_by("content_object_id", "position", "pk"):
        found[row.content_object_id].append(build_context_ref(row.tag))
    return found


def events_covered(pks: Sequence[int], *, now: datetime) -> dict[int, list[EventRef]]:
    """The public events that each article covers, in the editors' order."""
    found: dict[int, list[EventRef]] = defaultdict(list)
    public = Event.objects.public(now=now).filter(pk=OuterRef("event"))
    rows = Coverage.objects.filter(Exists(public), article__in=pks).select_related("event")
    fields = ("article_id", "position", *(f"event__{name}" for name in REF_FIELDS))
    for row in rows.only(*fields).order_by("article_id", "position", "pk"):
        found[row.article_id].append(build_ref(row.event))
    return found


def notes_of(pks: Sequence[int]) -> dict[int, list[NoteDocument]]:
    found: dict[int, list[NoteDocument]] = defaultdict(list)
    for row in ArticleNote.objects.filter(article__in=pks):
        found[row.article_id].append(NoteDocument(row.kind, row.text, text_html(row.text), row.noted_at))
    return found


def articles_covering(event: Event, *, now: datetime) -> tuple[ArticleRef, ...]:
    """The public articles that tell of an event, newest first: one look-up, for most events an empty one."""
    return tuple(map(build_article_ref, covering(event=event.pk, now=now)))


@prepared
def covering(*, event: Slot, now: Slot) -> QuerySet:
    fields = ("public_id", "import_ref", "date", "slug", "headline", "kind", "language", "direction")
    return Article.objects.public(now=now).filter(coverages__event=event).only(*fields).newest_first()


@prepared
def articles_called(*, day: Slot, slug: Slot, now: Slot) -> QuerySet:
    """The public article at an address, if there is one."""
    return Article.objects.public(now=now).on(day).filter(slug=slug).for_page().select_related("share_card")


@prepared
def listed_articles(*, articles: Slot, now: Slot) -> QuerySet:
    return Article.objects.public(now=now).filter(pk__in=any_of(articles)).for_page()


def article_page(article: Article, *, now: datetime, with_former: bool = False) -> ArticlePage:
    """The page of an article read with `for_page()`, with its neighbours in time.

    `with_former` reads the addresses that it had before, which only formats tell.
    """
    pks = [article.pk]
    present = article.address_path()
    former = article.addresses.order_by("pk").values_list("path", flat=True) if with_former else ()
    body = read_body(article.body)
    document = build_article(
        article,
        now=now,
        bylines=bylines_of(pks).get(article.pk, ()),
        contexts=contexts_of(pks).get(article.pk, ()),
        events=events_covered(pks, now=now).get(article.pk, ()),
        notes=notes_of(pks).get(article.pk, ()),
        body=body,
        subjects=subjects_of([(body, article.date)], now=now),
        old_addresses=tuple(f"/{path}" for path in former if path != present),
    )
    is_shown = document.cover and document.cover.is_stored
    return ArticlePage(
        page=article_frame(document, article, now=now),
        article=document,
        card=None if is_shown else card_of(article),
    )


def article_frame(document: ArticleDocument, article: Article, *, now: datetime) -> Page:
    ref = document.ref
    earlier = later = None
    for found in articles_beside(day=article.date, pk=article.pk, now=now):
        # Newest day first, within a day in the order of entry: what follows an article is older.
        if (-found.date.toordinal(), found.pk) > (-article.date.toordinal(), article.pk):
            earlier = entry_link(found)
        else:
            later = entry_link(found)
    return Page(
        kind="article",
        title=ref.headline,
        path=ref.path,
        description=excerpt(document.description or plain_body(document.body), chars=DESCRIPTION_CHARS),
        breadcrumbs=(
            home_link(),
            opinion_link(),
            Link(f"{OPINION}{ref.date.year:04}/", format_day(ref.date, "year")),
            Link(ref.path, excerpt(ref.headline, chars=TITLE_CHARS), is_current=True),
        ),
        formats=entry_formats(ref),
        feeds=opinion_feeds(),
        previous=earlier,
        next=later,
        language=ref.language,
        direction=ref.direction,
    )


@prepared
def articles_beside(*, day: Slot, pk: Slot, now: Slot) -> QuerySet:
    """Both in one question, each by one look-up in an index."""
    public = Article.objects.public(now=now)
    older = public.older_than(day, pk).newest_first().values("pk")[:1]
    newer = public.newer_than(day, pk).oldest_first().values("pk")[:1]
    either = Q(pk=Subquery(older)) | Q(pk=Subquery(newer))
    return public.filter(either).only("date", "slug", "headline").order_by()


def opinion_link() -> Link:
    return Link(OPINION, _("Opinion"))


def opinion_feeds() -> tuple[Link, ...]:
    return feed_links("/feeds/opinion", _("Opinion"))


def profile_page(profile: Profile, *, now: datetime, before: str = "", after: str = "") -> OpinionPage:
    """Somebody and the articles that are by them, newest first. Raises BadCursor."""
    path = profile.get_absolute_url()
    rows = Article.objects.public(now=now).filter(bylines__profile=profile).for_list()
    window = read_window(rows, size=conf.PAGE_SIZE, before=before, after=after)
    newer, older = pager(path, window)
    document = build_profile(profile)
    return OpinionPage(
        page=make_page(
            "profile",
            profile.name,
            path,
            trail=[Link("/profiles/", _("Profiles"))],
            query=cursor_query(before, after),
            previous=newer,
            next=older,
            description=excerpt(plain_cached(profile.text), chars=DESCRIPTION_CHARS)
            or _("The articles by %(name)s.") % {"name": profile.name},
            feeds=feed_links(f"{path}feed", profile.name),
        ),
        profile=document,
        articles=build_articles(window.rows, now=now),
    )


def profiles_page(*, now: datetime) -> OpinionPage:
    """Everybody whom a public article is by, in the order of names."""
    rows = Profile.objects.public(now=now).only("name", "slug", "kind")
    return OpinionPage(
        page=make_page(
            "profile_list",
            _("Profiles"),
            "/profiles/",
            trail=[opinion_link()],
            description=_("The people and organisations whose articles stand here."),
            feeds=opinion_feeds(),
        ),
        profiles=tuple(ProfileRef(row.name, row.slug, row.kind) for row in rows),
    )


def front_articles(*, now: datetime) -> tuple[ArticleDocument, ...]:
    """What stands on the front page: the articles in its places, then the newest. Two queries at most."""
    rows = sorted(articles_for_front(now=now), key=lambda article: front_place(article, now=now))
    placed = sum(1 for article in rows if is_placed(article, now=now))
    return build_articles(rows[: max(placed, FRONT_ARTICLES)], now=now, with_contexts=False)


@prepared
def articles_for_front(*, now: Slot) -> QuerySet:
    """Those in a place that has not ended, and as many of the newest as may be shown, in one question."""
    public = Article.objects.public(now=now)
    lasting = Q(front_slot__until=None) | Q(front_slot__until__gt=now)
    placed = public.filter(lasting, front_slot__isnull=False).order_by("front_slot__position", "pk")
    newest = public.newest_first().values("pk")[:FRONT_ARTICLES]
    either = Q(pk__in=placed.values("pk")[:FRONT_PLACES]) | Q(pk__in=newest)
    return public.filter(either).for_list().select_related("front_slot").order_by()


def is_placed(article: Article, *, now: datetime) -> bool:
    slot = getattr(article, "front_slot", None)
    return slot is not None and (slot.until is None or slot.until > now)


def front_place(article: Article, *, now: datetime) -> tuple:
    """Places in their order, then the newest day first."""
    if is_placed(article, now=now):
        return 0, article.front_slot.position, article.pk
    return 1, -article.date.toordinal(), article.pk
