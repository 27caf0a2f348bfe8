"""What waits for whom: my drafts, what is to be reviewed, approved or scheduled, and what came late.

Beside them a page tells who may do what, read from the table that the desk itself asks.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from events.admin.waiting import queues
from events.conf import conf
from events.models import Event
from events.workflow import permissions, transitions


class QueueDesk:
    """Mixed into the events' admin."""

    def get_urls(self) -> list:
        return [
            path("queues/", self.admin_site.admin_view(self.queues_view), name="events_event_queues"),
            path("roles/", self.admin_site.admin_view(self.roles_view), name="events_event_roles"),
            *super().get_urls(),
        ]

    def queues_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Queues"),
            "opts": self.opts,
            "queues": queues(request.user, now=now),
            "zone": timezone.get_current_timezone_name(),
            "now": now,
        }
        return TemplateResponse(request, "admin/events/event/queues.html", context)

    def roles_view(self, request: HttpRequest) -> HttpResponse:
        """Who may do what, and which steps there are."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who may do what"),
            "opts": self.opts,
            "groups": [permissions.GROUP_NAMES[group] for group in permissions.GROUPS],
            "acts": [
                (act.label, [group in permissions.holders(act.name) for group in permissions.GROUPS])
                for act in permissions.TABLE
            ],
            "steps": [
                (
                    step.title,
                    ", ".join(str(Event.State(state).label) for state in step.sources),
                    Event.State(step.target).label,
                    ", ".join(str(permissions.GROUP_NAMES[group]) for group in permissions.holders(step.act)),
                )
                for step in transitions.TRANSITIONS
            ],
            "four_eyes": conf.FOUR_EYES,
        }
        return TemplateResponse(request, "admin/events/event/roles.html", context)
