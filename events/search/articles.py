"""The index of articles: headline, deck, text, authors and contexts, beside that of events and asked like it.

An author stands where an event has the labels of its sources.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from events.models import Article, ArticleTagging, Byline
from events.querysets import PUBLISHED
from events.search import backends
from events.search.backends import ARTICLES
from events.search.finder import WINDOW, expression_of, rank
from events.search.index import BATCH, Document, entry_of, names_carried, texts_of
from events.search.subjects import Subjects
from events.sql import among
from events.text.blocks import plain_body


def refresh(pks: Collection[int]) -> None:
    """Index these articles as they are now; those that are not published, or gone, leave the index."""
    pks = list(pks)
    index = backends.current(ARTICLES)
    for start in range(0, len(pks), BATCH):
        part = pks[start : start + BATCH]
        entries = [entry_of(document) for document in documents_of(part)]
        gone = set(part).difference(entry.event_id for entry in entries)
        if gone:
            index.remove(gone)
        if entries:
            index.write(entries)


def remove(pks: Collection[int]) -> None:
    """Take these articles out of the index."""
    backends.current(ARTICLES).remove(list(pks))


def clear() -> None:
    """Empty the index, before it is made anew."""
    backends.current(ARTICLES).clear()


def best(subjects: Subjects, *, now: datetime, limit: int) -> list[int]:
    """The keys of the articles that match best and are public at `now`; none for an empty question."""
    if subjects.query.problems or subjects.query.is_empty or subjects.publishers:
        # An article cites no publisher.
        return []
    found = backends.current(ARTICLES).newest_matches(expression_of(subjects), now=now, limit=WINDOW)
    found.sort(key=lambda match: rank(match, now))
    return [match.event_id for match in found[:limit]]


def documents_of(pks: Collection[int]) -> list[Document]:
    """What is indexed of those of these articles that are published: three queries."""
    contexts = names_carried(ArticleTagging.objects, pks)
    authors: dict[int, list[str]] = defaultdict(list)
    for article, name in (
        Byline.objects.filter(article__in=among(pks))
        .order_by("article", "position", "pk")
        .values_list("article_id", "profile__name")
    ):
        authors[article].append(name)
    articles = Article.objects.filter(pk__in=among(pks), state=PUBLISHED).order_by()
    return [
        Document(
            row.pk,
            row.date,
            row.visible_at,
            row.section,
            row.language,
            texts_of(
                headline=row.headline,
                short_headline="",
                summary=row.deck,
                body=plain_body(row.body),
                labels=authors[row.pk],
            ),
            contexts[row.pk],
            (),
        )
        for row in articles.only(
            "pk", "date", "visible_at", "section", "language", "headline", "deck", "body"
        )
    ]
