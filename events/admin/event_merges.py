"""Merging two entries of one event: both side by side, what would be moved, and one confirmation."""

from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.bulk import SEEN, rows_in
from events.admin.duplicates import Side, two_entries
from events.admin.related import find_others
from events.models import Event, Revision, Tagging
from events.workflow import permissions
from events.workflow.cards import renew_card
from events.workflow.edits import EditConflict
from events.workflow.merge_plans import plan_event_merge
from events.workflow.merging import merge_events


class Half(NamedTuple):
    """One of the two entries, and who saved it while the page was read."""

    event: Event
    side: Side
    state: SafeString
    saved_since: Revision | None


class MergeDesk:
    """Mixed into the events' admin."""

    actions = ("merge_selected",)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/merge/", view, name="events_event_merge"), *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Whether the user may merge entries, and this one."""
        may = permissions.may(request.user, "merge_events")
        return may and (obj is None or permissions.may_edit(request.user, obj))

    def render_change_form(self, request: HttpRequest, context: dict, obj: Event | None = None, **kwargs):
        if obj and obj.pk and not obj.merged_into_id:
            context["may_merge"] = self.has_merge_permission(request, obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    @admin.action(description=gettext_lazy("Merge into one…"), permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        chosen = list(queryset.order_by("date", "pk").values_list("pk", "public_id")[:3])
        if len(chosen) != 2:
            self.message_user(request, _("Select exactly two entries to merge."), level=messages.ERROR)
            return None
        return HttpResponseRedirect(merge_address(chosen[0][0], other=chosen[1][1]))

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The other entry is looked for, then both are shown; POST merges them as they were shown."""
        event = self.get_object(request, unquote(object_id))
        if event is None:
            raise Http404
        if not self.has_merge_permission(request, event):
            raise PermissionDenied
        if event.merged_into_id:
            words = _("This entry has been merged into another one.")
            self.message_user(request, words, level=messages.ERROR)
            return HttpResponseRedirect(reverse("admin:events_event_change", args=[event.pk]))
        words = request.GET.get("other", "").strip()
        others = Event.objects.filter(public_id=words, merged_into=None).exclude(pk=event.pk)
        if (other := others.first()) is None:
            return self.choice_page(request, event, words)
        if not self.has_merge_permission(request, other):
            raise PermissionDenied
        if request.method == "POST":
            return self.merge_now(request, Event.objects.get(pk=event.pk), other)
        return self.pair_page(request, event, other)

    def merge_now(self, request: HttpRequest, event: Event, other: Event) -> HttpResponse:
        """Merge the two, unless one of them was saved after the page had been made."""
        seen = rows_in(request.POST.get(SEEN, ""))
        if seen != {entry.pk: entry.version for entry in (event, other)}:
            return self.pair_page(request, event, other, seen=seen)
        stays, goes = in_order(request, event, other)
        try:
            merge_events(goes, into=stays, by=request.user)
        except EditConflict:
            there = Event.objects.in_bulk([event.pk, other.pk])
            return self.pair_page(request, there[event.pk], there[other.pk], seen=seen)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), level=messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        for entry in (stays, goes):
            renew_card(entry)
        told = _("“%(title)s” has been merged into this entry: its addresses lead here from now on.")
        self.message_user(request, told % {"title": goes}, level=messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:events_event_change", args=[stays.pk]))

    def choice_page(self, request: HttpRequest, event: Event, words: str) -> HttpResponse:
        found = find_others(event, words, now=timezone.now()) if words else []
        rows = [(other, merge_address(event.pk, other=other.public_id)) for other in found]
        return self.merge_page(request, event, words=words, found=rows)

    def pair_page(
        self, request: HttpRequest, event: Event, other: Event, *, seen: dict[int, int] | None = None
    ) -> HttpResponse:
        """Both entries; `seen` are the versions that somebody wanted to merge, and that are no more."""
        stays, goes = in_order(request, event, other)
        return self.merge_page(
            request,
            event,
            stays=stays,
            goes=goes,
            halves=self.halves(stays, goes, seen or {}),
            plan=plan_event_merge(goes, into=stays),
            is_out_of_sight=goes.is_public() and not stays.is_public(),
            seen=" ".join(f"{entry.pk}.{entry.version}" for entry in (stays, goes)),
            is_stale=seen is not None,
            the_other_way=merge_address(event.pk, other=other.public_id, stays=goes.pk),
        )

    def halves(self, stays: Event, goes: Event, seen: dict[int, int]) -> list[Half]:
        """All that is shown, read apart: what merges two entries must not trust what was fetched ahead."""
        named = Prefetch("taggings", Tagging.objects.select_related("tag"))
        rows = self.model.objects.select_related("draft_revision").prefetch_related("citations", named)
        there = rows.defer("draft_revision__snapshot").in_bulk([stays.pk, goes.pk])
        sides = two_entries(there[stays.pk], there[goes.pk])
        return [
            Half(event, side, self.state_badge(there[event.pk]), saved_since(event, seen))
            for event, side in zip((stays, goes), sides, strict=True)
        ]

    def merge_page(self, request: HttpRequest, event: Event, *, is_stale: bool = False, **context):
        whole = {
            **self.admin_site.each_context(request),
            "title": _("Merge two entries"),
            "opts": self.opts,
            "event": event,
            "is_stale": is_stale,
            **context,
        }
        status = HTTPStatus.CONFLICT if is_stale else HTTPStatus.OK
        return TemplateResponse(request, "admin/events/event/merge.html", whole, status=status)


def merge_address(pk: int, **query: str | int) -> str:
    return f"{reverse('admin:events_event_merge', args=[pk])}?{urlencode(query)}"


def in_order(request: HttpRequest, event: Event, other: Event) -> tuple[Event, Event]:
    """The one that stays, and the one that goes: as was asked for, else what readers see stays."""
    stays = (request.POST or request.GET).get("stays", "")
    if stays == str(other.pk) or (stays != str(event.pk) and other.is_public() and not event.is_public()):
        return other, event
    return event, other


def saved_since(event: Event, seen: dict[int, int]) -> Revision | None:
    """The latest revision, where another version was seen."""
    if seen.get(event.pk, event.version) == event.version:
        return None
    return event.revisions.select_related("made_by").defer("snapshot").first()
