"""With SQLite in memory all threads of a test and its server share one connection: they must take turns."""

import threading
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

# A request holds it to its end; its own statements take it once more.
TURN = threading.RLock()


def one_at_a_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    def answer(request: HttpRequest) -> HttpResponse:
        with TURN:
            return get_response(request)

    return answer


def in_turn(execute: Callable, *statement: Any) -> Any:
    """For `connection.execute_wrapper`: a test's statement waits for the request that is being answered.

    It would see the request's transaction half done, or a preview's that is about to be taken back.
    """
    with TURN:
        return execute(*statement)
