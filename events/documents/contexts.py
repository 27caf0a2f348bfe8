"""The pages of contexts: their directory, one of them, several together."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.conf import conf
from events.documents.builders import build_context_ref, build_events, render_cached
from events.documents.counts import waiting_by_context
from events.documents.days import build_sections, most_carried
from events.documents.links import feed_links, make_page
from events.documents.paging import cursor_query, pager, read_names, read_window
from events.documents.types import ContextDocument, ContextRef, EventDocument, Facet, Link, ListPage
from events.models import Context, ContextAddress, ContextListing, ContextName, Event

DIRECTORY_SIZE = 120
TOGETHER = 12
MOST_TOGETHER = 4
# What several contexts of a kind are called; `Context.Kind` has the words for one.
KINDS = {
    Context.Kind.TOPIC: gettext_lazy("Topics"),
    Context.Kind.PERSON: gettext_lazy("People"),
    Context.Kind.PLACE: gettext_lazy("Places"),
    Context.Kind.ORGANISATION: gettext_lazy("Organisations"),
    Context.Kind.STORY: gettext_lazy("Stories"),
}


def contexts_path(contexts: Sequence[Context]) -> str:
    """ "/contexts/homs/", and for several "/contexts/homs+syria/"."""
    return f"/contexts/{'+'.join(found.slug for found in contexts)}/"


def find_contexts(slugs: Sequence[str], *, now: datetime) -> list[Context]:
    """The public contexts of these addresses in the order asked for, also by former addresses.

    Raises Context.DoesNotExist when one is unknown or not public.
    """
    # Asked of each context found; with "in" SQLite would first collect all that are public.
    is_public = Exists(Context.objects.public(now=now).filter(pk=OuterRef("context")))
    rows = ContextAddress.objects.filter(is_public, slug__in=slugs)
    found = {row.slug: row.context for row in rows.select_related("context")}
    if len(found) != len(set(slugs)):
        raise Context.DoesNotExist
    return list(dict.fromkeys(found[slug] for slug in slugs))


def counted(contexts: Sequence[Context], *, now: datetime) -> list[ContextRef]:
    """References with the number of public events of each."""
    waiting = waiting_by_context([found.pk for found in contexts], now=now)
    return [
        ContextRef(found.name, found.slug, found.kind, found.events_count - waiting.get(found.pk, 0))
        for found in contexts
    ]


def context_page(
    contexts: Sequence[Context], *, now: datetime, before: str = "", after: str = ""
) -> ListPage:
    """The events that carry all of `contexts`, newest day first, with what is known of each context."""
    path = contexts_path(contexts)
    window = read_window(listings_of(contexts, now=now), size=conf.PAGE_SIZE, before=before, after=after)
    rows = Event.objects.public(now=now).for_list().in_order_of([row.event_id for row in window.rows])
    events = build_events(rows, now=now)
    newer, older = pager(path, window)
    subjects = describe(contexts, now=now)
    title = " + ".join(found.name for found in contexts)
    count = subjects[0].ref.count if len(subjects) == 1 else None
    return ListPage(
        page=make_page(
            "context",
            title,
            path,
            trail=(Link("/contexts/", _("Contexts")),),
            query=cursor_query(before, after),
            previous=newer,
            next=older,
            description=_("The events of %(context)s, day by day.") % {"context": title},
            feeds=feed_links(f"{path}feed", title),
            is_indexed=len(contexts) == 1,
        ),
        count=count,
        subjects=subjects,
        sections=build_sections(events),
        contexts=together_with(contexts, events),
    )


def listings_of(contexts: Sequence[Context], *, now: datetime) -> QuerySet:
    """The listings of the rarest of `contexts` whose events carry the others too."""
    rarest, *others = sorted(contexts, key=lambda found: found.events_count)
    rows = ContextListing.objects.public(now=now).filter(context=rarest)
    for other in others:
        rows = rows.filter(Exists(ContextListing.objects.filter(event=OuterRef("event"), context=other)))
    return rows


def describe(contexts: Sequence[Context], *, now: datetime) -> tuple[ContextDocument, ...]:
    """What the page of contexts tells of each; parents and children only where they are public.

    Four queries for any number of contexts.
    """
    public = Context.objects.public(now=now).only("name", "slug", "kind")
    prefetch_related_objects(
        contexts,
        Prefetch("parents", public.order_by("name"), to_attr="public_parents"),
        Prefetch("children", public.order_by("name"), to_attr="public_children"),
        Prefetch("names", ContextName.objects.filter(is_alias=True).order_by("name"), to_attr="alias_rows"),
    )
    return tuple(
        ContextDocument(
            ref=ref,
            description=found.description,
            description_html=render_cached(found.description) if found.description else "",
            parents=tuple(map(build_context_ref, found.public_parents)),
            children=tuple(map(build_context_ref, found.public_children)),
            aliases=tuple(row.name for row in found.alias_rows),
            wikidata=found.wikidata,
            media_topic=found.media_topic,
        )
        for found, ref in zip(contexts, counted(contexts, now=now), strict=True)
    )


def together_with(contexts: Sequence[Context], events: Sequence[EventDocument]) -> tuple[ContextRef, ...]:
    """The other contexts that the events of this page carry most."""
    own = {found.slug for found in contexts}
    ranked = most_carried(events, TOGETHER + len(own))
    return tuple(ref for ref, _number in ranked if ref.slug not in own)[:TOGETHER]


def contexts_directory(*, now: datetime, kind: str = "", before: str = "", after: str = "") -> ListPage:
    """All public contexts by name, a page at a time; `kind` narrows them. A cursor is a context's slug."""
    rows = Context.objects.public(now=now).defer("description")
    narrowing = f"kind={kind}" if kind else ""
    window = read_names(
        rows.filter(kind=kind) if kind else rows, key="slug", size=DIRECTORY_SIZE, before=before, after=after
    )
    previous, following = pager("/contexts/", window, query=narrowing, words=(_("Previous"), _("Next")))
    query = "&".join(part for part in (narrowing, cursor_query(before, after)) if part)
    return ListPage(
        page=make_page(
            "context_list",
            _("Contexts"),
            "/contexts/",
            query=query,
            previous=previous,
            next=following,
            description=_("The topics, people, places, organisations and stories of the chronicle."),
        ),
        contexts=tuple(counted(window.rows, now=now)),
        facets=(kinds_facet(kind),),
    )


def kinds_facet(current: str) -> Facet:
    links = [Link("/contexts/", _("All"), is_current=not current)]
    links += [
        Link(f"/contexts/?kind={kind}", str(name), is_current=kind == current) for kind, name in KINDS.items()
    ]
    return Facet("kind", _("Kind"), tuple(links))
