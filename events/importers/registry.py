"""The importers, in the order in which people are offered them."""

from events.importers import context_markdown, feed, jsonl, wxr, wxr_events
from events.importers.base import Importer

IMPORTERS: tuple[Importer, ...] = (jsonl, context_markdown, feed, wxr, wxr_events)

_BY_NAME = {importer.name: importer for importer in IMPORTERS}


def get_importer(name: str) -> Importer:
    """The importer of a name; raises KeyError if there is none."""
    return _BY_NAME[name]
