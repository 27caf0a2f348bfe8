"""The checks of an article before it is published. Its sources are the footnotes of its text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from events.models import Article, Image
from events.readiness.drafts import Source
from events.readiness.findings import (
    ERROR,
    LONGEST_HEADLINE,
    WARNING,
    Check,
    Finding,
    Known,
    Report,
    contexts,
    cover,
    known_of,
    links,
    report,
)
from events.text.blocks import read_body


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article as it is stored or stands in a form; `authors` and `events` are counted."""

    headline: str
    deck: str = ""
    body: str = ""
    day: date | None = None
    authors: int = 0
    events: int = 0
    contexts: tuple[str, ...] = ()
    cover: Image | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(Source(note.label, note.url) for note in read_body(self.body).footnotes)


def article_draft_of(article: Article) -> ArticleDraft:
    """The stored article, in three queries."""
    return ArticleDraft(
        headline=article.headline,
        deck=article.deck,
        body=article.body,
        day=article.date,
        authors=article.bylines.count(),
        events=article.coverages.count(),
        contexts=tuple(row.tag.name for row in article.taggings.select_related("tag")),
        cover=article.cover,
    )


def report_on_article(draft: ArticleDraft, *, today: date) -> Report:
    """Check a draft, in six queries at most."""
    return report(CHECKS, draft, known_of(draft.sources, draft.contexts, today=today))


def text(draft: ArticleDraft, known: Known) -> Iterator[Finding]:
    if not draft.body.strip():
        yield Finding("no-text", ERROR, _("The article has no text."), "body")


def deck(draft: ArticleDraft, known: Known) -> Iterator[Finding]:
    if not draft.deck.strip():
        message = _("There is no deck; lists and feeds show the headline alone.")
        yield Finding("no-deck", WARNING, message, "deck")


def headline(draft: ArticleDraft, known: Known) -> Iterator[Finding]:
    length = len(draft.headline.strip())
    if length > LONGEST_HEADLINE:
        message = _("The headline has %(count)s characters; lists and cards cut it.")
        yield Finding("headline-long", WARNING, message % {"count": length}, "headline")


def authors(draft: ArticleDraft, known: Known) -> Iterator[Finding]:
    if not draft.authors:
        yield Finding("no-author", WARNING, _("Nobody is named as the author."), "byline_names")


def events(draft: ArticleDraft, known: Known) -> Iterator[Finding]:
    if not draft.events:
        message = _("No event is named that the article tells of; nothing leads from there to it.")
        yield Finding("no-event", WARNING, message, "event_names")


def day(draft: ArticleDraft, known: Known) -> Iterator[Finding]:
    if draft.day and draft.day > known.today:
        yield Finding("future-day", WARNING, _("The day lies in the future."), "date")


CHECKS: tuple[Check, ...] = (text, cover, headline, deck, authors, events, contexts, links, day)
