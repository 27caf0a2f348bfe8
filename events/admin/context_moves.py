"""Splitting a context, and taking merges and splits back: each shown before it is done."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Context, ContextMove, Entry
from events.text.folding import name_key
from events.text.numbers import number_in
from events.workflow.context_split import Choice, split
from events.workflow.context_undo import CannotUndoError, obstacles, undo

# Entries of a kind that the preview of a split lists; beyond them go all that are chosen.
MOST_LISTED = 100
A_PAGE = 50


class SplitForm(forms.Form):
    """Which entries of a context go, and where to."""

    into = forms.CharField(
        label=gettext_lazy("Goes to"),
        max_length=255,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("The name of a context; one that nobody knows is made."),
    )
    words = forms.CharField(
        label=gettext_lazy("Words of the headline"),
        max_length=255,
        required=False,
        widget=AdminTextInputWidget,
    )
    first_day = forms.DateField(
        label=gettext_lazy("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last_day = forms.DateField(
        label=gettext_lazy("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    second = forms.CharField(
        label=gettext_lazy("Carrying this context too"),
        max_length=255,
        required=False,
        widget=AdminTextInputWidget,
    )

    def __init__(self, *args, source: Context, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.source = source

    def clean_into(self) -> str:
        name = self.cleaned_data["into"]
        if Context.objects.by_names([name]).get(name_key(name)) == self.source:
            raise ValidationError(_("That is the context that is split."))
        return name

    def clean_second(self) -> Context | None:
        name = self.cleaned_data["second"]
        if not name:
            return None
        found = Context.objects.by_names([name]).get(name_key(name))
        if found is None:
            raise ValidationError(_("No context has this name."))
        return found

    def choice(self) -> Choice:
        asked = {name: self.cleaned_data[name] for name in ("words", "first_day", "last_day", "second")}
        return Choice(self.source, **asked)


class MoveDesk:
    """Mixed into the contexts' admin."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("moves/", wrap(self.moves_view), name="events_context_moves"),
            path("moves/<int:pk>/", wrap(self.move_view), name="events_context_move"),
            path("<path:object_id>/split/", wrap(self.split_view), name="events_context_split"),
            *super().get_urls(),
        ]

    def moves_view(self, request: HttpRequest) -> HttpResponse:
        """All merges and splits, the newest first."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        moves = ContextMove.objects.select_related("made_by").defer("facts")
        return self.page(
            request,
            "moves.html",
            title=_("Merges and splits"),
            moves=Paginator(moves, A_PAGE).get_page(request.GET.get("p")),
        )

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a move did and what stands in the way of taking it back; POST takes it back."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        move = get_object_or_404(ContextMove.objects.select_related("made_by"), pk=pk)
        if request.method == "POST":
            try:
                undo(move, by=request.user)
            except CannotUndoError as error:
                return self.move_page(request, move, error.obstacles)
            self.message_user(request, _("Undone: %(note)s") % {"note": move}, level=messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:events_context_moves"))
        return self.move_page(request, move, obstacles(move))

    def move_page(self, request: HttpRequest, move: ContextMove, found: list[str]) -> HttpResponse:
        return self.page(
            request,
            "move.html",
            title=str(move),
            move=move,
            events=move.entries.filter(event__isnull=False).count(),
            articles=move.entries.filter(article__isnull=False).count(),
            obstacles=found,
        )

    def split_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The entries that would go; POST moves them, unless others are chosen by now."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        source = self.get_object(request, unquote(object_id))
        if source is None:
            raise Http404
        posted = request.POST or request.GET
        form = SplitForm(posted if "into" in posted else None, source=source)
        choice = form.choice() if form.is_valid() else None
        count = choice.count() if choice else 0
        if request.method == "POST" and choice:
            if request.POST.get("count") == str(count) and count:
                return self.split_now(request, choice, form.cleaned_data["into"])
            self.message_user(
                request, _("Other entries are chosen by now; look at them again."), level=messages.ERROR
            )
        return self.page(
            request,
            "split.html",
            title=_("Split “%(context)s”") % {"context": source},
            source=source,
            form=form,
            choice=choice,
            count=count,
            listed=listed(choice) if choice else [],
            most_listed=MOST_LISTED,
        )

    def split_now(self, request: HttpRequest, choice: Choice, into: str) -> HttpResponse:
        staying = set()
        for value in request.POST.getlist("stays"):
            owner, _colon, key = value.partition(":")
            if (number := number_in(key)) is not None:
                staying.add((owner, number))
        move = split(choice, into=into, staying=staying, by=request.user)
        self.tell_moved(request, move)
        return HttpResponseRedirect(reverse("admin:events_context_move", args=[move.pk]))

    def tell_moved(self, request: HttpRequest, move: ContextMove) -> None:
        count = move.entries.count()
        told = ngettext("%(count)d entry was changed.", "%(count)d entries were changed.", count)
        self.message_user(request, told % {"count": count}, level=messages.SUCCESS)

    def page(self, request: HttpRequest, template: str, **context) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/events/context/{template}", whole)


def listed(choice: Choice) -> list[Entry]:
    fields = ("pk", "headline", "date")
    return [entry for found in choice.entries() for entry in found.only(*fields)[:MOST_LISTED]]
