"""One back end a database and an index; the rest of the package sees the interface only."""

from django.db import connection

from events.search.backends.base import SearchBackend
from events.search.backends.postgres import PostgresBackend
from events.search.backends.sqlite import SqliteBackend

# What the names of an index's tables begin with.
EVENTS, ARTICLES = "events_search", "events_articlesearch"
BACKENDS: dict[str, dict[str, SearchBackend]] = {
    vendor: {index: backend(index) for index in (EVENTS, ARTICLES)}
    for vendor, backend in (("sqlite", SqliteBackend), ("postgresql", PostgresBackend))
}


def current(index: str = EVENTS) -> SearchBackend:
    """The back end of the project's database."""
    return BACKENDS[connection.vendor][index]
