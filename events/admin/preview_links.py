"""The page of an entry's secret preview links: make one, see which are open, revoke them."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from events.conf import conf
from events.models import Entry
from events.text.numbers import number_in
from events.workflow import preview_links
from events.workflow.permissions import may

# Older ones are of no use to anybody.
MOST = 50


class PreviewLinkForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Expires in"),
        coerce=int,
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in preview_links.DAYS],
    )
    note = forms.CharField(label=gettext_lazy("For whom"), required=False, max_length=100)


class PreviewLinkDesk:
    """Mixed into the admin of a kind of entry."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.preview_links_view)
        name = f"events_{self.opts.model_name}_preview_links"
        return [path("<path:object_id>/preview-links/", view, name=name), *super().get_urls()]

    def preview_links_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        entry = self.get_object(request, unquote(object_id))
        if entry is None:
            raise Http404
        if not may(request.user, "share_preview"):
            raise PermissionDenied
        form = PreviewLinkForm(request.POST if "make" in request.POST else None)
        address = ""
        if "revoke" in request.POST:
            return self.revoke_link(request, entry)
        if form.is_bound and form.is_valid():
            secret = preview_links.make_link(entry, by=request.user, **form.cleaned_data)
            address = conf.SITE_URL + reverse("events:preview", args=[secret])
            form = PreviewLinkForm()
        now = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview links"),
            "subtitle": str(entry),
            "opts": self.opts,
            "event": entry,
            "form": form,
            "address": address,
            "links": [
                (link, link.opens(now=now)) for link in entry.preview_links.select_related("made_by")[:MOST]
            ],
        }
        return TemplateResponse(request, "admin/events/event/preview_links.html", context)

    def revoke_link(self, request: HttpRequest, entry: Entry) -> HttpResponse:
        link = get_object_or_404(entry.preview_links, pk=number_in(request.POST["revoke"]))
        preview_links.revoke(link)
        self.message_user(request, _("The link is revoked."), level=messages.SUCCESS)
        return HttpResponseRedirect(request.path)
