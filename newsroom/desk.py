"""The admin site of the newsroom: a form that comes too late is kept, and sent once more.

Where the session has ended its page asks for the password. Where somebody has logged in again since the form
was made, the form holds the token of the former session: its page has a new one, and a button.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

USERNAME, PASSWORD = "_session_username", "_session_password"
NOT_KEPT = ("csrfmiddlewaretoken", USERNAME, PASSWORD)


class Desk(AdminSite):
    """Django's, but a form that comes without a session is not forgotten: its page asks for the password."""

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        @sensitive_post_parameters(PASSWORD)
        def keeping(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if "%00" in request.META.get("QUERY_STRING", ""):
                request.GET = without_nul(request.GET)
            if is_kept(request) and not self.has_permission(request):
                form = self.password_form(request)
                if not form.is_valid():
                    return self.ask_password(request, form)
                login(request, form.get_user())
                request.POST = without_password(request)
            return guarded(request, *args, **kwargs)

        return keeping

    def password_form(self, request: HttpRequest) -> AdminAuthenticationForm:
        """The form of the login page, filled in if name and password were sent."""
        sent = {"username": request.POST.get(USERNAME, ""), "password": request.POST.get(PASSWORD, "")}
        return AdminAuthenticationForm(request, data=sent if PASSWORD in request.POST else None)

    def ask_password(self, request: HttpRequest, form: AdminAuthenticationForm) -> HttpResponse:
        """A page that carries all that was sent, to be sent once more with name and password."""
        return self.kept_page(
            request,
            "admin/session_ended.html",
            title=_("Your session has ended"),
            form=form,
            username_name=USERNAME,
            password_name=PASSWORD,
            username=request.POST.get(USERNAME, ""),
        )

    def ask_again(self, request: HttpRequest) -> HttpResponse:
        """The answer to a form whose token is not this session's: a page that carries it, with one that is.

        Nothing that was sent is acted upon, not even a name and a password: whoever made the form, it is the
        person before the page who sends it, and reads first what it says and where it goes.
        """
        if not self.has_permission(request):
            return self.ask_password(request, AdminAuthenticationForm(request))
        return self.kept_page(
            request, "admin/send_again.html", title=_("The form is kept"), shown=shown(request)
        )

    def kept_page(self, request: HttpRequest, template: str, **context) -> HttpResponse:
        """A page with a form that carries all that was sent, to the same address."""
        whole = {**self.each_context(request), "kept": kept(request), **context}
        whole["files"] = [file.name for file in request.FILES.values()]
        whole["address"] = request.get_full_path()
        response = TemplateResponse(request, template, whole, status=403)
        add_never_cache_headers(response)
        return response


def is_kept(request: HttpRequest) -> bool:
    """Whether a person sent a form and sees the answer; scripts get the login page, as they expect."""
    is_seen = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return request.method == "POST" and is_seen and request.path != reverse("admin:logout")


def is_of_desk(request: HttpRequest) -> bool:
    """Whether the address is one of the desk's, behind its login page."""
    return request.path.startswith(reverse("admin:index")) and request.path != reverse("admin:login")


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, but for the token, the name and the password."""
    sent = request.POST.lists()
    return [(key, value) for key, values in sent for value in values if key not in NOT_KEPT]


def shown(request: HttpRequest) -> list[tuple[str, str]]:
    """What of it a page shows: no empty fields, and of passwords only that there is one."""
    return [(key, "•••" if "password" in key else value) for key, value in kept(request) if value.strip()]


def without_nul(data: QueryDict) -> QueryDict:
    """What an address asks for, with U+FFFD for NUL as in HTML: nobody types it; PostgreSQL refuses it."""
    readable = QueryDict(mutable=True)
    for name, values in data.lists():
        readable.setlist(name.replace("\0", "\ufffd"), [value.replace("\0", "\ufffd") for value in values])
    return readable


def without_password(request: HttpRequest):
    data = request.POST.copy()
    for name in (USERNAME, PASSWORD):
        data.pop(name, None)
    return data
