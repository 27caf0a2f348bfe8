"""The search index: one entry for every published event, those that wait for their moment with it.

`events.derived` calls it inside the transaction of a write.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Manager

from events.conf import conf
from events.models import Citation, Event, Tagging
from events.querysets import PUBLISHED
from events.search import backends
from events.search.backends.base import BORDER, Entry, Texts
from events.search.keys import EVERY, category_key, context_key, language_keys, publisher_key
from events.sql import among
from events.text.folding import index_text, name_tokens

BATCH = 500
# A tsvector holds a megabyte; whoever looks for an entry knows a word of its beginning.
MAX_CHARS = 100_000

_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")


class Indexed(NamedTuple):
    """The words of an entry as the index keeps them, with the names of its contexts that are among them."""

    names: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(slots=True)
class Document:
    """One published event with what is indexed of it; `contexts` are names, aliases too, by key.

    `texts` are without those names. `indexed` may have been made ahead, by names that then were a guess.
    """

    pk: int
    date: date
    visible_at: datetime
    category: str
    language: str
    texts: Texts
    contexts: Mapping[int, list[str]]
    publishers: Collection[int]
    indexed: Indexed | None = None


def refresh(pks: Collection[int]) -> None:
    """Index these events as they are now; those that are not published, or gone, leave the index."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        part = pks[start : start + BATCH]
        replace(part, documents_of(part))


def replace(pks: Collection[int], documents: Sequence[Document]) -> None:
    """Index these events by their documents; those without one leave the index."""
    gone = set(pks).difference(document.pk for document in documents)
    if gone:
        remove(gone)
    write(documents)


def write(documents: Sequence[Document]) -> None:
    """Index documents that are at hand."""
    for start in range(0, len(documents), BATCH):
        backends.current().write([entry_of(document) for document in documents[start : start + BATCH]])


def add(documents: Sequence[Document]) -> None:
    """Index documents of new events, which the index cannot know yet."""
    for start in range(0, len(documents), BATCH):
        backends.current().add([entry_of(document) for document in documents[start : start + BATCH]])


def texts_of(
    *, headline: str, short_headline: str, summary: str, body: str, labels: Collection[str]
) -> Texts:
    """The tokens of an event's texts and of the labels of its citations; asks no database."""
    return Texts(
        headline=_joined([headline, short_headline] if short_headline else [headline]),
        contexts="",
        summary=index_text(_words(summary)),
        citations=_joined(labels),
        body=index_text(_words(body)) if body else "",
    )


def indexed(texts: Texts, names: Iterable[str]) -> Indexed:
    """The words that the index keeps of an entry whose contexts have these names; asks no database."""
    names = tuple(names)
    return Indexed(names, backends.current().words(texts._replace(contexts=_joined(names))))


def remove(pks: Collection[int]) -> None:
    """Take these events out of the index."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        backends.current().remove(pks[start : start + BATCH])


def clear() -> None:
    """Empty the index, before it is made anew."""
    backends.current().clear()


def documents_of(pks: Collection[int]) -> list[Document]:
    """What is indexed of those of these events that are published: a query each for events, contexts and
    citations."""
    contexts = names_carried(Tagging.objects, pks)
    labels: dict[int, list[str]] = defaultdict(list)
    publishers: dict[int, set[int]] = defaultdict(set)
    for event, label, publisher in (
        Citation.objects.filter(event__in=among(pks))
        .order_by("event", "position", "pk")
        .values_list("event_id", "label", "publisher_id")
    ):
        labels[event].append(label)
        if publisher:
            publishers[event].add(publisher)
    events = (
        Event.objects.filter(pk__in=among(pks), state=PUBLISHED)
        .order_by()
        .values_list(
            "pk",
            "date",
            "visible_at",
            "category",
            "language",
            "headline",
            "short_headline",
            "summary",
            "body",
        )
    )
    return [
        Document(
            pk,
            date,
            visible_at,
            category,
            language,
            texts_of(
                headline=headline,
                short_headline=short_headline,
                summary=summary,
                body=body,
                labels=labels[pk],
            ),
            contexts[pk],
            publishers[pk],
        )
        for pk, date, visible_at, category, language, headline, short_headline, summary, body in events
    ]


def names_carried(taggings: Manager, pks: Collection[int]) -> dict[int, dict[int, list[str]]]:
    """The contexts of these entries by key, each with its own name and then its aliases: one query."""
    contexts: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry, context, name, other in (
        taggings.filter(content_object__in=among(pks))
        .order_by()
        .values_list("content_object_id", "tag_id", "tag__name", "tag__names__name")
    ):
        names = contexts[entry][context]
        names.extend(spelling for spelling in (name, other) if spelling and spelling not in names)
    return contexts


def entry_of(document: Document) -> Entry:
    """The document as a back end keeps it."""
    # In the order of names, whoever made the document: a new context has no key when its words are made.
    groups = sorted(document.contexts.values())
    names = tuple([name for group in groups for name in (group if len(group) == 1 else own_first(group))])
    ahead = document.indexed
    return Entry(
        document.pk,
        document.date,
        document.visible_at,
        document.category,
        (ahead if ahead and ahead.names == names else indexed(document.texts, names)).words,
        " ".join(
            [
                _entry_keys(document.category, document.language or conf.LANGUAGE),
                *map(context_key, sorted(document.contexts)),
                *map(publisher_key, sorted(document.publishers)),
            ]
        ),
    )


def own_first(names: list[str]) -> list[str]:
    """The names of one context: its own, which is the first, and its aliases in their order."""
    return [names[0], *sorted(names[1:])]


@lru_cache(maxsize=1_000)
def _entry_keys(category: str, language: str) -> str:
    """The keys that many entries have alike."""
    return " ".join([EVERY, category_key(category), *language_keys(language)])


def _joined(names: Iterable[str]) -> str:
    """Tokens of several short texts; no phrase reaches from one into the next."""
    return f" {BORDER} ".join(map(name_tokens, names))


def _words(markdown: str) -> str:
    """Markdown without the addresses of its links, whose parts are no words of the text."""
    text = markdown[:MAX_CHARS]
    return _LINK_TARGET.sub("] ", text) if "](" in text else text
