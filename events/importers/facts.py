"""Contexts and publishers that come with facts of their own."""

from django.core.exceptions import ValidationError
from django.db import transaction

from events import derived
from events.importers.columns import check_columns, check_lengths
from events.importers.directories import check_names
from events.importers.records import ContextRecord, PublisherRecord
from events.importers.results import INVALID, NEW, UNCHANGED, UPDATED, RowResult
from events.models import Context, ContextAddress, ContextName, Publisher
from events.text.folding import name_key
from events.workflow.contexts import refresh

SLUG_CHARS = ContextAddress._meta.get_field("slug").max_length

# Parents that nobody knows yet, by the name of the child: they may stand further down in the file, with an
# address of their own.
Waiting = dict[str, list[str]]


def write_context(record: ContextRecord, waiting: Waiting) -> RowResult:
    """Make or complete a context; its unknown parents are put among `waiting`. Raises ValidationError."""
    check_context(record)
    known = Context.objects.by_names([record.name]).get(name_key(record.name))
    context = known or Context(name=record.name)
    before = facts_of(context) if known else None
    for name in ("kind", "description", "wikidata", "media_topic"):
        setattr(context, name, getattr(record, name) or getattr(context, name))
    if record.is_not_for_related:
        context.is_for_related = False
    if record.slug and not ContextAddress.objects.filter(slug=record.slug).exclude(context=known).exists():
        context.slug = record.slug
    context.clean()
    context.save()
    parents = Context.objects.by_names(record.parents)
    context.parents.add(*(parent for parent in parents.values() if parent != context))
    if unknown := [name for name in record.parents if name_key(name) not in parents]:
        waiting.setdefault(record.name, []).extend(unknown)
    for alias in record.aliases:
        if not ContextName.objects.filter(key=name_key(alias)).exists():
            ContextName.objects.create(name=alias, context=context)
    for slug in record.old_slugs:
        ContextAddress.objects.get_or_create(slug=slug, defaults={"context": context})
    if known is None:
        return RowResult(record.where, NEW)
    after = facts_of(context)
    if after == before:
        return RowResult(record.where, UNCHANGED)
    # Search knows its events by its names, and pages show the rest.
    refresh([context.pk])
    return RowResult(record.where, UPDATED)


def check_context(record: ContextRecord) -> None:
    """Whether the record fits a context; of parents whoever makes them tells. Raises ValidationError."""
    check_columns(record, Context)
    check_names([record.name, *record.aliases])
    check_lengths("old_slugs", record.old_slugs, SLUG_CHARS)


@transaction.atomic
def adopt(waiting: Waiting) -> list[RowResult]:
    """Put the contexts under the parents that they had to wait for; those that never came are made now.

    Tells of each whose parents cannot be made.
    """
    children = Context.objects.by_names(list(waiting))
    moved = []
    problems = []
    for name, parents in waiting.items():
        if child := children.get(name_key(name)):
            known = set(child.parents.all())
            try:
                found = {parent for parent in Context.objects.resolve(parents) if parent != child}
            except ValidationError as error:
                problems.append(RowResult(name, INVALID, " ".join(error.messages)))
                continue
            if not found <= known:
                child.parents.add(*found)
                moved.append(child.pk)
    if moved:
        # Suggestions know the events of a context by what it lies under.
        refresh(moved)
    return problems


def facts_of(context: Context) -> tuple:
    """All that a record can change."""
    return (
        context.kind,
        context.description,
        context.wikidata,
        context.media_topic,
        context.slug,
        context.is_for_related,
        set(context.parents.values_list("pk", flat=True)),
        set(context.names.values_list("key", flat=True)),
        set(context.addresses.values_list("slug", flat=True)),
    )


def write_publisher(record: PublisherRecord) -> RowResult:
    """Make a publisher or give it the name that an editor chose. Raises ValidationError."""
    check_columns(record, Publisher)
    publisher, is_new = Publisher.objects.get_or_create(
        host=record.host, defaults={"name": record.name, "country": record.country}
    )
    if is_new:
        return RowResult(record.where, NEW)
    country = record.country or publisher.country
    if (publisher.name, publisher.country) == (record.name, country):
        return RowResult(record.where, UNCHANGED)
    publisher.name, publisher.country = record.name, country
    publisher.save()
    derived.touch()
    return RowResult(record.where, UPDATED)
