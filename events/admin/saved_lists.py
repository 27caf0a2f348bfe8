"""Lists that editors named: a checked query string, found again above the list, own or of the newsroom.

An address is never kept, only parameters that the list knows; so a saved list leads nowhere else.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from events.models import SavedList
from events.text.numbers import number_in
from events.workflow.permissions import may

SHARE = "share_list"
# So many of their own somebody can keep, and so many are shown above a list.
MOST = 50
DAYS = ("date__year", "date__month", "date__day", "date__gte", "date__lt")


class SavedListForm(forms.ModelForm):
    """Name, and whether the newsroom sees it, of those who may say so."""

    class Meta:
        model = SavedList
        fields = ["name", "is_shared"]

    def __init__(self, *args, may_share: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]

    def clean(self) -> dict:
        row = self.instance
        if not row.query:
            raise ValidationError(_("Filter or search the list first; then it can be saved."))
        if not row.pk and SavedList.objects.filter(owner=row.owner_id, kind=row.kind).count() >= MOST:
            raise ValidationError(_("Delete a list first: nobody keeps more than %(most)s.") % {"most": MOST})
        return self.cleaned_data

    def _get_validation_exclusions(self) -> set:
        """The owner is no field, but a name is there once an owner."""
        return super()._get_validation_exclusions() - {"owner", "kind"}


class SavedListDesk:
    """Mixed into an admin of entries: saved lists above its list, and the page where they are managed."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.saved_lists_view)
        return [path("lists/", view, name=f"events_{self.opts.model_name}_lists"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        query = self.query_known(request.GET.urlencode())
        saved = [(row, row.query == query) for row in self.saved_lists(request)]
        if "e" in request.GET:
            # What Django's list leads to when it cannot read what it was asked.
            messages.warning(request, _("The list does not know this filter; here is all of it."))
        own = {
            "saved_lists": saved,
            "saved_query": "" if any(is_here for _row, is_here in saved) else query,
            "lists_address": reverse(f"admin:events_{self.opts.model_name}_lists"),
            "may_share_lists": may(request.user, SHARE),
        }
        return super().changelist_view(request, {**own, **(extra_context or {})})

    def saved_lists(self, request: HttpRequest) -> QuerySet:
        """The user's own and those of the newsroom."""
        mine = SavedList.objects.filter(kind=self.model.OWNER)
        return mine.filter(Q(owner=request.user.pk) | Q(is_shared=True)).select_related("owner")[:MOST]

    def query_known(self, text: str) -> str:
        """Of a query string what this list knows, in one order, so that equal lists have equal strings."""
        asked = QueryDict(text[: SavedList._meta.get_field("query").max_length])
        known = {"q", "o", *DAYS}
        for item in self.list_filter:
            known.add(f"{item}__exact" if isinstance(item, str) else item.parameter_name)
        found = QueryDict(mutable=True)
        for name in sorted(known & set(asked)):
            if asked[name] and "\x00" not in asked[name]:
                found[name] = asked[name]
        return found.urlencode()

    def saved_lists_view(self, request: HttpRequest) -> HttpResponse:
        """All that the user sees; posted, one is made, renamed, shared or deleted."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = None
        if request.method == "POST":
            row = self.saved_list_in(request)
            may_share = may(request.user, SHARE)
            if "_delete" in request.POST and row.pk:
                row.delete()
                messages.success(request, _("The list “%(name)s” was deleted.") % {"name": row.name})
                return HttpResponseRedirect(request.path)
            form = SavedListForm(request.POST, instance=row, may_share=may_share)
            if form.is_valid():
                form.save()
                messages.success(request, _("The list “%(name)s” was saved.") % {"name": row.name})
                return HttpResponseRedirect(self.address_of(row))
        return self.saved_lists_page(request, form)

    def saved_list_in(self, request: HttpRequest) -> SavedList:
        """The list that a posted form is about: one that the user may change, or a new one."""
        if (key := number_in(request.POST.get("pk", ""))) is not None:
            row = get_object_or_404(self.saved_lists_of_all(), pk=key)
            if not may_change(request, row):
                raise PermissionDenied
            return row
        query = self.query_known(request.POST.get("query", ""))
        return SavedList(kind=self.model.OWNER, owner_id=request.user.pk, query=query)

    def saved_lists_of_all(self) -> QuerySet:
        return SavedList.objects.filter(kind=self.model.OWNER)

    def address_of(self, row: SavedList) -> str:
        return f"{reverse(f'admin:events_{self.opts.model_name}_changelist')}?{row.query}"

    def saved_lists_page(self, request: HttpRequest, form: SavedListForm | None) -> HttpResponse:
        may_share = may(request.user, SHARE)
        tried = form.instance if form else None
        rows = []
        for row in self.saved_lists(request):
            own = form if tried and row.pk == tried.pk else None
            if own is None and may_change(request, row):
                own = SavedListForm(instance=row, may_share=may_share, auto_id=f"id_{row.pk}_%s")
            rows.append((row, self.address_of(row), own))
        page = {
            **self.admin_site.each_context(request),
            "title": _("Saved lists"),
            "opts": self.opts,
            "rows": rows,
            # A new one that could not be saved is asked for again.
            "new_form": form if tried and not tried.pk else None,
            "may_share": may_share,
        }
        status = 200 if form is None else 422
        return TemplateResponse(request, "admin/events/saved_lists.html", page, status=status)


def may_change(request: HttpRequest, row: SavedList) -> bool:
    """Whoever keeps it, and, of those of the newsroom, whoever may share."""
    return row.owner_id == request.user.pk or (row.is_shared and may(request.user, SHARE))
