"""What every test of the newsroom starts from."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection

from events.related import counts
from events.tests.browser.one_at_a_time import in_turn


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """A test that rolled its writes back leaves pages under numbers that the next test uses again."""
    cache.clear()
    counts.forget()


@pytest.fixture(autouse=True)
def _in_turn(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.node.get_closest_marker("browser"):
        yield
        return
    with connection.execute_wrapper(in_turn):
        yield
