"""The search index: one entry for every published event, those that wait for their moment with it.

`events.derived` calls it inside the transaction of a write.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from events.conf import conf
from events.models import Citation, Event, Tagging
from events.querysets import PUBLISHED
from events.search import backends
from events.search.backends.base import BORDER, Entry
from events.search.keys import EVERY, category_key, context_key, language_keys, publisher_key
from events.sql import among
from events.text.folding import index_text

BATCH = 500
# A tsvector holds a megabyte; whoever looks for an entry knows a word of its beginning.
MAX_CHARS = 100_000

_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
# Names of contexts and labels of citations come again with the next event.
_name_tokens = lru_cache(maxsize=20_000)(index_text)


def refresh(pks: Collection[int]) -> None:
    """Index these events as they are now; those that are not published, or gone, leave the index."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        part = pks[start : start + BATCH]
        entries = _entries(part)
        gone = set(part).difference(entry.event_id for entry in entries)
        if gone:
            backends.current().remove(gone)
        if entries:
            backends.current().write(entries)


def remove(pks: Collection[int]) -> None:
    """Take these events out of the index."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        backends.current().remove(pks[start : start + BATCH])


def clear() -> None:
    """Empty the index, before it is made anew."""
    backends.current().clear()


def _entries(pks: list[int]) -> list[Entry]:
    """What is indexed of these events, by one query each for events, contexts and citations."""
    contexts: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for event, context, name, other in (
        Tagging.objects.filter(content_object__in=among(pks))
        .order_by()
        .values_list("content_object_id", "tag_id", "tag__name", "tag__names__name")
    ):
        names = contexts[event][context]
        names.extend(spelling for spelling in (name, other) if spelling and spelling not in names)
    labels: dict[int, list[str]] = defaultdict(list)
    publishers: dict[int, set[int]] = defaultdict(set)
    for event, label, publisher in (
        Citation.objects.filter(event__in=among(pks))
        .order_by()
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
        Entry(
            event_id=pk,
            date=date,
            visible_at=visible_at,
            category=category,
            headline=_joined([headline, short_headline] if short_headline else [headline]),
            contexts=_joined(name for names in contexts[pk].values() for name in names),
            summary=index_text(_words(summary)),
            citations=_joined(labels[pk]),
            body=index_text(_words(body)) if body else "",
            keys=" ".join(
                [
                    EVERY,
                    category_key(category),
                    *language_keys(language or conf.LANGUAGE),
                    *map(context_key, contexts[pk]),
                    *map(publisher_key, publishers[pk]),
                ]
            ),
        )
        for pk, date, visible_at, category, language, headline, short_headline, summary, body in events
    ]


def _joined(names: Iterable[str]) -> str:
    """Tokens of several short texts; no phrase reaches from one into the next."""
    return f" {BORDER} ".join(map(_name_tokens, names))


def _words(markdown: str) -> str:
    """Markdown without the addresses of its links, whose parts are no words of the text."""
    text = markdown[:MAX_CHARS]
    return _LINK_TARGET.sub("] ", text) if "](" in text else text
