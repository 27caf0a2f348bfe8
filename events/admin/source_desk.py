"""Paste and go: pasted addresses become citations, and their pages are looked at while one writes.

What is pasted is read at once and without the network. A page is fetched by a request of its own, so that
nothing that an editor types or saves ever waits for it.
"""

from io import StringIO

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import path
from django.utils import timezone

from events.admin.entry_form import RECHECK
from events.admin.posted import CITATIONS, management, posted_rows
from events.citations.pasted import Pasted, parse_pasted
from events.citations.publishers import publisher_host, publisher_name
from events.citations.urls import canonical_url, host_of, is_web_url
from events.conf import conf
from events.forms import CitationForm, lines_of_names
from events.importers import context_markdown
from events.importers.records import CitationRecord, EventRecord
from events.models import SourcePage
from events.sources.pages import look_at, pages_of

PASTE, PASTED = "_paste", "_pasted"
MOST_CHARACTERS = 200_000
# How our own exports and the pages of the older site begin.
ENTRY_MARKS = ("---\n", "### [", "# ")
# Of an exported entry, what the form takes over by the names of its own fields.
TEXTS = (
    "headline", "short_headline", "summary", "body", "date", "end_date", "date_precision", "time_zone",
    "category", "language",
)  # fmt: skip
COVER = ("source_url", "alt", "caption", "credit", "licence")
DETAILS = ("agency", "carrier", "published_on", "accessed_on", "language", "quote")


class SourceDesk:
    """The admin's views of it: JSON for the form's script; without it, a button shows the form anew."""

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("sources/pasted/", wrap(self.pasted_view), name="events_event_pasted"),
            path("sources/look/", wrap(self.look_view), name="events_event_look"),
            *super().get_urls(),
        ]

    def changeform_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST":
            request.POST = with_pasted(request.POST)
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs) -> HttpResponse:
        context |= {"fetches_sources": conf.FETCH_SOURCES, "left_in_box": request.POST.get(PASTED, "")}
        return super().render_change_form(request, context, *args, **kwargs)

    def pasted_view(self, request: HttpRequest) -> JsonResponse:
        """Citations and an exported entry's fields in a pasted text, with what is known of the pages."""
        self.require_writer(request)
        fields, rows = read_pasted(request.POST.get("text", ""))
        rows = not_cited(rows, request.POST.get("cited", "").splitlines())
        pages = pages_of([row["url"] for row in rows])
        known = [row | {"page": facts_of(pages.get(row["url"]))} for row in rows]
        return JsonResponse({"fields": fields, "rows": known})

    def look_view(self, request: HttpRequest) -> JsonResponse:
        """What the page at an address says; takes as long as the page does, and the archive that is asked."""
        self.require_writer(request)
        url = request.POST.get("url", "").strip()
        if not conf.FETCH_SOURCES or not is_web_url(url):
            return JsonResponse({"page": None})
        return JsonResponse({"page": facts_of(look_at(url, now=timezone.now()))})

    def require_writer(self, request: HttpRequest) -> None:
        may_write = self.has_add_permission(request) or self.has_change_permission(request)
        if request.method != "POST" or not may_write:
            raise PermissionDenied


def read_pasted(text: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The form's fields and rows of citations that a pasted text gives."""
    text = text.replace("\r\n", "\n").strip()[:MOST_CHARACTERS]
    if text.startswith(ENTRY_MARKS) and (record := exported_entry(text)):
        return fields_of(record), [row_of_record(citation) for citation in record.citations]
    return {}, [row_of(pasted) for pasted in parse_pasted(text)]


def exported_entry(text: str) -> EventRecord | None:
    """The entry that an exported page of Markdown holds, if it is one."""
    records = context_markdown.read(StringIO(text + "\n"))
    return next((record for record in records if isinstance(record, EventRecord)), None)


def fields_of(record: EventRecord) -> dict[str, str]:
    """An exported entry as values of the form's fields; contexts that nobody knows are marked as new."""
    fields = {name: str(getattr(record, name) or "") for name in TEXTS}
    fields["context_names"] = lines_of_names(record.contexts)
    if record.cover:
        fields |= {f"cover_{name}": getattr(record.cover, name) for name in COVER}
    return {name: value for name, value in fields.items() if value}


def row_of(pasted: Pasted) -> dict[str, str]:
    """A citation of an address; its label is the publisher's name where none was given."""
    host = host_of(pasted.url)
    label = pasted.label or publisher_name(publisher_host(host))
    return {"label": label, "url": pasted.url, "is_given": "yes" if pasted.label else ""}


def row_of_record(citation: CitationRecord) -> dict[str, str]:
    details = {name: str(getattr(citation, name) or "") for name in DETAILS}
    return {"label": citation.label, "url": citation.url, "is_given": "yes"} | details


def facts_of(page: SourcePage | None) -> dict[str, str | bool] | None:
    """What a page says, for the form: citation's fields by their names, and what editors choose from."""
    if page is None:
        return None
    return {
        "label": page.label,
        "agency": page.agency,
        "carrier": page.carrier,
        "published_on": page.published_on.isoformat() if page.published_on else "",
        "accessed_on": "" if page.problem else timezone.localdate(page.checked_at).isoformat(),
        "language": page.language,
        "is_paywalled": page.is_paywalled,
        "title": page.title,
        "description": page.description,
        "author": page.author,
        "publisher": page.publisher,
        "canonical": page.canonical,
        "picture": page.picture,
        "picture_alt": page.picture_alt,
        "problem": page.why,
    }


def with_pasted(posted: QueryDict) -> QueryDict:
    """The posted form with what was pasted in it, marked so that nothing is saved before it has been seen.

    What was left in the box goes in with any button: a save would forget it. A form without either stays as
    it is.
    """
    fields, rows = read_pasted(posted.get(PASTED, ""))
    if not (PASTE in posted or fields or rows):
        return posted
    data = posted.copy()
    for name in (PASTE, PASTED):
        data.pop(name, None)
    for name, value in fields.items():
        if not data.get(name):
            data[name] = value
    data = with_rows(data, rows)
    data[RECHECK] = "1"
    return data


def not_cited(rows: list[dict[str, str]], urls: list[str]) -> list[dict[str, str]]:
    """Those of the rows whose pages none of these addresses leads to."""
    cited = {canonical_url(url) for url in urls}
    return [row for row in rows if canonical_url(row["url"]) not in cited]


def with_rows(data: QueryDict, rows: list[dict[str, str]]) -> QueryDict:
    """The form with these citations behind its own; those of a page that it cites already are left out."""
    present = [row for row in posted_rows(data) if row.get("url") or row.get("label") or row.get("id")]
    added = not_cited(rows, [row.get("url", "") for row in present])
    known = [name for name in CitationForm.base_fields if name != "position"]
    # Stored rows come first, for Django's formset.
    stored = [row for row in present if row.get("id")]
    others = [row for row in present if not row.get("id")]
    for key in [key for key in data if key.startswith(f"{CITATIONS}-")]:
        del data[key]
    everything = [*stored, *others, *({name: row.get(name, "") for name in known} for row in added)]
    for number, row in enumerate(everything):
        data.update({f"{CITATIONS}-{number}-{name}": value for name, value in row.items()})
        data.setdefault(f"{CITATIONS}-{number}-position", str(number + 1))
    data.update(management(total=len(everything), initial=len(stored)))
    return data
