"""Every query of a request is counted."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, TestCase

from bench.counting import HEADER, QueryCountMiddleware


def three_queries(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        for number in range(3):
            cursor.execute("SELECT %s", [number])
    return HttpResponse()


class QueryCountMiddlewareTests(TestCase):
    def test_header_says_how_many_queries_were_made(self) -> None:
        middleware = QueryCountMiddleware(three_queries)
        for _ in range(2):
            self.assertEqual(middleware(RequestFactory().get("/"))[HEADER], "3")
