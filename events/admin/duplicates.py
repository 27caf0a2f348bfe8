"""Another entry beside the one that is being written: what both share is marked, sources can move over."""

from dataclasses import dataclass

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from events.admin import posted
from events.admin.entry_form import RECHECK
from events.admin.source_desk import with_rows
from events.citations.urls import canonical_url
from events.models import Event
from events.readiness import Draft
from events.related.terms import words_in
from events.text.folding import index_text, is_unspaced, name_key, word_pieces

# The button of the answer "it is that one"; posted to the other entry's own page.
BRING = "_bring_sources"
MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two entries; each list holds (text, whether the other has it too)."""

    headline: SafeString
    summary: SafeString
    day: str
    citations: tuple[tuple[str, bool], ...]
    contexts: tuple[tuple[str, bool], ...]


class BringSources:
    """Mixed into the events' admin: a form posted to another entry's page brings its sources along."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context=None
    ) -> HttpResponse:
        """Where this was asked for, take for the posted form that of the stored entry with more sources.

        Before anything else looks at it: what was posted is the form of another entry.
        """
        if BRING in request.POST and object_id:
            event = self.get_object(request, unquote(object_id))
            if event and self.has_change_permission(request, event):
                request.POST = self.brought(request, event)
                request.FILES.clear()
        return super().changeform_view(request, object_id, form_url, extra_context)

    def brought(self, request: HttpRequest, event: Event) -> QueryDict:
        """The stored entry's form with the posted sources behind its own, to be looked at before saving.

        Sources whose page it cites already are left out.
        """
        data = QueryDict(mutable=True)
        data.update(posted.stored(self.full_form(request, event), event))
        rows = [row for row in posted.posted_rows(request.POST) if "DELETE" not in row]
        data = with_rows(data, [row | {"id": "", "event": str(event.pk)} for row in rows])
        data[RECHECK] = "1"
        return data


def side_by_side(draft: Draft, event: Event) -> tuple[Side, Side]:
    """The draft and the other entry."""
    mine = (draft.headline, draft.summary, [(row.label, row.url) for row in draft.sources], draft.contexts)
    theirs = shown_of(event)
    days = (draft.day.isoformat() if draft.day else "", event.date.isoformat())
    return side(*mine, days[0], other=theirs), side(*theirs, days[1], other=mine)


def two_entries(one: Event, other: Event) -> tuple[Side, Side]:
    """Two stored entries, whose sources and contexts have been fetched."""
    mine, theirs = shown_of(one), shown_of(other)
    days = (one.date.isoformat(), other.date.isoformat())
    return side(*mine, days[0], other=theirs), side(*theirs, days[1], other=mine)


def shown_of(event: Event) -> tuple:
    """Headline, summary, sources and contexts."""
    sources = [(row.label, row.url) for row in event.citations.all()]
    return event.headline, event.summary, sources, [row.tag.name for row in event.taggings.all()]


def side(headline, summary, sources, contexts, day: str, *, other: tuple) -> Side:
    their_headline, their_summary, their_sources, their_contexts = other
    words = set(words_in(index_text(f"{their_headline}\n{their_summary}"[:MOST_CHARACTERS])))
    pages = {canonical_url(url) for _label, url in their_sources} - {""}
    names = {name_key(name) for name in their_contexts}
    return Side(
        marked(headline, words),
        marked(summary, words),
        day,
        tuple((label or url, canonical_url(url) in pages) for label, url in sources if label or url),
        tuple((name, name_key(name) in names) for name in contexts),
    )


def marked(text: str, words: set[str]) -> SafeString:
    """The text with those of its words marked that are among these tokens; pairs of letters in Chinese."""
    text = text[:MOST_CHARACTERS]
    pieces = [(start, end, index_text(text[start:end])) for start, end in word_pieces(text)]
    spans: list[tuple[int, int]] = []
    for place, (start, end, token) in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if token in words and not is_unspaced(token):
            spans.append((start, end))
        elif after and after[0] == end and token + after[2] in words:
            spans.append((start, after[1]))
    html, reached = "", 0
    for start, end in spans:
        if end > reached:
            html += escape(text[reached:start]) if start > reached else ""
            html += format_html("<mark>{}</mark>", text[max(start, reached) : end])
            reached = end
    return mark_safe(html + escape(text[reached:]))  # noqa: S308 (each part of it is escaped)
