"""How what documents say of entries and contexts is written on pages.

Lists call these hundreds of times a page, so each is a plain function of its values.
"""

from collections.abc import Sequence
from functools import lru_cache
from unicodedata import east_asian_width

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext_lazy

from events.documents.cite import Citing, ways_to_cite
from events.documents.relations import relation_words, when_words
from events.documents.site import Site
from events.documents.types import (
    CitationDocument,
    ContextDocument,
    ContextRef,
    EventDocument,
    EventRef,
    Page,
)

register = template.Library()

# How much of an entry a list shows.
SHORT_LIST_OF_SOURCES = 4
SHORT_LIST_OF_CONTEXTS = 6
# From how many letters on a headline is set smaller, and as text.
LONG_HEADLINE, HEADLINE_AS_TEXT = 120, 280
KINDS = {
    "person": gettext_lazy("Person"),
    "place": gettext_lazy("Place"),
    "organisation": gettext_lazy("Organisation"),
    "story": gettext_lazy("Story"),
    "topic": gettext_lazy("Topic"),
}


@register.filter
def names(contexts: Sequence[ContextRef]) -> str:
    """The names of contexts in one line."""
    return ", ".join([ref.name for ref in contexts])


@register.filter
def when_name(when: str) -> str:
    """How a related event stands in time."""
    return when_words(when)


@register.filter
def relation_name(relation: str) -> str:
    """How an event stands to one that an editor linked: "Update of" …"""
    return relation_words(relation)


@register.filter
def lang(ref: EventRef | Page) -> SafeString:
    """The attributes `lang` and `dir` of an entry's text, with a space before them."""
    return _lang_attributes(ref.language, ref.direction)


@lru_cache(maxsize=256)
def _lang_attributes(language: str, direction: str) -> SafeString:
    if not language:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', language, direction or "ltr")


@register.filter
def lang_of(language: str) -> SafeString:
    """The attributes `lang` and `dir` of a text whose direction is left to its letters."""
    return _lang_attributes(language, "auto")


@register.filter
def language_name(code: str) -> str:
    """A language in its own name where Django knows it, else its code."""
    return get_language_info(code)["name_local"] if code in LANG_INFO else code


@register.filter
def headline_class(headline: str) -> str:
    """How large a headline is set, by the room it takes: a Chinese character has that of two letters."""
    room = sum(2 if east_asian_width(character) in "WF" else 1 for character in headline)
    if room <= LONG_HEADLINE:
        return "headline"
    return "headline headline-long" if room <= HEADLINE_AS_TEXT else "headline headline-text"


@register.filter
def labels(citations: Sequence[CitationDocument]) -> str:
    """The first sources of a list's entry in one line; the event's page has them all."""
    names = [citation.label for citation in citations[:SHORT_LIST_OF_SOURCES]]
    return " · ".join([*names, "…"] if len(citations) > len(names) else names)


@register.filter
def context_items(contexts: Sequence[ContextRef]) -> SafeString:
    """The first contexts of a list's entry as list items with links."""
    return mark_safe("".join([_context_item(ref) for ref in contexts[:SHORT_LIST_OF_CONTEXTS]]))  # noqa: S308


@lru_cache(maxsize=4096)
def _context_item(ref: ContextRef) -> SafeString:
    return format_html('<li><a href="{}">{}</a></li>', ref.path, ref.name)


@register.simple_tag
def ways(event: EventDocument, site: Site) -> tuple[Citing, ...]:
    """How to cite the event."""
    return ways_to_cite(event, site)


@register.filter
def together(subjects: Sequence[ContextDocument], ref: ContextRef) -> str:
    """The page of a context, beside a single subject that of both together."""
    if len(subjects) != 1:
        return ref.path
    return f"/contexts/{'+'.join(sorted((subjects[0].ref.slug, ref.slug)))}/"


@register.simple_tag
def frame(part: str, site: Site, kind: str = "") -> SafeString:
    """`includes/_<part>.html`, which looks the same on every page of one kind.

    Rendered once for each language and kept, except while templates are being worked on.
    """
    render_part = _frame.__wrapped__ if settings.DEBUG else _frame
    return render_part(part, site, kind or "error", get_language())


@lru_cache(maxsize=256)
def _frame(part: str, site: Site, kind: str, language: str) -> SafeString:
    return get_template(f"includes/_{part}.html").render({"site": site, "kind": kind})


@register.filter
def entry(event: EventDocument, level: int = 3) -> SafeString:
    """An event as lists print it. Kept by all that it says: the same entry stands in many lists.

    `level` is that of its heading, one below the heading of its day.
    """
    render_entry = _entry.__wrapped__ if settings.DEBUG else _entry
    return render_entry(event, level, get_language())


# A few megabytes; the newest entries of a busy site are among them.
@lru_cache(maxsize=2000)
def _entry(event: EventDocument, level: int, language: str) -> SafeString:
    return get_template("includes/_entry.html").render({"event": event, "level": level})


@register.filter
def kind_name(kind: str) -> str:
    """What one context of a kind is called."""
    return str(KINDS[kind]) if kind in KINDS else kind
