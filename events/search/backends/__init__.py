"""One back end a database; the rest of the package sees the interface only."""

from django.db import connection

from events.search.backends.base import SearchBackend
from events.search.backends.postgres import PostgresBackend
from events.search.backends.sqlite import SqliteBackend

BACKENDS: dict[str, SearchBackend] = {"sqlite": SqliteBackend(), "postgresql": PostgresBackend()}


def current() -> SearchBackend:
    """The back end of the project's database."""
    return BACKENDS[connection.vendor]
