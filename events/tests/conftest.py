"""What every test of the newsroom starts from."""

import pytest
from django.core.cache import cache

from events.related import counts


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """A test that rolled its writes back leaves pages under numbers that the next test uses again."""
    cache.clear()
    counts.forget()
