"""Contexts offered while an entry is written, named in its text or usual beside those, and its category."""

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.admin.open_forms import row_of_form
from events.admin.posted import posted_rows
from events.citations.urls import canonical_url
from events.conf import conf
from events.forms import NEW_MARK
from events.models import Context, Event
from events.sources.pages import pages_of
from events.suggestions import Companion, Filed, Named, Offers, Sections, category_by_sections, offers_for
from events.suggestions.names import Known

# What is said of a name by the field that it stands in.
FIELDS = {
    "headline": gettext_lazy("“%(words)s” in the headline"),
    "summary": gettext_lazy("“%(words)s” in the summary"),
    "deck": gettext_lazy("“%(words)s” in the deck"),
}
# So much of a field is read; no headline and no summary is longer.
MOST_CHARACTERS = 10_000
MOST_CARRIED = 100
# Of the contexts that a companion goes with, and of the sections, so many are told.
MOST_TOLD = 2
MOST_SOURCES = 50
JSON, PAGE = "application/json", "text/html"


class ContextOffers:
    """The admin's view of them: JSON for the form's script, a page of its own without it."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.offers_view)
        name = f"events_{self.opts.model_name}_offers"
        return [
            path("contexts/", view, name=f"{name}_new"),
            path("<path:object_id>/contexts/", view, name=name),
            *super().get_urls(),
        ]

    def offers_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """What to offer for the posted form; nothing is saved, and nothing of it has to be valid."""
        entry = row_of_form(self, request, object_id)
        lines = [line.strip() for line in request.POST.get("context_names", "").splitlines()]
        # Never over a choice: only where the form has the field, and nothing in it.
        wants_category = request.POST.get("category") == ""
        sections = sections_of(request.POST) if wants_category else None
        offers = offers_for(
            {field: request.POST[field][:MOST_CHARACTERS] for field in FIELDS if field in request.POST},
            now=timezone.now(),
            carried=[line for line in lines if line and not line.startswith(NEW_MARK)][:MOST_CARRIED],
            event=entry.pk if isinstance(entry, Event) else None,
            with_category=wants_category and sections is None,
        )
        return answer(self, request, offers, sections)


def sections_of(posted: QueryDict) -> Sections | None:
    """The category by the sections of the sources, as far as their pages have been looked at; one query."""
    urls = [row["url"] for row in posted_rows(posted) if canonical_url(row.get("url", ""))][:MOST_SOURCES]
    pages = pages_of(urls) if urls else {}
    found = [(pages[url].publisher, pages[url].section) for url in urls if url in pages]
    return category_by_sections(found, list(map(str, conf.CATEGORIES)))


def answer(admin, request: HttpRequest, offers: Offers, sections: Sections | None) -> HttpResponse:
    """As what the request would rather read. What the sources say of this very story goes before habit."""
    found = {
        "named": [facts(row.context, why_named(row)) | place(row) for row in offers.named],
        "together": [facts(row.context, why_together(row)) for row in offers.together],
    }
    if sections:
        found["category"] = {"name": sections.category, "why": why_sections(sections)}
    elif offers.filed and offers.filed.category in map(str, conf.CATEGORIES):
        found["category"] = {"name": offers.filed.category, "why": why_filed(offers.filed)}
    if request.get_preferred_type([PAGE, JSON]) == JSON:
        response = JsonResponse(found)
    else:
        page = {
            **admin.admin_site.each_context(request),
            "title": _("Suggested contexts"),
            "opts": admin.opts,
            **found,
        }
        response = TemplateResponse(request, "admin/events/event/context_offers.html", page)
    patch_vary_headers(response, ["Accept"])
    return response


def facts(context: Known, why: str) -> dict[str, str | int]:
    """A context with the reason it is offered for and the number of published events that carry it."""
    number = context.events_count
    count = ngettext("%(count)s event", "%(count)s events", number) % {"count": number}
    return {
        "name": context.name,
        "kind": str(Context.Kind(context.kind).label),
        "events": number,
        "why": f"{why} · {count}",
    }


def place(named: Named) -> dict[str, str | int]:
    """Where the name stands: field, offsets, words, and the alias if it is one."""
    return {
        "field": named.field,
        "start": named.start,
        "end": named.end,
        "words": named.words,
        "alias": named.name if named.is_alias else "",
    }


def why_named(named: Named) -> str:
    return str(FIELDS[named.field]) % {"words": named.words}


def why_filed(filed: Filed) -> str:
    values = {"number": filed.number, "read": filed.read, "context": filed.context.name}
    return _("%(number)s of the %(read)s newest entries under %(context)s") % values


def why_sections(sections: Sections) -> str:
    told = [
        _("“%(section)s” at %(publisher)s") % {"section": section, "publisher": publisher}
        for publisher, section in sections.by[:MOST_TOLD]
    ]
    return _("Sections of the sources: %(sections)s") % {"sections": ", ".join(told)}


def why_together(companion: Companion) -> str:
    names = ", ".join(context.name for context in companion.beside[:MOST_TOLD])
    return _("Often with %(names)s") % {"names": names}
