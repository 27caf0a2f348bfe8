"""The only door to derived data: search index, terms for suggestions, listings, counts, the site's stamp.

`refresh` runs inside the transaction of the write, so that what is derived is right whenever the write is.
No signals.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from events import listings, problems
from events.models import Article, Event, SiteStamp
from events.related import tables
from events.related.family import family_of
from events.related.vectors import Vector, Words, vector_of
from events.search import articles, index
from events.search.index import Document
from events.sql import any_of, run

BATCH = 1000


@transaction.atomic
def refresh(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Bring all that is derived from these events up to date; events that are gone are forgotten."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        part = pks[start : start + BATCH]
        listings.replace(part)
        refresh_texts(part)
    touch(now=now)


def refresh_texts(pks: Collection[int]) -> None:
    """Bring what follows from the words of these events and of their contexts up to date."""
    documents = index.documents_of(pks)
    index.replace(pks, documents)
    problems.replace(pks)
    tables.replace(pks, vectors_of(documents))


@transaction.atomic
def refresh_problems(pks: Sequence[int]) -> None:
    """Look anew at what is wrong with events, of which only what others tell of their sources has changed."""
    for start in range(0, len(pks), BATCH):
        problems.replace(pks[start : start + BATCH])


@transaction.atomic
def refresh_families(pks: Collection[int]) -> None:
    """Bring what suggestions are found by up to date, where contexts of these events came to lie under
    others: no word of theirs has changed."""
    pks = list(pks)
    for start in range(0, len(pks), BATCH):
        old = tables.stored(pks[start : start + BATCH])
        contexts = own_names([vector.event_id for vector in old])
        family = family_of({pk for carried in contexts.values() for pk in carried})
        tables.reweigh(old, [vector.under(family.names_of(contexts[vector.event_id])) for vector in old])


def own_names(pks: Collection[int]) -> dict[int, dict[int, tuple[str]]]:
    """The contexts of these events by key, each with its own name alone."""
    contexts: dict[int, dict[int, tuple[str]]] = defaultdict(dict)
    marks, values = any_of(pks)
    for event, context, name in run(
        "SELECT t.event_id, c.id, c.name FROM events_tagging t"  # noqa: S608 (names of ours)
        f" JOIN events_context c ON c.id = t.context_id WHERE t.event_id IN {marks}",
        values,
    ):
        contexts[event][context] = (name,)
    return contexts


@transaction.atomic
def add(
    pks: Collection[int],
    documents: Sequence[Document],
    *,
    words: Mapping[int, Words],
    found: Iterable[tuple[int, str, date]],
    counted: Mapping[int, int],
    now: datetime | None = None,
) -> None:
    """Derive all from new events, of which the published ones come with what is indexed of them and with
    their words.

    `found` are the problems of all of them, as `problems.write` takes them. `counted` tells with which counts
    contexts were made for these events, so that they need not be moved.
    """
    listings.add(list(pks), documents, counted=counted)
    index.add(documents)
    problems.write(found)
    tables.write(vectors_of(documents, words))
    touch(now=now)


@transaction.atomic
def forget(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Take events out of all that is derived, before they are deleted."""
    pks = list(pks)
    listings.remove(pks)
    index.remove(pks)
    problems.remove(pks)
    tables.remove(pks)
    touch(now=now)


@transaction.atomic
def refresh_articles(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Bring what is derived from these articles up to date: their index, and pages by the site's stamp."""
    articles.refresh(pks)
    touch(now=now)


@transaction.atomic
def forget_articles(pks: Collection[int], *, now: datetime | None = None) -> None:
    """Take articles out of what is derived, before they are deleted."""
    articles.remove(pks)
    touch(now=now)


def touch(*, now: datetime | None = None) -> None:
    """Move the site's stamp: every cached page and reader's copy is checked anew.

    Its moment is that of this write, not the one at which a long import or a waiting save began: whoever read
    since then asks by the moment of that page.
    """
    written_at = timezone.now()
    moment = max(now or written_at, written_at)
    if not SiteStamp.objects.filter(pk=1).update(serial=F("serial") + 1, changed_at=moment):
        SiteStamp.objects.create(pk=1, serial=1, changed_at=moment)


def rebuild() -> Iterator[int]:
    """Make all derived data anew, a batch a transaction; yields the number of events done so far."""
    index.clear()
    articles.clear()
    problems.clear()
    tables.clear()
    done = 0
    pks = Event.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while part := list(islice(pks, BATCH)):
        refresh(part)
        done += len(part)
        yield done
    pks = Article.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while part := list(islice(pks, BATCH)):
        refresh_articles(part)
    recount()
    settle()


def vectors_of(documents: Sequence[Document], words: Mapping[int, Words] | None = None) -> list[Vector]:
    """What suggestions are found by, of published events with what is indexed of them.

    `words` are those of their words, by event, that were made ahead.
    """
    words = words or {}
    family = family_of({pk for document in documents for pk in document.contexts})
    return [
        vector_of(
            document.pk,
            date=document.date,
            visible_at=document.visible_at,
            category=document.category,
            headline=document.texts.headline,
            summary=document.texts.summary,
            contexts=family.names_of(document.contexts),
            publishers=document.publishers,
            words=words.get(document.pk),
        )
        for document in documents
    ]


# Of wide tables the columns by which rows are chosen: statistics of texts and arrays would take five times as
# long and help no question.
CHOSEN_BY = {
    "events_event": (
        "(id, state, date, visible_at, updated_at, is_incomplete, label_until, merged_into_id, cover_id,"
        " category, language)"
    ),
    "events_relatedvector": "(event_id, day)",
}


def settle() -> None:
    """Collect the statistics that the database chooses indexes by; wanted after many writes at once.

    PostgreSQL does so by itself some minutes later, SQLite never: without them it takes "visible by now",
    which nearly all events are, for narrower than "of this day" (25 ms instead of 0.1 at 20,000 events).
    """
    names = ["events_event", *listings.names(), *tables.NAMES, "events_eventproblem"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # So many rows of each index are enough to tell how selective it is.
            cursor.execute("PRAGMA analysis_limit = 1000")
        for name in names:
            chosen_by = CHOSEN_BY.get(name, "") if connection.vendor == "postgresql" else ""
            cursor.execute(f"ANALYZE {name} {chosen_by}")


@transaction.atomic
def recount() -> None:
    """Set the stored counts from the listings, for whatever may ever have moved them apart."""
    listings.recount()
    touch()


@transaction.atomic
def relist_story_line(pk: int, *, now: datetime | None = None) -> None:
    """After a story line's contexts or days changed: which events belong to it, and how many."""
    listings.relist_story_line(pk)
    touch(now=now)


def recount_story_days(contexts: Collection[int]) -> None:
    """After contexts became stories, or ceased to be: the days of their charts."""
    listings.recount_days(listings.CONTEXTS, contexts)
