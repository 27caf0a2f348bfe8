"""The admin site of the newsroom: what is sent after a session ended is kept, and saved with the password."""

from collections.abc import Callable
from functools import wraps

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
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
        context = {
            **self.each_context(request),
            "title": _("Your session has ended"),
            "form": form,
            "username_name": USERNAME,
            "password_name": PASSWORD,
            "username": request.POST.get(USERNAME, ""),
            "kept": [
                (key, value)
                for key, values in request.POST.lists()
                for value in values
                if key not in NOT_KEPT
            ],
            "files": [file.name for file in request.FILES.values()],
            "address": request.get_full_path(),
        }
        response = TemplateResponse(request, "admin/session_ended.html", context, status=403)
        add_never_cache_headers(response)
        return response


def is_kept(request: HttpRequest) -> bool:
    """Whether a person sent a form and sees the answer; scripts get the login page, as they expect."""
    is_seen = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return request.method == "POST" and is_seen and request.path != reverse("admin:logout")


def without_password(request: HttpRequest):
    data = request.POST.copy()
    for name in (USERNAME, PASSWORD):
        data.pop(name, None)
    return data
