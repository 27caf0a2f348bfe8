"""Contexts and publishers of a whole batch: found or made with a few statements."""

from collections.abc import Collection, Iterable

from events import derived
from events.citations.publishers import publisher_name
from events.importers.records import EventRecord
from events.models import Context, ContextAddress, ContextName, Publisher
from events.sql import among
from events.text.folding import name_key
from events.text.slugs import slugify_name
from events.workflow.batches import KnownContext, NewCitation
from events.workflow.inserts import insert, reserve

Contexts = dict[str, KnownContext]

NEW_CONTEXT = (
    "id",
    "key",
    "name",
    "slug",
    "kind",
    "description",
    "wikidata",
    "media_topic",
    "is_for_related",
    "events_count",
)
NOTHING = ("", "", "", True, 0)


def find_contexts(records: Iterable[EventRecord]) -> Contexts:
    """All contexts that the records name, by the key of the name; unknown ones are made.

    Story lines become contexts of kind story, each under those of the level before it.
    """
    names: dict[str, str] = {}
    stories: set[str] = set()
    for record in records:
        for name in record.contexts:
            names.setdefault(name_key(name), name)
        for level in record.stories:
            for name in level:
                names.setdefault(name_key(name), name)
                stories.add(name_key(name))
    contexts = known_contexts(names)
    make_contexts({key: name for key, name in names.items() if key not in contexts}, stories, contexts)
    topics = [contexts[key].pk for key in stories if contexts[key].kind == Context.Kind.TOPIC]
    if topics:
        Context.objects.filter(pk__in=topics).update(kind=Context.Kind.STORY)
        derived.recount_story_days(topics)
    nest(records, contexts)
    return contexts


def known_contexts(keys: Iterable[str]) -> Contexts:
    rows = ContextName.objects.filter(key__in=among(list(keys))).order_by()
    return {
        key: KnownContext(*facts)
        for key, *facts in rows.values_list("key", "context", "context__name", "context__kind")
    }


def make_contexts(names: dict[str, str], stories: set[str], contexts: Contexts) -> None:
    """Make contexts of these names by key and add them to `contexts`."""
    if not names:
        return
    slugs = free_slugs(names)
    made = {
        key: KnownContext(pk, name, (Context.Kind.STORY if key in stories else Context.Kind.TOPIC).value)
        for pk, (key, name) in zip(reserve(Context, len(names)), names.items(), strict=True)
    }
    insert(
        Context,
        NEW_CONTEXT,
        [(found.pk, key, found.name, slugs[key], found.kind, *NOTHING) for key, found in made.items()],
    )
    insert(
        ContextName,
        ("key", "name", "is_alias", "context_id"),
        [(key, found.name, False, found.pk) for key, found in made.items()],
    )
    insert(ContextAddress, ("slug", "context_id"), [(slugs[key], found.pk) for key, found in made.items()])
    contexts.update(made)


def free_slugs(names: dict[str, str]) -> dict[str, str]:
    """A slug for each of these names that no other context has or had."""
    wished = {key: slugify_name(name) for key, name in names.items()}
    taken = set(ContextAddress.objects.filter(slug__in=among(wished.values())).values_list("slug", flat=True))
    for key, slug in wished.items():
        number = 2
        while wished[key] in taken:
            wished[key] = f"{slug}-{number}"
            if ContextAddress.objects.filter(slug=wished[key]).exists():
                taken.add(wished[key])
            number += 1
        taken.add(wished[key])
    return wished


def nest(records: Iterable[EventRecord], contexts: Contexts) -> None:
    """Put each level of the records' story lines under the level before it."""
    links: dict[tuple[int, int], None] = {}
    for record in records:
        for outer, inner in zip(record.stories, record.stories[1:], strict=False):
            for parent in outer:
                for child in inner:
                    pair = (contexts[name_key(child)].pk, contexts[name_key(parent)].pk)
                    # Editors nest two stories now this way, now that: the first way stays.
                    if pair[0] != pair[1] and pair[::-1] not in links:
                        links[pair] = None
    if not links:
        return
    through = Context.parents.through
    touched = {pk for pair in links for pk in pair}
    present = set(
        through.objects.filter(from_context__in=touched, to_context__in=touched).values_list(
            "from_context_id", "to_context_id"
        )
    )
    through.objects.bulk_create(
        through(from_context_id=child, to_context_id=parent)
        for child, parent in links
        if (child, parent) not in present and (parent, child) not in present
    )


def carried(record: EventRecord, contexts: Contexts) -> list[KnownContext]:
    """The contexts of one record in order, its story lines last."""
    names = [*record.contexts, *(name for level in record.stories for name in level)]
    return list(dict.fromkeys(contexts[name_key(name)] for name in names))


def give_publishers(citations: Iterable[NewCitation]) -> None:
    """Set the publisher of each citation; hosts that are cited for the first time become publishers."""
    hosts: dict[str, list[NewCitation]] = {}
    for citation in citations:
        if citation.host:
            hosts.setdefault(citation.host, []).append(citation)
    publishers = known_publishers(hosts)
    unknown = [host for host in hosts if host not in publishers]
    made = dict(zip(unknown, reserve(Publisher, len(unknown)), strict=True))
    insert(
        Publisher,
        ("id", "host", "name", "country", "events_count"),
        [(pk, host, publisher_name(host, hosts[host][0].label)[:200], "", 0) for host, pk in made.items()],
    )
    publishers |= made
    for host, group in hosts.items():
        for citation in group:
            citation.publisher_id = publishers[host]


def known_publishers(hosts: Collection[str]) -> dict[str, int]:
    return dict(Publisher.objects.filter(host__in=among(hosts)).order_by().values_list("host", "pk"))
