"""The query language: what a reader types becomes a `SearchQuery`. Pure, and without an error for any text.

Words must all be found; `"several words"` side by side; `-word` must not be found; `a OR b` either.
`from:2016-01-01`, `to:2016-12`, `context:homs`, `source:bbc.com`, `category:"Law and crime"` and `lang:zh`
narrow, and may be typed in either case.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from events.dates import month_bounds, parse_iso_day, year_bounds
from events.search.backends.base import Phrase
from events.text.cleaning import clean_line
from events.text.folding import search_tokens
from events.text.languages import is_language_tag

# More than a reader would type, and little enough for a database to answer at once.
MAX_CHARS = 500
MAX_TERMS = 24
MAX_FILTERS = 5

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"') | {"－": "-", "：": ":", "｜": "|"})
_PIECE = re.compile(
    r'(?:(?P<operator>from|to|context|source|category|lang):(?=["\w])|(?P<minus>-))?'
    r'(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>\||[^\s"|]+))',
    re.IGNORECASE,
)
_OR = ("OR", "|")
# Found in nearly every entry, so they only cost time; in a phrase they keep their place.
_STOP_WORDS = frozenset(
    token
    for token in search_tokens(
        "a an and are as at be but by for from has have in into is it its of on or that the their"
        " they this to was were which will with"
    )
)
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_NEEDS_QUOTES = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question as understood.

    `text` is what remains of the typed text without filters. Of every group of phrases one must be found, of
    `excluded` none. Days are inclusive. `contexts` and `sources` are slugs or names, and hosts. `problems`
    make the question unanswerable, `notes` do not; both are sentences for the reader.
    """

    text: str = ""
    groups: tuple[tuple[Phrase, ...], ...] = ()
    excluded: tuple[Phrase, ...] = ()
    first: date | None = None
    last: date | None = None
    contexts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    category: str = ""
    language: str = ""
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Phrase, ...]:
        """The phrases to mark in an excerpt."""
        return tuple(phrase for group in self.groups for phrase in group)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for at all."""
        return not (
            self.groups
            or self.excluded
            or self.first
            or self.last
            or self.contexts
            or self.sources
            or self.category
            or self.language
        )

    @property
    def q(self) -> str:
        """The text of the search field: the words, with the filters that have no field of their own."""
        parts = [self.text, operator("category", self.category), operator("lang", self.language)]
        return " ".join(part for part in parts if part)

    def parameters(self) -> list[tuple[str, str]]:
        """The question as the fields of an address, in one order for equal questions."""
        pairs = [
            ("q", self.q),
            ("from", self.first.isoformat() if self.first else ""),
            ("to", self.last.isoformat() if self.last else ""),
            *(("context", name) for name in self.contexts),
            *(("source", host) for host in self.sources),
        ]
        return [pair for pair in pairs if pair[1]]

    def __str__(self) -> str:
        """The question as one line of the query language."""
        return " ".join(value if name == "q" else operator(name, value) for name, value in self.parameters())


def operator(name: str, value: str) -> str:
    """`name:value`, with quotes where the value has a space; nothing for no value."""
    if not value:
        return ""
    return f'{name}:"{value}"' if _NEEDS_QUOTES.search(value) else f"{name}:{value}"


def with_text(query: SearchQuery, text: str) -> SearchQuery:
    """The same filters with other words."""
    words = parse(text)
    return replace(query, text=words.text, groups=words.groups, excluded=words.excluded)


def parse(text: str) -> SearchQuery:
    """Read the query language."""
    reader = _Reader()
    text = clean_line(text)
    if len(text) > MAX_CHARS:
        reader.notes.append(_("The question was very long: only its beginning was searched."))
    for match in _PIECE.finditer(text[:MAX_CHARS].translate(_QUOTES)):
        reader.read(match)
    return reader.query()


def narrowed(
    query: SearchQuery,
    *,
    first: date | None = None,
    last: date | None = None,
    contexts: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
    problems: tuple[str, ...] = (),
) -> SearchQuery:
    """The question with the filters of a form added. A day in the text goes before one in the form."""
    query = replace(
        query,
        first=query.first or first,
        last=query.last or last,
        contexts=tuple(dict.fromkeys(query.contexts + contexts)),
        sources=tuple(dict.fromkeys(query.sources + sources)),
    )
    problems = query.problems + problems
    if query.first and query.last and query.first > query.last:
        problems += (_("The first day is after the last one."),)
    if len(query.contexts) > MAX_FILTERS or len(query.sources) > MAX_FILTERS:
        problems += (_("Ask for at most %(number)d contexts and as many sources.") % {"number": MAX_FILTERS},)
    return replace(query, problems=tuple(dict.fromkeys(problems)))


def read_days(text: str) -> tuple[date, date]:
    """First and last day of "2016-02-21", "2016-02" or "2016"; raises ValueError with a sentence."""
    text = text.strip()
    try:
        if _YEAR.fullmatch(text):
            return year_bounds(int(text))
        if month := _MONTH.fullmatch(text):
            return month_bounds(int(month[1]), int(month[2]))
        day = parse_iso_day(text)
    except ValueError as error:
        raise ValueError(
            _("“%(text)s” is no day. Write a day as 2016-02-21, a month as 2016-02 or a year as 2016.")
            % {"text": text[:40]}
        ) from error
    return day, day


class _Reader:
    """Collects the pieces of a text in their order."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.groups: list[list[Phrase]] = []
        self.excluded: list[Phrase] = []
        self.first: date | None = None
        self.last: date | None = None
        self.contexts: list[str] = []
        self.sources: list[str] = []
        self.category = ""
        self.language = ""
        self.problems: list[str] = []
        self.notes: list[str] = []
        self.is_alternative = False

    def read(self, match: re.Match[str]) -> None:
        value = match["phrase"] if match["word"] is None else match["word"]
        if match["operator"]:
            self.filter(match["operator"].lower(), value.strip())
        elif value in _OR and match["word"] and not match["minus"]:
            self.is_alternative = bool(self.groups)
            self.words.append(value)
        else:
            self.words.append(match[0])
            self.term(tuple(search_tokens(value)), is_excluded=bool(match["minus"]))

    def term(self, phrase: Phrase, *, is_excluded: bool) -> None:
        if not phrase:
            return
        if len(self.excluded) + sum(map(len, self.groups)) >= MAX_TERMS:
            note = _("Only the first %(number)d words were searched.") % {"number": MAX_TERMS}
            if note not in self.notes:
                self.notes.append(note)
        elif is_excluded:
            self.excluded.append(phrase)
        elif self.is_alternative:
            self.groups[-1].append(phrase)
        else:
            self.groups.append([phrase])
        self.is_alternative = False

    def filter(self, name: str, value: str) -> None:
        if not value:
            return
        if name in ("from", "to"):
            self.day(name, value)
        elif name == "context":
            self.contexts.append(value)
        elif name == "source":
            self.sources.append(value.lower())
        elif name == "category":
            self.category = value
        elif is_language_tag(value):
            self.language = value.lower()
        else:
            self.problems.append(
                _("“%(text)s” is no language tag such as en or zh-Hans.") % {"text": value[:40]}
            )

    def day(self, name: str, value: str) -> None:
        try:
            first, last = read_days(value)
        except ValueError as error:
            self.problems.append(str(error))
            return
        if name == "from":
            self.first = first
        else:
            self.last = last

    def query(self) -> SearchQuery:
        groups = list(dict.fromkeys(map(tuple, self.groups)))
        telling = [group for group in groups if not all(len(p) == 1 and p[0] in _STOP_WORDS for p in group)]
        return SearchQuery(
            text=" ".join(self.words),
            groups=tuple(telling or groups),
            excluded=tuple(dict.fromkeys(self.excluded)),
            first=self.first,
            last=self.last,
            contexts=tuple(dict.fromkeys(self.contexts)),
            sources=tuple(dict.fromkeys(self.sources)),
            category=self.category,
            language=self.language,
            problems=tuple(dict.fromkeys(self.problems)),
            notes=tuple(self.notes),
        )
