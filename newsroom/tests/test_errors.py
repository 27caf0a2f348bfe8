from unittest import mock

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import SimpleTestCase, override_settings
from django.urls import path

handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.forbidden"
handler404 = "newsroom.errors.not_found"
handler500 = "newsroom.errors.server_error"


def raising(exception: Exception):
    def view(request):
        raise exception

    return view


urlpatterns = [
    path("bad", raising(BadRequest("The day has no number 40."))),
    path("suspicious", raising(SuspiciousOperation("outside of /srv/secret"))),
    path("forbidden", raising(PermissionDenied("Only editors."))),
    path("absent", raising(Http404("There is no 30 February."))),
    path("broken", raising(RuntimeError("password in a traceback"))),
]


@override_settings(ROOT_URLCONF=__name__)
class ErrorPageTests(SimpleTestCase):
    def page(self, address: str, status: int) -> str:
        self.client.raise_request_exception = False
        with self.assertLogs("django.request"):
            response = self.client.get(address)
        self.assertEqual(response.status_code, status)
        self.assertEqual(response["Cache-Control"], "no-store")
        return response.content.decode()

    def test_says_what_was_wrong(self):
        self.assertIn("The day has no number 40.", self.page("/bad", 400))
        self.assertIn("Only editors.", self.page("/forbidden", 403))
        self.assertIn("There is no 30 February.", self.page("/absent", 404))

    def test_an_address_without_a_view_shows_no_patterns(self):
        self.assertNotIn("tried", self.page("/nothing-here", 404))

    def test_internals_stay_unsaid(self):
        self.assertNotIn("password", self.page("/broken", 500))

    def test_a_page_comes_also_where_no_style_sheet_is_found(self):
        lost = ValueError("Missing staticfiles manifest entry for 'css/tokens.css'")
        with mock.patch.object(staticfiles_storage, "url", side_effect=lost):
            page = self.page("/broken", 500)
        self.assertIn("Stop press", page)
        self.assertNotIn("stylesheet", page)

    def test_the_words_of_a_suspicious_operation_stay_unsaid(self):
        with self.assertLogs("django.security"):
            response = self.client.get("/suspicious")
        self.assertEqual(response.status_code, 400)
        self.assertNotIn("secret", response.content.decode())
