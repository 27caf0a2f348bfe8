"""What every test of the newsroom starts from."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import connection

from events.related import counts
from events.tests.browser.one_at_a_time import in_turn
from events.tests.kept_renditions import kept_in
from events.workflow import pictures


@pytest.fixture(scope="session", autouse=True)
def _pictures_encoded_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """`bin/test` names a folder in which both its runs keep them."""
    folder = os.environ.get("KEPT_RENDITIONS") or tmp_path_factory.mktemp("renditions")
    with mock.patch.object(pictures, "make_renditions", kept_in(Path(folder))):
        yield


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
