"""Fixed documents for tests of formats and feeds, one of every part and with awkward characters."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.safestring import mark_safe

from events.documents.article_types import (
    ArticleDocument,
    ArticlePage,
    ArticleRef,
    BlockDocument,
    BylineDocument,
    NoteDocument,
    OpinionPage,
    ProfileDocument,
    ProfileRef,
)
from events.documents.story_types import (
    StoryDay,
    StoryDirectory,
    StoryDocument,
    StoryPage,
    StoryPart,
    TurningPointDocument,
)
from events.documents.types import (
    Calendar,
    CalendarDay,
    CitationDocument,
    ContextDocument,
    ContextRef,
    CoverDocument,
    DaySection,
    EventDocument,
    EventPage,
    EventRef,
    Facet,
    FeedDocument,
    Licence,
    Link,
    LinkedDocument,
    ListPage,
    Page,
    PublisherRef,
    RelatedDocument,
    Rendition,
    SearchDocument,
    SearchHit,
    StoryPlace,
    StoryRef,
    YearCounts,
)
from events.stories.rhythm import Bar, Gap
from events.text.blocks import Footnote

FORMAT_TYPES = (("md", "text/markdown"), ("json", "application/json"), ("xml", "application/xml"))
FEED_TYPES = (
    ("rss", "application/rss+xml"),
    ("atom", "application/atom+xml"),
    ("json", "application/feed+json"),
)

HARBOUR = ContextRef("Harbour strike", "harbour-strike", "story")
PORTS = ContextRef("Ports & harbours", "ports-harbours", "topic")
UNION = ContextRef("Dockers’ Union", "dockers-union", "organisation")


def make_ref(**changes: Any) -> EventRef:
    """An event as it is named elsewhere."""
    values = {
        "public_id": "k3v9m2qx",
        "import_ref": "demo/2024/harbour-strike",
        "date": date(2024, 2, 29),
        "date_precision": "day",
        "slug": "dockers-vote-to-end-the-strike",
        "headline": 'Dockers vote to end the "long" strike & return <at once>. *Both* sides claim [a win] #1',
        "short_headline": "Dockers end strike",
        "language": "en",
        "direction": "ltr",
    }
    return EventRef(**(values | changes))


def make_citation(position: int = 1, **changes: Any) -> CitationDocument:
    """A source of which everything is known."""
    values = {
        "position": position,
        "label": "AFP via Example_News [video]",
        "url": "https://news.example.com/a_(b)?id=1&copy=2",
        "canonical_url": "https://news.example.com/a_(b)?id=1",
        "publisher": PublisherRef("news.example.com", "Example News"),
        "agency": "AFP",
        "carrier": "Example News",
        "published_on": date(2024, 2, 29),
        "accessed_on": date(2024, 3, 1),
        "language": "en",
        "is_paywalled": True,
        "quote": "“We go back on Monday”",
    }
    return CitationDocument(**(values | changes))


def make_label(position: int, label: str = "Harbour Gazette, printed edition") -> CitationDocument:
    """A source of which only the label survived."""
    return make_citation(
        position,
        label=label,
        url="",
        canonical_url="",
        publisher=None,
        agency="",
        carrier="",
        published_on=None,
        accessed_on=None,
        language="",
        is_paywalled=False,
        quote="",
    )


def make_rendition(ratio: str, width: int, height: int, kind: str = "jpeg") -> Rendition:
    path = f"/media/covers/harbour-{ratio.replace(':', 'x')}-{width}.{kind}"
    return Rendition(ratio, width, height, f"image/{kind}", path, 1000 + width)


def make_cover(**changes: Any) -> CoverDocument:
    """A stored cover with a licence."""
    values = {
        "source_url": "https://images.example.com/harbour.jpg",
        "alt": "Cranes over an empty quay",
        "is_decorative": False,
        "caption": "The quay on the last day of the strike",
        "credit": "A. Photographer & Co.",
        "licence": Licence("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        "place": "Harbour, Port City",
        "taken_on": date(2024, 2, 28),
        "people": ("Ada Reed", "Ben Okri"),
        "renditions": (
            make_rendition("16:9", 640, 360, "avif"),
            make_rendition("16:9", 640, 360),
            make_rendition("full", 640, 480),
            make_rendition("full", 1280, 960),
        ),
    }
    return CoverDocument(**(values | changes))


def make_related() -> tuple[RelatedDocument, ...]:
    earlier = make_ref(
        public_id="p7c4w8rt",
        import_ref="",
        date=date(2024, 2, 5),
        slug="dockers-walk-out",
        headline="Dockers walk out at `all` three_ports \\ quays",
        short_headline="",
    )
    later = make_ref(
        public_id="z5h6j7kl",
        import_ref="",
        date=date(2024, 3, 4),
        slug="مرفأ",
        headline="الميناء يفتح أبوابه",
        short_headline="",
        language="ar",
        direction="rtl",
    )
    return (
        RelatedDocument(
            earlier,
            (UNION, HARBOUR, PORTS),
            "earlier",
            is_pinned=True,
            relation="result_of",
            under=("Strikes: & walkouts",),
            names=("three_ports",),
            why="Result of; shares Dockers’ Union, Harbour strike, Ports & harbours; names three_ports",
        ),
        RelatedDocument(later, (HARBOUR,), "later"),
    )


def make_places() -> tuple[StoryPlace, ...]:
    """Where the event stands in two story lines: in the middle of one, alone in the other."""
    before = make_ref(public_id="p7c4w8rt", import_ref="", date=date(2024, 2, 5), headline="Dockers walk out")
    return (
        StoryPlace(StoryRef("Harbour strike", "harbour-strike"), before, None),
        StoryPlace(StoryRef("Ports & [the] sea", "ports-sea"), None, None),
    )


def make_event(*, ref: EventRef | None = None, **changes: Any) -> EventDocument:
    """An event that has everything, with characters that every format must escape."""
    values = {
        "ref": ref or make_ref(),
        "guid": "tag:news.example.org,2026:k3v9m2qx",
        "end_date": date(2024, 3, 1),
        "time": time(14, 30),
        "time_zone": "Europe/Lisbon",
        "summary": "After **24 days** the ports’ dockers accept 4 % & a bonus.\n\n### Source:\n\nSo.",
        "summary_html": "<p>After <strong>24 days</strong> the ports’ dockers accept 4 % &amp; a bonus.</p>",
        "summary_text": "After 24 days the ports’ dockers accept 4 % & a bonus.",
        "body": "## The vote\n\nIt was close: `]]>` was not said.\n\n### Related:\n\n\\### Text:\n\n1. One",
        "body_html": "<h3>The vote</h3>\n<p>It was close: <code>]]&gt;</code> was not said.</p>",
        "category": "Business and economy",
        "label": "Breaking",
        "label_until": datetime(2024, 3, 2, 12, 0, tzinfo=UTC),
        "citations": (make_citation(1), make_label(2)),
        "cover": make_cover(),
        "contexts": (HARBOUR, PORTS, UNION),
        "related": make_related(),
        "links": (LinkedDocument(make_related()[0].event, "result_of"),),
        "stories": make_places(),
        "first_published_at": datetime(2024, 2, 29, 15, 0, tzinfo=UTC),
        "updated_at": datetime(2024, 2, 29, 18, 30, tzinfo=UTC),
        "edited_at": datetime(2024, 3, 1, 9, 0, 5, tzinfo=UTC),
        "is_incomplete": False,
        "old_addresses": ("/news/2024/02/29/dockers-vote", "/news/2024/2/29/dockers-vote"),
    }
    return EventDocument(**(values | changes))


def make_bare_event(**changes: Any) -> EventDocument:
    """An event of which only the day, the headline and its moments are known."""
    ref = make_ref(
        public_id="b2b2b2b2",
        import_ref="",
        slug="港口",
        headline="港口重新开放",
        short_headline="",
        language="zh-Hans",
    )
    values = {
        "ref": ref,
        "guid": "tag:news.example.org,2026:b2b2b2b2",
        "end_date": None,
        "time": None,
        "time_zone": "",
        "summary": "",
        "summary_html": "",
        "summary_text": "",
        "body": "",
        "body_html": "",
        "category": "",
        "label": "",
        "label_until": None,
        "citations": (),
        "cover": None,
        "contexts": (),
        "related": (),
        "links": (),
        "stories": (),
        "first_published_at": datetime(2024, 2, 29, 15, 1, tzinfo=UTC),
        "updated_at": None,
        "is_incomplete": True,
        "old_addresses": (),
    }
    return make_event(**(values | changes))


def make_page(kind: str, title: str, path: str, **changes: Any) -> Page:
    """The envelope of a page, with links to its other formats and to the news feeds."""
    stem = path.rstrip("/") if kind in ("event", "article") else f"{path}index"
    values = {
        "kind": kind,
        "title": title,
        "path": path,
        "description": f"{title} & more",
        "formats": tuple(Link(f"{stem}.{ext}", ext.upper(), type) for ext, type in FORMAT_TYPES),
        "feeds": tuple(Link(f"/feeds/news.{ext}", "News", type) for ext, type in FEED_TYPES),
        "language": "en",
    }
    return Page(**(values | changes))


def make_event_page(event: EventDocument | None = None) -> EventPage:
    event = event or make_event()
    page = make_page(
        "event",
        event.headline,
        event.path,
        previous=Link("/news/2024/02/28/the-day-before/", "The day before"),
        next=Link("/news/2024/03/04/the-port-opens/", "The port opens"),
        language=event.ref.language,
        direction=event.ref.direction,
    )
    return EventPage(page, event)


def make_section(title: str = "2024-02-29") -> DaySection:
    return DaySection(date(2024, 2, 29), title, (make_event(related=(), links=()), make_bare_event()))


def make_day_page() -> ListPage:
    page = make_page(
        "day",
        "29 February 2024",
        "/news/2024/02/29/",
        previous=Link("/news/2024/02/05/", "Earlier…"),
        next=Link("/news/2024/03/04/", "Later…"),
    )
    return ListPage(page, (make_section(),), count=2, date=date(2024, 2, 29))


def make_context() -> ContextDocument:
    return ContextDocument(
        HARBOUR,
        "The strike of **2024**.\n\nIt lasted 24 days: a record.",
        "<p>The strike of <strong>2024</strong>.</p>",
        (PORTS,),
        (ContextRef("Talks", "talks", "story"),),
        ("Dock strike", "ميناء"),
        "Q123456",
        "20000524",
    )


def make_context_page() -> ListPage:
    path = "/contexts/harbour-strike/"
    feeds = tuple(Link(f"{path}feed.{ext}", "Harbour strike", type) for ext, type in FEED_TYPES)
    older = Link(f"{path}?before=2024-02-01.p7c4w8rt", "Older entries")
    page = make_page("context", "Harbour strike", path, feeds=feeds, next=older)
    return ListPage(page, (make_section(),), count=1234, subjects=(make_context(),))


def make_archive_page() -> ListPage:
    months = (Link("/news/2024/02/", "February", count=2), Link("/news/2024/03/", "March", count=1))
    years = (YearCounts(2024, 3, months),)
    return ListPage(make_page("archive", "Archive", "/news/"), years=years, count=3)


def make_year_page() -> ListPage:
    """A year with the calendar of one month, in which one day has events."""
    week = tuple(
        CalendarDay(date(2024, 2, 26) + timedelta(days=n), is_in_month=n < 4, count=2 if n in (3, 4) else 0)
        for n in range(7)
    )
    calendar = Calendar(
        date(2024, 2, 1), "February 2024", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), (week,)
    )
    return ListPage(make_page("year", "2024", "/news/2024/"), calendars=(calendar,), count=2)


def make_search_page() -> ListPage:
    event = make_event(related=(), links=())
    links = (Link("/search/?q=strike&context=harbour-strike", "Harbour strike", count=1, is_current=True),)
    search = SearchDocument(
        query='strike "long"',
        values={"q": 'strike "long"', "context": "harbour-strike"},
        hits=(SearchHit(event, (("Dockers end ", False), ("strike", True)), (("a <bonus>", False),)),),
        count=1,
        is_count_exact=True,
        facets=(Facet("context", "Contexts", links),),
        suggestions=(Link("/contexts/harbour-strike/", "Harbour strike"),),
        problems=("“31 February” is no date.",),
        notes=("Only the first 24 words were searched.",),
    )
    return ListPage(make_page("search", "Search", "/search/"), search=search, facets=search.facets)


def make_directory_page() -> ListPage:
    publishers = (PublisherRef("news.example.com", "Example News", 12),)
    contexts = (ContextRef("Harbour strike", "harbour-strike", "story", 7),)
    page = make_page("front", "Dayline", "/")
    return ListPage(
        page, (make_section("Today"),), contexts=contexts, publishers=publishers, updated=(make_event(),)
    )


def make_story() -> StoryDocument:
    """A story line of the editors' with a window, a gap and one turning point."""
    within = StoryRef("Harbour talks", "harbour-talks", 2, date(2024, 2, 10), date(2024, 2, 28))
    return StoryDocument(
        ref=StoryRef("Ports & [the] sea", "ports-sea", 3, date(2024, 1, 5), date(2024, 2, 29)),
        description="How the *ports* stood still.",
        description_html="<p>How the <em>ports</em> stood still.</p>",
        contexts=(HARBOUR, PORTS),
        is_of_context=False,
        first_day=date(2024, 1, 1),
        last_day=None,
        days=2,
        parents=(StoryRef("Harbour strike", "harbour-strike", 7, date(2023, 12, 1), date(2024, 3, 9)),),
        stories=(within,),
        turning_points=(TurningPointDocument(make_ref(), "The *vote*."),),
        gaps=(Gap(date(2024, 1, 6), date(2024, 2, 28)),),
        unit="month",
        bars=(
            Bar(date(2024, 1, 5), date(2024, 1, 31), 1),
            Bar(date(2024, 2, 1), date(2024, 2, 29), 2),
        ),
        before=make_ref(public_id="p7c4w8rt", date=date(2023, 12, 24), headline="Dockers walk out"),
    )


def make_story_page() -> StoryPage:
    path = "/stories/ports-sea/"
    feeds = tuple(Link(f"{path}feed.{ext}", "Ports & [the] sea", type) for ext, type in FEED_TYPES)
    section, story = make_section(), make_story()
    return StoryPage(
        make_page("story", "Ports & [the] sea", path, feeds=feeds),
        (section,),
        count=3,
        story=story,
        parts=(StoryPart(date(2024, 1, 1), "2024", (StoryDay(section, story.gaps[0]),)),),
    )


def make_story_directory() -> StoryDirectory:
    story = make_story()
    inner = StoryRef("Harbour strike", "harbour-strike", 7, stories=story.stories)
    return StoryDirectory(
        make_page("story_list", "Story lines", "/stories/"), chosen=(story.ref,), stories=(inner,)
    )


def make_article_ref(**changes: Any) -> ArticleRef:
    """An article as it is named elsewhere."""
    values = {
        "public_id": "a7r8t9cl",
        "import_ref": "demo/2024/after-the-strike",
        "date": date(2024, 3, 5),
        "day_path": "/opinion/2024/03/05/",
        "slug": "what-the-strike-leaves",
        "headline": 'What the "long" strike leaves: [debts] & *pride*',
        "kind": "opinion",
        "language": "en",
        "direction": "ltr",
    }
    return ArticleRef(**(values | changes))


def make_profile() -> ProfileDocument:
    ref = ProfileRef("Rana Haddad & Co.", "rana-haddad", "organisation")
    return ProfileDocument(
        ref, "Writes about *ports*.", "<p>…</p>", "https://rana.example.org/", make_cover(caption="")
    )


def make_article(**changes: Any) -> ArticleDocument:
    """An article that has everything, with characters that every format must escape."""
    event = make_ref()
    body = (
        "“Curly” and \"straight\" quotes, 'both' kinds: Shi’ite and Shi'ite.[^1]\n\n"
        "::: quote A docker\nWe go <back>.\n:::\n\n::: event k3v9m2qx\n:::\n\n"
        "### Source:\n\n[^1]: [Reuters: The vote](https://www.reuters.com/vote?a=1&b=2)"
    )
    values = {
        "ref": make_article_ref(),
        "guid": "tag:news.example.org,2026:article/a7r8t9cl",
        "kind_name": "opinion",
        "section": "Business & economy",
        "label": "Breaking news",
        "label_until": datetime(2024, 3, 7, 15, 0, tzinfo=UTC),
        "deck": "Two sides **count** what is left.\n\n### Text:",
        "deck_html": "<p>Two sides <strong>count</strong> what is left.</p>",
        "deck_text": "Two sides count what is left.",
        "body": body,
        "body_html": '<p>“Curly” and "straight" quotes <a href="/news/2024/02/29/">there</a>.'
        '<sup class="footnote-mark"><a id="fnref-1" href="#fn-1">1</a></sup></p>',
        "blocks": (
            BlockDocument("prose", html="<p>…</p>"),
            BlockDocument("quote", html="<p>We go &lt;back&gt;.</p>", title="A docker"),
            BlockDocument("picture", picture=make_cover(place="", taken_on=None, people=())),
            BlockDocument("event", event=event),
            BlockDocument("timeline", story=StoryRef("Ports & [the] sea", "ports-sea"), events=(event,)),
            BlockDocument("link", title="The plan", url="https://example.org/plan?a=1&b=2"),
        ),
        "footnotes": (
            Footnote(
                1,
                "[Reuters: The vote](https://www.reuters.com/vote?a=1&b=2)",
                "Reuters: The vote",
                "https://www.reuters.com/vote?a=1&b=2",
                mark_safe('<a href="https://www.reuters.com/vote?a=1&amp;b=2">Reuters: The vote</a>'),
            ),
        ),
        "agencies": ("AFP", "AP & friends"),
        "bylines": (
            BylineDocument(make_profile(), ""),
            BylineDocument(
                ProfileDocument(ProfileRef("Ben Okri", "ben-okri", "person"), "", "", "", None), "photographs"
            ),
        ),
        "events": (event, make_related()[1].event),
        "contexts": (HARBOUR, PORTS),
        "cover": make_cover(),
        "notes": (
            NoteDocument(
                "correction", "It was *24* days.", "<p>…</p>", datetime(2024, 3, 6, 9, 0, tzinfo=UTC)
            ),
            NoteDocument("update", "They are paid.", "<p>…</p>", datetime(2024, 3, 7, 9, 0, tzinfo=UTC)),
        ),
        "first_published_at": datetime(2024, 3, 5, 15, 0, tzinfo=UTC),
        "updated_at": datetime(2024, 3, 6, 9, 0, tzinfo=UTC),
        "edited_at": datetime(2024, 3, 7, 9, 0, 5, tzinfo=UTC),
        "reading_minutes": 4,
        "old_addresses": ("/2024/03/strike.html",),
    }
    return ArticleDocument(**(values | changes))


def make_bare_article() -> ArticleDocument:
    """An article of which only the day, the headline and its moments are known."""
    ref = make_article_ref(
        public_id="b4r3b4r3",
        import_ref="",
        slug="مقال",
        headline="الميناء بعد الإضراب",
        kind="background",
        language="ar",
        direction="rtl",
    )
    texts = dict.fromkeys(("section", "label", "deck", "deck_html", "deck_text", "body", "body_html"), "")
    parts = dict.fromkeys(
        ("blocks", "footnotes", "agencies", "bylines", "events", "contexts", "notes", "old_addresses"), ()
    )
    return make_article(
        ref=ref,
        guid="tag:news.example.org,2026:article/b4r3b4r3",
        kind_name="background",
        cover=None,
        label_until=None,
        updated_at=None,
        reading_minutes=0,
        **texts,
        **parts,
    )


def make_article_page(article: ArticleDocument | None = None) -> ArticlePage:
    article = article or make_article()
    page = make_page(
        "article",
        article.headline,
        article.path,
        previous=Link("/opinion/2024/02/28/before/", "Before"),
        language=article.ref.language,
        direction=article.ref.direction,
    )
    return ArticlePage(page, article)


def in_list(article: ArticleDocument) -> ArticleDocument:
    """The same as lists read it, without its body and what follows from it."""
    parts = dict.fromkeys(("blocks", "footnotes", "events", "notes", "old_addresses"), ())
    return replace(article, body="", body_html="", reading_minutes=0, **parts)


def make_opinion_page() -> OpinionPage:
    """The first page of all articles, with the years and kinds that there are."""
    years = (Link("/opinion/", "All", is_current=True), Link("/opinion/2024/", "2024", count=2))
    kinds = (Link("/opinion/?kind=report", "Report", count=1),)
    feeds = tuple(Link(f"/feeds/opinion.{ext}", "Opinion", type) for ext, type in FEED_TYPES)
    return OpinionPage(
        make_page(
            "opinion",
            "Opinion",
            "/opinion/",
            feeds=feeds,
            next=Link("/opinion/?before=2024-03-05.7", "Older"),
        ),
        articles=(in_list(make_article()), in_list(make_bare_article())),
        facets=(Facet("year", "By year", years), Facet("kind", "By kind", kinds)),
    )


def make_profile_page() -> OpinionPage:
    return OpinionPage(
        make_page("profile", "Rana Haddad & Co.", "/profiles/rana-haddad/"),
        articles=(in_list(make_article()),),
        profile=make_profile(),
    )


def make_opinion_feed() -> FeedDocument:
    return make_feed(
        title="Dayline: Opinion",
        path="/feeds/opinion",
        page_path="/opinion/",
        events=(make_article(), make_bare_article()),
    )


LIST_PAGES = {
    "opinion": make_opinion_page,
    "profile": make_profile_page,
    "day": make_day_page,
    "context": make_context_page,
    "archive": make_archive_page,
    "year": make_year_page,
    "search": make_search_page,
    "front": make_directory_page,
    "story": make_story_page,
    "story_list": make_story_directory,
}


def make_feed(**changes: Any) -> FeedDocument:
    """A feed's first page, with an older one behind it."""
    arabic = make_bare_event(
        ref=make_ref(
            public_id="c3c3c3c3",
            slug="مرفأ",
            headline="الميناء ‏يفتح أبوابه\x0b & ]]>",
            short_headline="",
            language="ar",
            direction="rtl",
        ),
        guid="tag:news.example.org,2026:c3c3c3c3",
        first_published_at=datetime(2024, 2, 28, 8, 0, tzinfo=UTC),
    )
    values = {
        "title": "Dayline & friends’ news",
        "description": "The news, day by day",
        "path": "/feeds/news",
        "query": "",
        "page_path": "/",
        "events": (make_event(), make_bare_event(), arabic),
        "updated_at": datetime(2024, 2, 29, 18, 30, tzinfo=UTC),
        "older": "2024-02-01T00:00:00Z.p7c4w8rt",
        "is_first": True,
    }
    return FeedDocument(**(values | changes))
