"""From rows to event documents: the one place where an event's public facts are put together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.core.files.storage import default_storage

from events.conf import conf
from events.documents.parts import Parts, read_parts
from events.documents.relations import why_words
from events.documents.rows import named, told
from events.documents.types import (
    ContextRef,
    CoverDocument,
    EventDocument,
    EventRef,
    Licence,
    LinkedDocument,
    PublisherRef,
    RelatedDocument,
    Rendition,
    StoryPlace,
)
from events.images.listing import read_listing
from events.licences import licence_name, licence_url
from events.models import Context, Event, Image, Publisher
from events.models.events import first_day
from events.related import (
    UNSTEERED,
    Carried,
    Steering,
    Suggestion,
    names_in,
    related_and_steering,
)
from events.text.markdown import plain_text, render_markdown

# Enough for the entries of the busiest pages; a rendered summary is about a kilobyte.
render_cached = lru_cache(maxsize=4096)(render_markdown)
plain_cached = lru_cache(maxsize=4096)(plain_text)

RELATED_IN_LISTS = 3


class Beside(NamedTuple):
    """Which other events stand beside one: suggestions, and what an editor linked."""

    related: tuple[RelatedDocument, ...] = ()
    links: tuple[LinkedDocument, ...] = ()


ALONE = Beside()


def build_events(
    events: Iterable[Event], *, now: datetime, with_related: bool = False, with_body: bool = False
) -> tuple[EventDocument, ...]:
    """The documents of events read with `for_page()` or `for_list()`.

    Without `with_body` the body is left empty and never read. With `with_related` every event gets its
    first few suggestions and its links. A constant number of queries: two, and three more with these.
    """
    events = list(events)
    parts = read_parts([event.pk for event in events])
    beside = beside_many(events, parts, now=now) if with_related else {}
    return tuple(
        build_event(event, parts, now=now, beside=beside.get(event.pk, ALONE), with_body=with_body)
        for event in events
    )


def build_event(
    event: Event,
    parts: Parts,
    *,
    now: datetime,
    beside: Beside = ALONE,
    with_body: bool = True,
    old_addresses: tuple[str, ...] = (),
    stories: tuple[StoryPlace, ...] = (),
) -> EventDocument:
    """One event's document, from its row and what was read of its parts."""
    body = event.body if with_body else ""
    label = event.label_at(now)
    return EventDocument(
        ref=build_ref(event),
        guid=event.guid,
        end_date=event.end_date,
        time=event.time,
        time_zone=event.time_zone,
        summary=event.summary,
        summary_html=render_cached(event.summary) if event.summary else "",
        summary_text=plain_cached(event.summary) if event.summary else "",
        body=body,
        body_html=render_cached(body) if body else "",
        category=event.category,
        label=label,
        label_until=event.label_until if label else None,
        citations=tuple(parts.citations.get(event.pk, ())),
        cover=build_cover(event.cover) if event.cover_id else None,
        contexts=tuple(map(build_context_ref, parts.contexts.get(event.pk, ()))),
        related=beside.related,
        links=beside.links,
        # A preview has not been published: it shows the moment at which it would be.
        first_published_at=event.first_published_at or event.edited_at,
        updated_at=event.updated_at,
        edited_at=event.edited_at,
        is_incomplete=event.is_incomplete,
        old_addresses=old_addresses,
        stories=stories,
    )


def build_ref(event: Event) -> EventRef:
    return EventRef(
        public_id=event.public_id,
        import_ref=event.import_ref or "",
        date=event.date,
        date_precision=event.date_precision,
        slug=event.slug,
        headline=event.headline,
        short_headline=event.short_headline,
        language=event.language_tag,
        direction=event.text_direction,
    )


def build_context_ref(context: Context | Carried) -> ContextRef:
    return ContextRef(name=context.name, slug=context.slug, kind=context.kind)


def build_publisher_ref(publisher: Publisher, *, count: int | None = None) -> PublisherRef:
    return PublisherRef(host=publisher.host, name=publisher.name, count=count)


def build_cover(image: Image) -> CoverDocument:
    licence = None
    if image.licence:
        licence = Licence(image.licence, licence_name(image.licence), licence_url(image.licence))
    return CoverDocument(
        source_url=image.source_url,
        alt=image.alt,
        is_decorative=image.is_decorative,
        caption=image.caption,
        credit=image.credit,
        licence=licence,
        renditions=renditions_of(image.renditions),
        placeholder=image.placeholder,
        place=image.place,
        taken_on=image.taken_on,
        people=tuple(image.people.splitlines()) if image.people else (),
    )


@lru_cache(maxsize=4096)
def renditions_of(listing: str) -> tuple[Rendition, ...]:
    """The renditions of a listing with their addresses. Lists ask for the same ones again and again."""
    return tuple(
        Rendition(
            ratio=found.ratio,
            width=found.width,
            height=found.height,
            type=found.type,
            path=default_storage.url(found.name),
            bytes=found.bytes,
        )
        for found in read_listing(listing)
    )


def beside_one(event: Event, parts: Parts, *, now: datetime) -> Beside:
    """What stands beside an event on its own page."""
    contexts = {event.pk: parts.contexts.get(event.pk, ())}
    suggestions, steering = related_and_steering(
        [event], limit=conf.RELATED_LIMIT, now=now, contexts=contexts
    )
    return with_refs(suggestions, [event], parts, steering, with_names=True)[event.pk]


def beside_many(events: Sequence[Event], parts: Parts, *, now: datetime) -> dict[int, Beside]:
    """The links and the first suggestions of each of these events, by primary key."""
    suggestions, steering = related_and_steering(
        events, limit=RELATED_IN_LISTS, now=now, contexts=parts.contexts
    )
    return with_refs(suggestions, events, parts, steering)


def with_refs(
    suggestions: Mapping[int, list[Suggestion]],
    events: Sequence[Event],
    parts: Parts,
    steering: Mapping[int, Steering],
    *,
    with_names: bool = False,
) -> dict[int, Beside]:
    """Suggestions and links as documents: one query for all events named, the contexts are known already.

    `with_names` reads the suggestions' texts for what they name.
    """
    wanted = {found.pk for lists in suggestions.values() for found in lists}
    wanted.update(pk for event in events for pk in steering.get(event.pk, UNSTEERED).links)
    others = {each.pk: each for each in (told if with_names else named)(list(wanted))}
    refs = {pk: build_ref(other) for pk, other in others.items()}
    documents = {}
    for event in events:
        names = {found.pk: build_context_ref(found) for found in parts.contexts.get(event.pk, ())}
        related = tuple(
            build_related(found, refs[found.pk], event, names, others[found.pk] if with_names else None)
            for found in suggestions[event.pk]
            if found.pk in refs
        )
        links = steering.get(event.pk, UNSTEERED).links.items()
        documents[event.pk] = Beside(
            related, tuple(LinkedDocument(refs[pk], relation) for pk, relation in links if pk in refs)
        )
    return documents


def build_related(
    found: Suggestion, ref: EventRef, event: Event, contexts: Mapping[int, ContextRef], other: Event | None
) -> RelatedDocument:
    """One suggestion beside `event`, whose `contexts` are known; `other` its row where its text is told."""
    shared = tuple(contexts[pk] for pk in found.shared if pk in contexts)
    names: tuple[str, ...] = ()
    if other:
        told = [context.name for context in shared]
        ours = "\n".join([told_text(event), *(context.name for context in contexts.values())])
        names = names_in(told_text(other), found.words, ours=ours, besides=[*told, *found.under])
    document = RelatedDocument(
        event=ref,
        shared=shared,
        when=when(ref, event),
        is_pinned=found.is_pinned,
        relation=found.relation,
        under=found.under,
        names=names,
        is_covered=found.is_covered,
    )
    # In words the most telling come first, in a list they are looked up.
    why = why_words(document, event.date if precision_of(ref, event) == Event.Precision.DAY else None)
    return replace(document, shared=tuple(sorted(shared, key=lambda ref: ref.name)), why=why)


def told_text(event: Event) -> str:
    """The headline and summary of an event as plain text."""
    return f"{event.headline}\n{plain_cached(event.summary)}" if event.summary else event.headline


def when(other: EventRef, event: Event) -> str:
    """Whether the other one came "earlier", the "same-day" or "later"; where one of the two is known to the
    month or year alone, the "same-month" or "same-year" may be all that can be said."""
    precision = precision_of(other, event)
    theirs, own = first_day(other.date, precision), first_day(event.date, precision)
    if theirs == own:
        return f"same-{precision}"
    return "earlier" if theirs < own else "later"


def precision_of(other: EventRef, event: Event) -> str:
    """As far as the days of both are known: the coarser of the two precisions."""
    return max(other.date_precision, event.date_precision, key=Event.Precision.values.index)
