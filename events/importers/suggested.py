"""Contexts that records do not carry but name: added by imports that are asked to."""

from collections.abc import Sequence

from events.importers.records import EventRecord
from events.suggestions import mentions_in
from events.workflow.batches import KnownContext

# A long summary may name dozens; so many are added to one entry, those that it names first.
MOST_ADDED = 12


def named_besides(
    records: Sequence[EventRecord], carried: Sequence[Sequence[KnownContext]]
) -> list[list[KnownContext]]:
    """For each record the known contexts that headline and summary name and that it does not carry.

    None is made. A query for 250 texts.
    """
    named = mentions_in(text for record in records for text in (record.headline, record.summary))
    found = []
    for own in carried:
        mentioned = [mention.context for mention in (*next(named), *next(named))]
        known = dict.fromkeys(KnownContext(context.pk, context.name, context.kind) for context in mentioned)
        present = {context.pk for context in own}
        found.append([context for context in known if context.pk not in present][:MOST_ADDED])
    return found
