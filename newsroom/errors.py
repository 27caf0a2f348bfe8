"""Pages for requests that went wrong. Each says what was wrong and is never kept by a cache."""

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from newsroom.desk import is_kept, is_of_desk

# How Django's reasons begin where a form came from a page of another site, or may have.
ELSEWHERE = ("Origin checking failed", "Referer checking failed")


def _problem(exception: Exception) -> str:
    """Return the sentence that the raiser meant for readers, or nothing.

    Django's resolver raises `Http404` with a dictionary of the patterns tried; that is for developers.
    """
    message = exception.args[0] if exception.args else ""
    return message if isinstance(message, str) else ""


def _page(request: HttpRequest, status: int, problem: str) -> HttpResponse:
    response = render(request, f"{status}.html", {"problem": problem}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: an impossible filter, page or format, in the words of the view's `BadRequest`.

    Django's own `SuspiciousOperation` ends here too; its messages name folders and hosts and stay unsaid.
    """
    return _page(request, 400, _problem(exception) if isinstance(exception, BadRequest) else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _page(request, 403, _problem(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that came without a valid token (`reason` is Django's, in English).

    What an editor typed before logging in again is carried along; nothing that another site sent is.
    """
    if is_of_desk(request) and is_kept(request) and not reason.startswith(ELSEWHERE):
        return admin.site.ask_again(request)
    advice = _("The form was too old or came from another site. Go back, reload it and send it again.")
    return _page(request, 403, advice)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return _page(request, 404, _problem(exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, from a template without any context: what fills the others may be what failed."""
    template = get_template("500.html")
    try:
        page = template.render()
    except Exception:  # noqa: BLE001 (the list of style sheets may be what failed, or is not there yet)
        page = template.render({"is_bare": True})
    response = HttpResponseServerError(page)
    response["Cache-Control"] = "no-store"
    return response
