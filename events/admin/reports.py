"""Whole lists behind the parts of the dashboard: links that died, single origins, silent story lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from events.admin.event_list import BoundedPaginator
from events.models import NewsroomReport
from events.reports import origins, silences
from events.reports.dead_links import dead_links, missing_pages
from events.reports.kept import kept
from events.workflow.permissions import may

A_PAGE = 50


class Found(NamedTuple):
    """A page of a list: what it is made from, the rows that hold still, and the worker's result if any."""

    page: Page
    rows: Sequence
    made: NewsroomReport | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is the last part of its address, the name of its view and of the template of its rows."""

    name: str
    title: str | Promise
    find: Callable[[HttpRequest], Found]
    is_worked_out: bool = True

    @property
    def part(self) -> str:
        return f"admin/dashboard/_{self.word}.html"

    @property
    def word(self) -> str:
        return self.name.replace("-", "_")


def whose(user: AbstractBaseUser) -> AbstractBaseUser | None:
    """Whose entries a user is told of: all (None), but their own alone if they may not publish."""
    return None if may(user, "publish") else user


def find_dead_links(request: HttpRequest) -> Found:
    by = whose(request.user)
    page = BoundedPaginator(missing_pages(by=by), A_PAGE).get_page(request.GET.get("p"))
    return Found(page, dead_links(list(page), by=by))


def find_single_origins(request: HttpRequest) -> Found:
    made = kept([origins.NAME]).get(origins.NAME)
    found = origins.singles_in(made.facts, by=whose(request.user)) if made else []
    page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    return Found(page, origins.still_single(list(page), now=timezone.now()), made)


def find_silences(request: HttpRequest) -> Found:
    now = timezone.now()
    today = timezone.localdate(now)
    made = kept([silences.NAME]).get(silences.NAME)
    found = silences.silences_in(made.facts if made else [], today=today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    return Found(page, silences.still_silent(list(page), today=today, now=now), made)


REPORTS = (
    Report("dead-links", gettext_lazy("Links that died"), find_dead_links, is_worked_out=False),
    Report(origins.NAME, gettext_lazy("Entries with a single origin"), find_single_origins),
    Report(silences.NAME, gettext_lazy("Story lines gone silent"), find_silences),
)


class ReportDesk:
    """Mixed into the events' admin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.report_view)
        return [
            path(f"{report.name}/", view, {"report": report}, name=f"events_event_{report.word}")
            for report in REPORTS
        ] + super().get_urls()

    def report_view(self, request: HttpRequest, report: Report) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **report.find(request)._asdict(),
            "title": report.title,
            "opts": self.opts,
            "report": report,
            "is_own": whose(request.user) is not None,
        }
        return TemplateResponse(request, "admin/events/event/report.html", context)
