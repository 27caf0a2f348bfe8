"""How to cite an entry: as a sentence, for BibTeX and for Wikipedia."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from events.dates import format_day
from events.documents.site import Site
from events.documents.types import EventDocument, absolute

_BIBTEX_SPECIAL = re.compile(r"[\\{}$&#_%~^]")
_BIBTEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
# What would end or open a template, a link or a parameter in wikitext.
_WIKITEXT_SPECIAL = str.maketrans(
    {"|": "{{!}}", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;", "<": "&lt;", ">": "&gt;"}
)


@dataclass(frozen=True, slots=True)
class Citing:
    """One way to cite: its name and the words to copy."""

    title: str
    text: str


def _published_on(event: EventDocument) -> date:
    return timezone.localdate(event.first_published_at)


def _sentence(text: str) -> str:
    """The text with a full stop unless it ends with one of any script, or with a mark as strong."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", "。", "！", "？", "؟", "۔")) else f"{text}."


def plain(event: EventDocument, site: Site) -> str:
    """A sentence in the order of most style guides: title, site, dates, permanent address, licence."""
    words = {
        "headline": _sentence(event.headline),
        "site": site.name,
        "day": format_day(event.date, event.ref.date_precision, end=event.end_date),
        "published": format_day(_published_on(event)),
        "address": absolute(event.ref.short_path),
        "licence": site.licence_name,
    }
    # Translators: how to cite an entry of the chronicle.
    return (
        _(
            "“%(headline)s” %(site)s, entry for %(day)s, first published %(published)s. "
            "%(address)s (%(licence)s)"
        )
        % words
    )


def _bibtex_escaped(text: str) -> str:
    """Text with what BibTeX and TeX would read as commands made harmless."""
    return _BIBTEX_SPECIAL.sub(lambda match: _BIBTEX_WORDS.get(match[0], f"\\{match[0]}"), text)


def bibtex(event: EventDocument, site: Site) -> str:
    """An `@online` entry of biblatex, which classic styles read as `@misc`. Double braces keep capitals."""
    fields = {
        "title": f"{{{_bibtex_escaped(event.headline.strip())}}}",
        "author": f"{{{_bibtex_escaped(site.publisher_name)}}}",
        "organization": _bibtex_escaped(site.name),
        "date": _published_on(event).isoformat(),
        "year": str(_published_on(event).year),
        "url": absolute(event.ref.short_path),
        "langid": event.ref.language or site.language,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@online{{{event.public_id},\n{lines}}}"


def wikipedia(event: EventDocument, site: Site) -> str:
    """The template `cite web` (https://en.wikipedia.org/wiki/Template:Cite_web)."""
    parameters = {
        "title": event.headline.strip().translate(_WIKITEXT_SPECIAL),
        "url": absolute(event.ref.short_path),
        "website": site.name.translate(_WIKITEXT_SPECIAL),
        "publisher": site.publisher_name.translate(_WIKITEXT_SPECIAL),
        "date": _published_on(event).isoformat(),
        "language": event.ref.language or site.language,
    }
    if parameters["publisher"] == parameters["website"]:
        del parameters["publisher"]
    return "{{cite web " + " ".join(f"|{name}={value}" for name, value in parameters.items()) + "}}"


def ways_to_cite(event: EventDocument, site: Site) -> tuple[Citing, ...]:
    """Every way to cite the event, the one for everybody first."""
    return (
        Citing(_("Plain text"), plain(event, site)),
        Citing("BibTeX", bibtex(event, site)),
        Citing("Wikipedia", wikipedia(event, site)),
    )
