"""Markdown in the shape of the Context's pages, which read well as plain text and import again.

An event's page is its day, headline and summary, then the sections Text (only where it has a body),
Source and Related. What that shape has no place for stands in YAML front matter, so that export, import,
export gives the same bytes.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from events.dates import iso_day
from events.documents.article_types import ArticleDocument, ArticlePage, OpinionPage
from events.documents.gap_words import gap_words
from events.documents.story_types import StoryDirectory, StoryPage, TurningPointDocument
from events.documents.types import (
    Calendar,
    CitationDocument,
    DaySection,
    EventDocument,
    EventPage,
    EventRef,
    Link,
    ListPage,
    RelatedDocument,
    StoryRef,
    YearCounts,
)
from events.formats import front_matter
from events.formats.addresses import path_in_format
from events.formats.article_facts import article_page_facts
from events.formats.base import Format
from events.formats.facts import context_facts, event_page_facts, list_page_facts
from events.formats.shared_facts import Facts
from events.text.page_markup import (
    context_label,
    cover_label,
    escape_heading,
    escape_inline,
    escape_line,
    link,
    protect_sections,
    section_label,
)

# What an event's page shows in its text, or leaves to the other formats.
_SHOWN = ("headline", "summary", "body")
_SHOWN_OF_CITATION = ("position", "label", "url")
# A list shows its entries and directories; its front matter says what page it is.
_LIST_HEAD = (
    "format",
    "version",
    "kind",
    "title",
    "description",
    "address",
    "language",
    "direction",
    "licence",
    "date",
    "count",
    "publisher",
    "formats",
    "feeds",
)


class MarkdownFormat(Format):
    """CommonMark with YAML front matter; links between pages lead to Markdown pages."""

    extension = "md"
    media_type = "text/markdown"
    title = "Markdown"

    def render_event(self, document: EventPage) -> str:
        event = document.event
        head = front_matter.dump(_event_head(document, self.extension))
        blocks = [
            f"### {link(event.date.isoformat(), _day_path(event))}",
            f"# {escape_heading(event.headline)}",
            protect_sections(event.summary.strip("\n")),
            *_section("text", protect_sections(event.body.strip("\n"))),
            *_section("source", "\n".join(_numbered(_sources(event)))),
            *_section("related", "\n".join(_numbered(map(_related, event.related)))),
        ]
        return head + _joined(blocks)

    def render_article(self, document: ArticlePage) -> str:
        article = document.article
        head = front_matter.dump(_article_head(document, self.extension))
        blocks = [
            f"### {link(article.date.isoformat(), f'{article.day_path}index.md')}",
            f"# {escape_heading(article.headline)}",
            protect_sections(article.deck.strip("\n")),
            *_section("text", protect_sections(article.body.strip("\n"))),
            *_section("events", "\n".join(_numbered(map(_covered, article.events)))),
        ]
        return head + _joined(blocks)

    def render_list(self, document: ListPage) -> str:
        facts = list_page_facts(document, extension=self.extension)
        head = {name: facts[name] for name in _LIST_HEAD}
        if len(document.subjects) == 1:
            head["context"] = context_facts(document.subjects[0])
        elif document.subjects:
            head["contexts"] = [context_facts(subject) for subject in document.subjects]
        head |= {name: facts[name] for name in ("story", "stories", "profile") if name in facts}
        return front_matter.dump(head) + _joined(_list_blocks(document))


def _event_head(document: EventPage, extension: str) -> Facts:
    """The page's facts without those that its text shows."""
    facts = event_page_facts(document, extension=extension)
    event = {name: value for name, value in facts["event"].items() if name not in _SHOWN}
    event["citations"] = [
        {"number": citation["position"]} | _without(citation, *_SHOWN_OF_CITATION)
        for citation in event["citations"]
    ]
    event["related"] = [
        {"number": number} | _without(related, "headline", "shared", "address")
        for number, related in enumerate(event["related"], 1)
    ]
    page = {name: facts[name] for name in ("format", "version", "kind")}
    return page | event | {name: facts[name] for name in ("licence", "formats", "feeds")}


def _article_head(document: ArticlePage, extension: str) -> Facts:
    """The page's facts without those that its text shows, or that follow from it."""
    facts = article_page_facts(document, extension=extension)
    article = _without(facts["article"], "headline", "deck", "body", "footnotes", "blocks")
    article["events"] = [
        {"number": number, "id": event["id"]} for number, event in enumerate(article["events"], 1)
    ]
    # On an article's page `kind` is the page's; the article's own has a name of its own.
    article["article_kind"] = article.pop("kind")
    page = {name: facts[name] for name in ("format", "version", "kind")}
    return page | article | {name: facts[name] for name in ("licence", "formats", "feeds")}


def _without(facts: Facts, *names: str) -> Facts:
    return {name: value for name, value in facts.items() if name not in names}


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block.strip("\n") for block in blocks if block) + "\n"


def _section(name: str, block: str) -> list[str]:
    return [f"### {section_label(name)}:", block] if block else []


def _numbered(items: Iterable[str]) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        yield f"{number}. {item}"


def _day_path(event: EventDocument) -> str:
    return f"{event.day_path}index.md"


def _sources(event: EventDocument) -> Iterator[str]:
    """The citations in their order, and the cover's address as the last one."""
    for citation in event.citations:
        yield _source(citation)
    if event.cover:
        yield link(cover_label(), event.cover.source_url or event.cover.url)


def _source(citation: CitationDocument) -> str:
    return link(citation.label, citation.url) if citation.url else escape_line(citation.label)


def _related(related: RelatedDocument) -> str:
    line = link(related.event.headline, related.event.format_path("md"))
    if related.shared:
        names = ", ".join(escape_inline(context.name) for context in related.shared)
        line += f" _{context_label()}: {names}_"
    return line


def _covered(event: EventRef) -> str:
    return link(event.headline, event.format_path("md"))


def _list_blocks(document: ListPage) -> Iterator[str]:
    yield f"# {escape_heading(str(document.page.title))}" if not _is_day(document) else ""
    yield from (subject.description for subject in document.subjects)
    # The front page calls its days "Today" and "Yesterday", other pages by their dates.
    is_front = document.page.kind == "front"
    if isinstance(document, StoryPage):
        yield from _story(document)
    else:
        yield from (_day(section, str(section.title) if is_front else "") for section in document.sections)
    if isinstance(document, StoryDirectory):
        yield "\n".join(_story_lines((*document.chosen, *document.stories)))
    if isinstance(document, OpinionPage) and document.profile:
        yield document.profile.text
    if document.articles and document.sections:
        title = _("Opinion")
        yield f"## {escape_heading(title)}"
    yield "\n".join(map(_article, document.articles))
    if isinstance(document, OpinionPage):
        yield _directory(document.profiles)
    if document.search:
        yield from map(escape_line, map(str, (*document.search.problems, *document.search.notes)))
        yield "\n".join(_entry(hit.event) for hit in document.search.hits)
    if document.updated:
        title = _("Updated entries")
        yield f"## {escape_heading(title)}"
        yield "\n".join(map(_entry, document.updated))
    yield from map(_year, document.years)
    # Beside a list of events a calendar is but a way to turn pages.
    yield from map(_calendar, document.calendars if not document.sections else ())
    yield _directory(document.contexts)
    yield _directory(document.publishers)
    yield from (_way(way) for way in (document.page.previous, document.page.next) if way)


def _story(page: StoryPage) -> Iterator[str]:
    """What the story is, where it turns, and its days with the gaps between them."""
    story = page.story
    yield story.description
    if story.turning_points:
        title = _("Turning points")
        yield f"## {escape_heading(title)}"
        yield "\n".join(_turning_point(point) for point in story.turning_points)
    for part in page.parts:
        for day in part.days:
            yield f"_{escape_inline(str(gap_words(day.gap)))}_" if day.gap else ""
            yield _day(day.section, "")
    if story.stories:
        title = _("Stories within this story")
        yield f"## {escape_heading(title)}"
        yield "\n".join(_story_lines(story.stories))


def _turning_point(point: TurningPointDocument) -> str:
    line = f"- {point.event.date.isoformat()}: {link(point.event.headline, point.event.format_path('md'))}"
    return f"{line} {escape_inline(point.note)}" if point.note else line


def _story_lines(stories: Iterable[StoryRef], margin: str = "") -> Iterator[str]:
    for story in stories:
        yield margin + _counted(Link(story.path, story.title, count=story.count))
        yield from _story_lines(story.stories, f"{margin}  ")


def _is_day(document: ListPage) -> bool:
    return document.page.kind == "day" and bool(document.sections)


def _day(section: DaySection, title: str) -> str:
    heading = f"## {link(title or section.date.isoformat(), path_in_format(section.path, 'md'))}"
    return "\n\n".join([heading, "\n".join(map(_entry, section.events))])


def _entry(event: EventDocument) -> str:
    """First context, label, headline, day, summary: the lines of one entry of a list."""
    first = [f"##### {escape_heading(event.contexts[0].name)}"] if event.contexts else []
    headline = f"### {link(event.headline, event.ref.format_path('md'))}"
    summary = ["", escape_line(event.summary_text), ""] if event.summary_text else []
    return "\n".join([*first, *_label(event.label), headline, *_when(event), *summary])


def _when(event: EventDocument) -> list[str]:
    """What the day of the list does not say of the event's own: the month alone, its last day, its hour."""
    if event.is_on_one_day and not event.time:
        return []
    days = iso_day(event.date, event.ref.date_precision, end=event.end_date)
    hour = [event.time.isoformat("minutes"), event.time_zone] if event.time else []
    return [f"_{escape_inline(' '.join([days, *hour]).rstrip())}_"]


def _article(article: ArticleDocument) -> str:
    """Label, headline, day and deck of an article of a list."""
    names = ", ".join(author.title for author in article.authors)
    by = f" {escape_inline(names)}" if names else ""
    headline = f"### {link(article.headline, article.ref.format_path('md'))}"
    deck = ["", escape_line(article.deck_text), ""] if article.deck_text else []
    return "\n".join([*_label(article.label), headline, f"_{article.date.isoformat()}{by}_", *deck])


def _label(label: str) -> list[str]:
    """A line of its own: by the headline's, importers tell the order of the entries."""
    return [f"_{escape_inline(label)}_"] if label else []


def _year(year: YearCounts) -> str:
    heading = f"## {link(str(year.year), path_in_format(year.path, 'md'))} ({year.count})"
    return "\n\n".join([heading, "\n".join(map(_counted, year.months))])


def _calendar(calendar: Calendar) -> str:
    heading = f"## {link(str(calendar.title), path_in_format(calendar.path, 'md'))}"
    days = (day for week in calendar.weeks for day in week if day.is_in_month and day.count)
    lines = (_counted(Link(day.path, day.date.isoformat(), count=day.count)) for day in days)
    return "\n\n".join([heading, "\n".join(lines)])


def _directory(entries: Iterable) -> str:
    """Contexts and sources with the number of their events; profiles have none."""
    links = (Link(entry.path, entry.name, count=getattr(entry, "count", None)) for entry in entries)
    return "\n".join(map(_counted, links))


def _counted(entry: Link) -> str:
    line = f"- {link(str(entry.title), path_in_format(entry.path, 'md'))}"
    return line if entry.count is None else f"{line} ({entry.count})"


def _way(way: Link) -> str:
    return f"## {link(str(way.title), path_in_format(way.path, 'md'))}"
