"""With SQLite in memory all threads of a test's server share one connection: requests must take turns."""

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

TURN = threading.Lock()


def one_at_a_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    def answer(request: HttpRequest) -> HttpResponse:
        with TURN:
            return get_response(request)

    return answer
