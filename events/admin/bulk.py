"""Changes of many events: chosen in the list, looked at beforehand, made, told, and taken back."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.admin.bulk_acts import ACTS, MOST, Act, Outcome, Plan, carry_out, outcome, undo, whole
from events.admin.moment_input import MomentInput
from events.admin.widgets import NamesPicker
from events.forms import ContextNamesField, category_choices
from events.models import BulkChange, Context, Event
from events.text.numbers import number_in

# Names the version of each row that the list shows, as `key.version`.
SEEN = "seen"
RECENT = 50


class BulkForm(forms.Form):
    """What an act needs to know; the fields of the others are left out."""

    act = forms.ChoiceField(choices=[(name, name) for name in ACTS], widget=forms.HiddenInput)
    contexts = ContextNamesField(label=gettext_lazy("Contexts"), widget=NamesPicker)
    category = forms.ChoiceField(label=gettext_lazy("Category"))
    publish_at = forms.DateTimeField(label=gettext_lazy("Publish at"), widget=MomentInput)

    def __init__(self, *args, act: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = category_choices("")
        for name in ("contexts", "category", "publish_at"):
            if name != ACTS[act].needs:
                del self.fields[name]

    def clean_contexts(self) -> tuple[Context, ...]:
        names = self.cleaned_data["contexts"]
        if any(is_new for _name, is_new in names):
            raise ValidationError(_("Make the context first; here only existing contexts can be named."))
        return tuple(Context.objects.resolve([name for name, _is_new in names]))

    def plan(self, request: HttpRequest) -> Plan:
        return Plan(**self.cleaned_data, by=request.user)


class BulkDesk:
    """Mixed into the events' admin: an action for each act, and the pages that follow."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("bulk/", wrap(self.bulk_view), name="events_event_bulk"),
            path("bulk/<int:pk>/", wrap(self.bulk_change_view), name="events_event_bulk_change"),
            *super().get_urls(),
        ]

    def action_checkbox(self, event: Event) -> SafeString:
        """With the version that the list shows, which a change must find again."""
        seen = format_html('<input type="hidden" name="{}" value="{}.{}">', SEEN, event.pk, event.version)
        return super().action_checkbox(event) + seen

    def get_actions(self, request: HttpRequest) -> dict:
        return super().get_actions(request) | {
            f"{name}_selected": (act_of(name), f"{name}_selected", f"{act.title} …")
            for name, act in ACTS.items()
            if self.has_change_permission(request) and may_at_all(self, request, name)
        }

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """The latest changes; posted, a change to be looked at or made."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            name = request.POST.get("act", "")
            if name not in ACTS or not may_at_all(self, request, name):
                raise PermissionDenied
            return self.planned(request, name, rows_in(request.POST.get("rows", "")))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changes of many entries"),
            "opts": self.opts,
            "changes": BulkChange.objects.select_related("made_by")[:RECENT],
        }
        return TemplateResponse(request, "admin/events/event/bulk_changes.html", context)

    def planned(
        self, request: HttpRequest, name: str, rows: dict[int, int], *, left_out: int = 0
    ) -> HttpResponse:
        """What would become of each entry; with `_apply` it is done."""
        act = ACTS[name]
        is_told = "_look" in request.POST or "_apply" in request.POST or not act.needs
        values = request.POST.copy()
        values["act"] = name
        form = BulkForm(values if is_told else None, act=name, initial={"act": name})
        outcomes: list[Outcome] = []
        if is_told and form.is_valid():
            plan = form.plan(request)
            if "_apply" in request.POST:
                return self.made(request, plan, rows)
            events = whole(Event.objects.filter(pk__in=rows)).order_by("-date", "pk")
            outcomes = [outcome(event, plan, rows[event.pk]) for event in events]
        ready = [found for found in outcomes if not found.problem]
        context = {
            **self.admin_site.each_context(request),
            "title": act.title,
            "opts": self.opts,
            "media": self.media + form.media,
            "form": form,
            "act": name,
            "number": len(rows),
            "left_out": left_out,
            "most": MOST,
            "ready": ready,
            "not_ready": [found for found in outcomes if found.problem],
            "is_looked_at": bool(outcomes),
            "rows": " ".join(f"{pk}.{version}" for pk, version in rows.items()),
            "ready_rows": " ".join(f"{found.event.pk}.{rows[found.event.pk]}" for found in ready),
        }
        return TemplateResponse(request, "admin/events/event/bulk.html", context)

    def made(self, request: HttpRequest, plan: Plan, rows: dict[int, int]) -> HttpResponse:
        change, failed = carry_out(plan, list(rows.items()), told_of(ACTS[plan.act], plan))
        self.tell(request, failed)
        return HttpResponseRedirect(reverse("admin:events_event_bulk_change", args=[change.pk]))

    def bulk_change_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One change with its entries; posted, it is taken back."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        change = get_object_or_404(BulkChange, pk=pk)
        if request.method == "POST":
            if change.undone_at is None:
                failed = undo(change, by=request.user)
                self.tell(request, failed)
                done = len(change.rows) - len(failed)
                told = ngettext("%(count)d event is as before.", "%(count)d events are as before.", done)
                self.message_user(request, told % {"count": done}, level=messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        events = Event.objects.only("pk", "headline", "short_headline", "date", "state", "publish_at")
        context = {
            **self.admin_site.each_context(request),
            "title": change.told,
            "opts": self.opts,
            "change": change,
            "events": events.filter(pk__in=[row[0] for row in change.rows]).order_by("-date", "pk"),
        }
        return TemplateResponse(request, "admin/events/event/bulk_change.html", context)

    def tell(self, request: HttpRequest, failed: Iterable[Outcome]) -> None:
        for found in failed:
            told = f"{Truncator(found.event).chars(60)}: {found.problem}"
            self.message_user(request, told, level=messages.WARNING)


def act_of(name: str):
    """The action of the list that leads to the page of an act."""

    @admin.action(description=ACTS[name].title)
    def act(desk: BulkDesk, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        seen = rows_in(" ".join(request.POST.getlist(SEEN)))
        found = queryset.order_by("-date", "pk").values_list("pk", "version")[: MOST + 1]
        # Entries of other pages, which "select all" takes along, nobody has seen: as they are now.
        rows = {pk: seen.get(pk, version) for pk, version in found}
        left_out = queryset.count() - MOST if len(rows) > MOST else 0
        return desk.planned(request, name, dict(list(rows.items())[:MOST]), left_out=left_out)

    return act


def may_at_all(desk: BulkDesk, request: HttpRequest, name: str) -> bool:
    """Whether the user may do this to any entry; what they may not do to this or that one is told of it."""
    return name not in ("approve", "publish", "schedule") or desk.has_publish_permission(request)


def rows_in(text: str) -> dict[int, int]:
    """Keys and versions of `key.version` words; at most `MOST`."""
    rows = {}
    for word in text.split()[:MOST]:
        pk, version = map(number_in, word.partition(".")[::2])
        if pk is not None and version is not None:
            rows[pk] = version
    return rows


def told_of(act: Act, plan: Plan) -> str:
    """The act in words, for the history."""
    said = ", ".join(context.name for context in plan.contexts) or plan.category
    if plan.publish_at:
        said = plan.publish_at.strftime("%Y-%m-%d %H:%M %Z")
    return f"{act.title}: {said}" if said else str(act.title)
