"""The Content-Security-Policy, written once."""

from collections.abc import Callable

from csp.constants import HEADER, HEADER_REPORT_ONLY
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PolicyMiddleware(CSPMiddleware):
    """django-csp's own, which writes the policy anew for each answer: a seventh of what a 304 takes.

    So it does here too, but only for answers that ask for something else than the settings say.
    """

    def __init__(self, get_response: Callable) -> None:
        super().__init__(get_response)
        written = {HEADER: build_policy(), HEADER_REPORT_ONLY: build_policy(report_only=True)}
        self.policies = {header: policy for header, policy in written.items() if policy}

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if settings.DEBUG or differs(request, response):
            return super().process_response(request, response)
        for header, policy in self.policies.items():
            response.setdefault(header, policy)
        return response


def differs(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a decorator of django-csp has marked the answer, or a template has asked for a nonce."""
    return hasattr(request, "_csp_nonce") or any(name.startswith("_csp") for name in vars(response))
