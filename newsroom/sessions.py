"""Sessions, and what needs them, for the desk alone: readers have none."""

from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest, HttpResponse


class DeskOnly:
    """Passes on every request whose address the session's cookie is not sent to: for a reader who has the
    page already, these steps would be a twelfth of the answer."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(settings.SESSION_COOKIE_PATH):
            return super().__call__(request)
        return self.get_response(request)


class SessionMiddleware(DeskOnly, sessions.SessionMiddleware):
    pass


class AuthenticationMiddleware(DeskOnly, auth.AuthenticationMiddleware):
    pass


class MessageMiddleware(DeskOnly, messages.MessageMiddleware):
    pass
