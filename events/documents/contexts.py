"""The pages of contexts: their directory, one of them, several together."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.conf import conf
from events.documents.builders import build_events, render_cached
from events.documents.counts import waiting_by_context
from events.documents.days import build_sections, most_carried
from events.documents.links import feed_links, make_page
from events.documents.paging import cursor_query, pager, read_names, read_prepared, read_window
from events.documents.rows import for_lists
from events.documents.types import ContextDocument, ContextRef, EventDocument, Facet, Link, ListPage
from events.models import Context, ContextAddress, ContextListing, ContextName
from events.prepared import Slot, any_of, prepared

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
    """ "/contexts/homs/", and for several "/contexts/homs+syria/", in whatever order they were asked for."""
    return f"/contexts/{'+'.join(sorted(found.slug for found in contexts))}/"


def find_contexts(slugs: Sequence[str], *, now: datetime) -> list[Context]:
    """The public contexts of these addresses in the order asked for, also by former addresses.

    Raises Context.DoesNotExist when one is unknown or not public.
    """
    rows = addressed(slugs=list(slugs), now=now)
    found = {row.slug: row.context for row in rows}
    if len(found) != len(set(slugs)):
        raise Context.DoesNotExist
    return list(dict.fromkeys(found[slug] for slug in slugs))


@prepared
def addressed(*, slugs: Slot, now: Slot) -> QuerySet:
    # Asked of each context found; with "in" SQLite would first collect all that are public.
    is_public = Exists(Context.objects.public(now=now).filter(pk=OuterRef("context")))
    return ContextAddress.objects.filter(is_public, slug__in=any_of(slugs, "text")).select_related("context")


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
    cursors = {"size": conf.PAGE_SIZE, "before": before, "after": after}
    window = (
        read_prepared(listings, context=contexts[0].pk, now=now, **cursors)
        if len(contexts) == 1
        else read_window(listings_of(contexts, now=now), **cursors)
    )
    events = build_events(for_lists([row.event_id for row in window.rows], now=now), now=now)
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
        sections=build_sections(events, window=window),
        contexts=together_with(contexts, events),
    )


def listings(*, context: Context | Slot, now: datetime | Slot) -> QuerySet:
    return ContextListing.objects.public(now=now).filter(context=context)


def listings_of(contexts: Sequence[Context], *, now: datetime) -> QuerySet:
    """The listings of the rarest of `contexts` whose events carry the others too."""
    rarest, *others = sorted(contexts, key=lambda found: found.events_count)
    rows = listings(context=rarest, now=now)
    for other in others:
        rows = rows.filter(Exists(ContextListing.objects.filter(event=OuterRef("event"), context=other)))
    return rows


def describe(contexts: Sequence[Context], *, now: datetime) -> tuple[ContextDocument, ...]:
    """What the page of contexts tells of each; parents and children only where they are public.

    Four queries for any number of contexts.
    """
    pks = [found.pk for found in contexts]
    parents, children, aliases = (
        by_context(parents_of(contexts=pks, now=now)),
        by_context(children_of(contexts=pks, now=now)),
        by_context(aliases_of(contexts=pks)),
    )
    return tuple(
        ContextDocument(
            ref=ref,
            description=found.description,
            description_html=render_cached(found.description) if found.description else "",
            parents=tuple(ContextRef(*row) for row in parents[found.pk]),
            children=tuple(ContextRef(*row) for row in children[found.pk]),
            aliases=tuple(name for (name,) in aliases[found.pk]),
            wikidata=found.wikidata,
            media_topic=found.media_topic,
        )
        for found, ref in zip(contexts, counted(contexts, now=now), strict=True)
    )


@prepared
def parents_of(*, contexts: Slot, now: Slot) -> QuerySet:
    rows = Context.objects.public(now=now).filter(children__in=any_of(contexts)).order_by("name")
    return rows.values_list("children", "name", "slug", "kind")


@prepared
def children_of(*, contexts: Slot, now: Slot) -> QuerySet:
    rows = Context.objects.public(now=now).filter(parents__in=any_of(contexts)).order_by("name")
    return rows.values_list("parents", "name", "slug", "kind")


@prepared
def aliases_of(*, contexts: Slot) -> QuerySet:
    rows = ContextName.objects.filter(context__in=any_of(contexts), is_alias=True).order_by("name")
    return rows.values_list("context_id", "name")


def by_context(rows: list[tuple]) -> dict[int, list[tuple]]:
    """Rows that begin with a context's key, by that key."""
    found: dict[int, list[tuple]] = defaultdict(list)
    for pk, *facts in rows:
        found[pk].append(tuple(facts))
    return found


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
