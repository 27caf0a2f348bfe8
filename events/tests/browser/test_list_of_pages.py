"""No page of the desk is left out where each is looked at in a browser."""

from collections.abc import Iterator

from django.test import TestCase
from django.urls import resolve

from events.tests.admin import test_matrix
from events.tests.browser.desk_pages import DATA, REDIRECTS, REFUSED, DeskPages, reason_for

FRONT = "/admin/"


class ListOfPagesTests(DeskPages, TestCase):
    def setUp(self):
        self.make_newsroom()
        self.client.force_login(self.chief)
        self.listed = {route_of(path) for path in self.addresses().values()}

    def answer(self, path: str) -> str:
        """How a GET is answered, as one of the reasons, or "page"."""
        response = self.client.get(FRONT + path)
        if response.status_code in (301, 302):
            return REDIRECTS
        if response.status_code in (403, 405):
            return REFUSED
        return DATA if not response["Content-Type"].startswith("text/html") else "page"

    def test_every_route_has_its_place_or_a_reason(self):
        missing = [route for route in routes() if route not in self.listed and not reason_for(route)]
        self.assertEqual(missing, [], "pages that no browser looks at: put them into `desk_pages`")

    def test_reasons_are_true(self):
        for route in routes():
            if route not in self.listed:
                with self.subTest(route):
                    self.assertEqual(self.answer(self.path_of(route)), reason_for(route))

    def test_pages_of_the_list_are_pages(self):
        for name, path in self.addresses().items():
            with self.subTest(name):
                self.assertEqual(self.answer(path), "page")
                # Either has a page or a reason to have none; what leads on may have one all the same.
                self.assertIn(reason_for(route_of(path)), ("", REDIRECTS))


def routes() -> Iterator[str]:
    """As Django tells the route of an address."""
    return (route.removeprefix("^") for route in test_matrix.routes())


def route_of(path: str) -> str:
    return resolve(FRONT + path.partition("?")[0]).route.removeprefix("admin/")
