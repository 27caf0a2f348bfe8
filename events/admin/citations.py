"""The sources of an event, in a row that can be dragged or moved with buttons."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from events.forms import CitationForm
from events.models import Citation, Event


class CitationInline(admin.StackedInline):
    """Ordered by `position`, which the custom element keeps; without it the number is typed."""

    model = Citation
    form = CitationForm
    extra = 1
    template = "admin/events/event/citations.html"
    fieldsets = [
        (None, {"fields": ["label", "url", "position"]}),
        (
            gettext_lazy("Details"),
            {
                "fields": [
                    ("published_on", "accessed_on"),
                    ("agency", "carrier"),
                    ("language", "is_paywalled"),
                    "quote",
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    class Media:
        js = [forms.Script("js/admin-ordered-rows.js", type="module")]

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name in ("label", "url"):
            kwargs["widget"] = forms.TextInput(attrs={"class": "vTextField"})
        elif db_field.name == "quote":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2})
        elif db_field.name in ("published_on", "accessed_on"):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            return db_field.formfield(**kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def renumber(event: Event) -> None:
    """Positions 1, 2, 3 … in the order that the editor left; rows without a place come last."""
    for position, citation in enumerate(event.citations.order_by("position", "pk"), 1):
        if citation.position != position:
            Citation.objects.filter(pk=citation.pk).update(position=position)
