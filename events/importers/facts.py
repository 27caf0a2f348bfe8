"""Contexts and publishers that come with facts of their own."""

from events.importers.records import ContextRecord, PublisherRecord
from events.importers.results import NEW, UNCHANGED, UPDATED, RowResult
from events.models import Context, ContextAddress, ContextName, Publisher
from events.text.folding import name_key


def write_context(record: ContextRecord) -> RowResult:
    """Make or complete a context. Raises ValidationError."""
    known = Context.objects.by_names([record.name]).get(name_key(record.name))
    context = known or Context(name=record.name)
    before = facts_of(context) if known else None
    for name in ("kind", "description", "wikidata", "media_topic", "slug"):
        setattr(context, name, getattr(record, name) or getattr(context, name))
    context.clean()
    context.save()
    context.parents.add(*Context.objects.resolve(record.parents))
    for alias in record.aliases:
        if not ContextName.objects.filter(key=name_key(alias)).exists():
            ContextName.objects.create(name=alias, context=context)
    for slug in record.old_slugs:
        ContextAddress.objects.get_or_create(slug=slug, defaults={"context": context})
    if known is None:
        return RowResult(record.where, NEW)
    return RowResult(record.where, UNCHANGED if facts_of(context) == before else UPDATED)


def facts_of(context: Context) -> tuple:
    """All that a record can change."""
    return (
        context.kind,
        context.description,
        context.wikidata,
        context.media_topic,
        context.slug,
        set(context.parents.values_list("pk", flat=True)),
        set(context.names.values_list("key", flat=True)),
        set(context.addresses.values_list("slug", flat=True)),
    )


def write_publisher(record: PublisherRecord) -> RowResult:
    """Make a publisher or give it the name that an editor chose."""
    publisher, is_new = Publisher.objects.get_or_create(
        host=record.host, defaults={"name": record.name, "country": record.country}
    )
    if is_new:
        return RowResult(record.where, NEW)
    if (publisher.name, publisher.country) == (record.name, record.country):
        return RowResult(record.where, UNCHANGED)
    publisher.name, publisher.country = record.name, record.country
    publisher.save()
    return RowResult(record.where, UPDATED)
