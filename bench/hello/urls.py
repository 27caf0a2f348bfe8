"""One view at every address, so that each page has its counterpart."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, world!", content_type="text/plain")


urlpatterns = [re_path("", hello)]
