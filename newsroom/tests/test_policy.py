from csp.constants import NONCE
from csp.decorators import csp_exempt, csp_replace, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, SimpleTestCase, override_settings

from newsroom.policy import PolicyMiddleware

POLICY = "Content-Security-Policy"


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read", content_type="text/plain")


def with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<script nonce={request.csp_nonce}>")


def rules(policy: str) -> set[str]:
    """django-csp writes the rules in any order."""
    return set(policy.split("; "))


class PolicyTests(SimpleTestCase):
    def asked(self, view, middleware=PolicyMiddleware) -> HttpResponse:
        return middleware(view)(RequestFactory().get("/"))

    def test_the_policy_is_the_one_that_django_csp_writes(self):
        with override_settings(DEBUG=False):
            ours, theirs = self.asked(answer), self.asked(answer, CSPMiddleware)
        self.assertIn("default-src 'self'", rules(ours[POLICY]))
        self.assertEqual(rules(ours[POLICY]), rules(theirs[POLICY]))

    def test_a_view_may_ask_for_another_one(self):
        open_to_all = csp_replace({"frame-ancestors": ["*"]})(answer)
        self.assertIn("frame-ancestors *", rules(self.asked(open_to_all)[POLICY]))
        more = csp_update({"img-src": ["https://pictures.example"]})(answer)
        self.assertIn("https://pictures.example", self.asked(more)[POLICY])
        self.assertNotIn(POLICY, self.asked(csp_exempt()(answer)))

    def test_a_nonce_that_a_page_has_used_stands_in_its_policy(self):
        with override_settings(CONTENT_SECURITY_POLICY={"DIRECTIVES": {"script-src": [NONCE]}}):
            found = self.asked(with_nonce)
        nonce = found.content.decode().partition("nonce=")[2].rstrip(">")
        self.assertIn(f"'nonce-{nonce}'", found[POLICY])

    def test_what_is_only_reported_is_sent_too(self):
        with override_settings(CONTENT_SECURITY_POLICY_REPORT_ONLY={"DIRECTIVES": {"img-src": ["'none'"]}}):
            found = self.asked(answer)
        self.assertIn("img-src 'none'", found["Content-Security-Policy-Report-Only"])
        self.assertIn("default-src 'self'", found[POLICY])
