"""The write door for many new entries at once: the rows that single edits leave, by a few statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser

from events import derived
from events.citations.publishers import publisher_host
from events.citations.urls import host_of
from events.models import Address, Citation, ContextName, Event, Image, Revision, Tagging
from events.models.entries import visible_at
from events.models.events import address_of
from events.problems import origin_problem, own_codes, trace_of
from events.querysets import PUBLISHED
from events.related.vectors import ContextNames, Words, compared, words_of
from events.search.backends.base import Texts
from events.search.index import Document, Indexed, indexed, texts_of
from events.sql import among, stored
from events.workflow.inserts import blank, columns, insert, reserve, values_of
from events.workflow.snapshots import close_snapshot, open_snapshot

# An event or a citation with its columns as attributes; a model takes ten times as long to make.
Row = SimpleNamespace

# What the rest of an entry says of itself; the others are known when the database has been asked.
EVENT_COLUMNS = columns(Event, "slug", "cover_id")
CITATION_COLUMNS = columns(Citation, "event_id", "publisher_id")
BLANK_EVENT = blank(Event, columns(Event)) | {"pk": None}
BLANK_CITATION = blank(Citation, columns(Citation, "event_id"))
event_values = values_of(Event, EVENT_COLUMNS)
citation_values = values_of(Citation, CITATION_COLUMNS)


class KnownContext(NamedTuple):
    """What a batch needs to know of a stored context."""

    pk: int
    name: str
    kind: str


@dataclass(slots=True)
class NewCitation:
    """A citation of a new entry; `host` and `country` are its publisher's, `values` are those of
    `CITATION_COLUMNS`."""

    host: str
    label: str
    agency: str
    values: tuple
    publisher_id: int | None = None
    country: str = ""


@dataclass(slots=True)
class NewEntry:
    """An event that is not stored yet, with all that belongs to it and can be known without a database.

    `values` are those of `EVENT_COLUMNS`, `indexed` and `words` hold the contexts by the names that are
    given, `problems` are those of its words, `origin` is the one of its sources as far as no country is
    known, `snapshot` is open for what is still missing, `addresses` are former ones. Whoever asks the
    database makes sure of `slug`, `path` and `addresses` and fills in the cover, the contexts and the
    publishers.
    """

    date: date
    slug: str
    path: str
    is_published: bool
    visible_at: datetime | None
    category: str
    language: str
    values: tuple
    texts: Texts
    indexed: Indexed
    words: Words
    problems: list[str]
    origin: str
    snapshot: str
    citations: list[NewCitation]
    addresses: list[str]
    cover: Image | None = None
    contexts: list[KnownContext] = field(default_factory=list)


def prepare_entry(
    event: Row, citations: Sequence[Row], *, contexts: Iterable[str], addresses: list[str]
) -> NewEntry:
    """What `record_new` writes of an event and its citations, which are clean and have their ids and moments.

    `contexts` are the names that it is given; those that are stored may be spelt otherwise. Asks no database:
    imports do it in a process of its own, ahead of writing.
    """
    names = sorted(contexts)
    cited = [
        NewCitation(
            publisher_host(host_of(citation.url)) if citation.url else "",
            citation.label,
            citation.agency,
            citation_values(citation),
        )
        for citation in citations
    ]
    texts = texts_of(
        headline=event.headline,
        short_headline=event.short_headline,
        summary=event.summary,
        body=event.body,
        labels=[citation.label for citation in citations],
    )
    return NewEntry(
        date=event.date,
        slug=event.slug,
        path=address_of(event.date, event.slug),
        is_published=event.state == PUBLISHED,
        visible_at=visible_at(event),
        category=event.category,
        language=event.language,
        values=event_values(event),
        texts=texts,
        indexed=indexed(texts, names),
        words=words_of(texts.headline, texts.summary, compared(map(ContextNames, names))),
        problems=list(
            own_codes(
                headline=event.short_headline or event.headline, summary=event.summary, is_cited=bool(cited)
            )
        ),
        origin=origin_of(cited),
        snapshot=open_snapshot(event, citations),
        citations=cited,
        addresses=addresses,
    )


def origin_of(citations: Sequence[NewCitation]) -> str:
    """The code of what makes these sources one origin, if anything does."""
    return origin_problem(
        trace_of(label=each.label, agency=each.agency, host=each.host, country=each.country)
        for each in citations
    )


def codes_of(entry: NewEntry) -> Iterator[str]:
    """The codes of the entry's problems, once its contexts and publishers are known."""
    yield from entry.problems
    if not entry.contexts:
        yield "no-context"
    has_country = any(citation.country for citation in entry.citations)
    if origin := origin_of(entry.citations) if has_country else entry.origin:
        yield origin


def record_new(
    entries: Sequence[NewEntry],
    *,
    counted: Mapping[int, int],
    by: AbstractBaseUser | None,
    note: str,
    now: datetime,
) -> None:
    """Write new events with citations, contexts, addresses, first revisions and derived data.

    Must run in a transaction; contexts, publishers and covers are stored already, contexts that were
    made for these entries with the counts in `counted`.
    """
    pks = reserve(Event, len(entries))
    new = list(zip(pks, entries, strict=True))
    made_at, made_by = stored(now), by.pk if by else None
    insert(
        Event,
        ("id", "slug", "cover_id", *EVENT_COLUMNS),
        [(pk, entry.slug, entry.cover.pk if entry.cover else None, *entry.values) for pk, entry in new],
    )
    insert(
        Citation,
        ("event_id", "publisher_id", *CITATION_COLUMNS),
        [(pk, each.publisher_id, *each.values) for pk, entry in new for each in entry.citations],
    )
    insert(
        Tagging,
        ("event_id", "context_id", "position"),
        [(pk, found.pk, position) for pk, entry in new for position, found in enumerate(entry.contexts)],
    )
    insert(
        Address,
        ("path", "event_id", "created_at"),
        [(path, pk, made_at) for pk, entry in new for path in dict.fromkeys([entry.path, *entry.addresses])],
    )
    insert(
        Revision,
        ("event_id", "version", "snapshot", "made_at", "made_by_id", "note"),
        [(pk, 1, first_snapshot(entry), made_at, made_by, note) for pk, entry in new],
    )
    words = {pk: entry.words for pk, entry in new}
    found = [(pk, code, entry.date) for pk, entry in new for code in codes_of(entry)]
    derived.add(pks, documents(new), words=words, found=found, counted=counted, now=now)


def first_snapshot(entry: NewEntry) -> str:
    return close_snapshot(
        entry.snapshot,
        slug=entry.slug,
        contexts=[found.name for found in entry.contexts],
        cover=entry.cover,
    )


def documents(new: Sequence[tuple[int, NewEntry]]) -> list[Document]:
    """What is indexed of those entries that are published; only the aliases of contexts are asked for."""
    aliases: dict[int, list[str]] = defaultdict(list)
    carried = {found.pk for _pk, entry in new for found in entry.contexts}
    rows = ContextName.objects.filter(context__in=among(carried), is_alias=True)
    for context, name in rows.values_list("context_id", "name"):
        aliases[context].append(name)
    return [
        Document(
            pk,
            entry.date,
            entry.visible_at,
            entry.category,
            entry.language,
            entry.texts,
            {found.pk: [found.name, *aliases.get(found.pk, ())] for found in entry.contexts},
            {citation.publisher_id for citation in entry.citations if citation.publisher_id},
            entry.indexed,
        )
        for pk, entry in new
        if entry.is_published
    ]
