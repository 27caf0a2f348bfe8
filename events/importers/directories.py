"""Contexts and publishers of a whole batch: found or made with a few statements."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events import derived
from events.citations.publishers import publisher_name
from events.importers.records import EventRecord
from events.models import Context, ContextAddress, ContextName, Publisher
from events.models.contexts import NAME_CHARS
from events.sql import among, is_one_of, run
from events.text.folding import name_key
from events.text.slugs import slugify_name
from events.workflow.batches import KnownContext, NewCitation
from events.workflow.contexts import refresh_nested
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
NOTHING = ("", "", "", True)


class Name(NamedTuple):
    """A context's name with what tells contexts apart and the slug that it wishes for."""

    key: str
    name: str
    slug: str


class Naming(NamedTuple):
    """The contexts and the levels of story lines that a record names."""

    contexts: list[Name]
    stories: list[list[Name]]

    def names(self) -> Iterator[Name]:
        """All names in order, those of the story lines last."""
        return chain(self.contexts, *self.stories)

    def distinct(self) -> dict[str, str]:
        """These names by their keys, each as it is spelt first."""
        found: dict[str, str] = {}
        for name in self.names():
            found.setdefault(name.key, name.name)
        return found


# A file names the same contexts again and again.
@lru_cache(maxsize=50_000)
def name_of(name: str) -> Name:
    return Name(name_key(name), name, slugify_name(name))


def naming_of(record: EventRecord) -> Naming:
    """The names of a record; asks no database."""
    return Naming(
        list(map(name_of, record.contexts)), [list(map(name_of, level)) for level in record.stories]
    )


def check_names(names: Iterable[str]) -> None:
    """Raises ValidationError where a name is longer than a context's may be."""
    if any(len(name) > NAME_CHARS for name in names):
        raise ValidationError(_("The name of a context has at most 255 characters."))


def find_contexts(
    namings: Collection[Naming], published: Iterable[Naming] = ()
) -> tuple[Contexts, dict[int, int]]:
    """All contexts that are named, by the key of the name; unknown ones are made.

    Story lines become contexts of kind story, each under those of the level before it. Contexts that are
    made count the `published` namings at once; these counts are returned by primary key.
    """
    names: dict[str, Name] = {}
    stories: set[str] = set()
    for naming in namings:
        for name in naming.contexts:
            names.setdefault(name.key, name)
        for level in naming.stories:
            for name in level:
                names.setdefault(name.key, name)
                stories.add(name.key)
    contexts = known_contexts(names)
    counts = Counter(key for naming in published for key in naming.distinct())
    unknown = [name for key, name in names.items() if key not in contexts]
    made = make_contexts(unknown, stories, counts)
    contexts.update(made)
    topics = [contexts[key].pk for key in stories if contexts[key].kind == Context.Kind.TOPIC]
    if topics:
        Context.objects.filter(pk__in=topics).update(kind=Context.Kind.STORY)
        derived.recount_story_days(topics)
    nest(namings, contexts)
    return contexts, {found.pk: counts[key] for key, found in made.items()}


def known_contexts(keys: Iterable[str]) -> Contexts:
    """The contexts that have these names or aliases, by their keys: two queries, each of one table."""
    named, values = is_one_of("key", list(keys))
    names = run(f"SELECT key, context_id FROM events_contextname WHERE {named}", values)  # noqa: S608
    known, values = is_one_of("id", list({context for _key, context in names}))
    rows = run(f"SELECT id, name, kind FROM events_context WHERE {known}", values)  # noqa: S608
    contexts = {row[0]: KnownContext._make(row) for row in rows}
    return {key: contexts[context] for key, context in names}


def make_contexts(names: Collection[Name], stories: set[str], counts: Mapping[str, int]) -> Contexts:
    """Make contexts of these names, with the number of events that carry each, by key."""
    if not names:
        return {}
    slugs = free_slugs(names)
    kinds = [(Context.Kind.STORY if name.key in stories else Context.Kind.TOPIC).value for name in names]
    made = {
        name.key: KnownContext(pk, name.name, kind)
        for pk, name, kind in zip(reserve(Context, len(names)), names, kinds, strict=True)
    }
    insert(
        Context,
        NEW_CONTEXT,
        [
            (found.pk, key, found.name, slugs[key], found.kind, *NOTHING, counts[key])
            for key, found in made.items()
        ],
    )
    insert(
        ContextName,
        ("key", "name", "is_alias", "context_id"),
        [(key, found.name, False, found.pk) for key, found in made.items()],
    )
    insert(ContextAddress, ("slug", "context_id"), [(slugs[key], found.pk) for key, found in made.items()])
    return made


def free_slugs(names: Collection[Name]) -> dict[str, str]:
    """A slug that no other context has or had for each of these names, by key."""
    wished = {name.key: name.slug for name in names}
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


def nest(namings: Iterable[Naming], contexts: Contexts) -> None:
    """Put each level of the story lines under the level before it."""
    links: dict[tuple[int, int], None] = {}
    for naming in namings:
        for outer, inner in zip(naming.stories, naming.stories[1:], strict=False):
            for parent in outer:
                for child in inner:
                    pair = (contexts[child.key].pk, contexts[parent.key].pk)
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
    new = [pair for pair in links if pair not in present and pair[::-1] not in present]
    through.objects.bulk_create(through(from_context_id=child, to_context_id=parent) for child, parent in new)
    if new:
        refresh_nested({child for child, _parent in new})


def carried(naming: Naming, contexts: Contexts) -> list[KnownContext]:
    """The contexts of one record in order, its story lines last."""
    return list(dict.fromkeys(contexts[name.key] for name in naming.names()))


def give_publishers(citations: Iterable[NewCitation]) -> None:
    """Set the publisher of each citation, and its country; hosts that are cited for the first time become
    publishers."""
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
    publishers |= {host: (pk, "") for host, pk in made.items()}
    for host, group in hosts.items():
        for citation in group:
            citation.publisher_id, citation.country = publishers[host]


def known_publishers(hosts: Collection[str]) -> dict[str, tuple[int, str]]:
    """Key and country by host."""
    rows = Publisher.objects.filter(host__in=among(hosts)).order_by().values_list("host", "pk", "country")
    return {host: (pk, country) for host, pk, country in rows}
