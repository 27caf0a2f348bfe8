"""The Context's own Markdown pages: events, days and the front page, English and Chinese.

A page has no marks around its parts, so it is read line by line:

    ### [2013-05-7](/news/2013/05/7/index.md)         the day of an event's page
    ##### Israel                                      its first context
    # Headline
    Summary
    ### Source:                                       信息来源 in Chinese
    1. [BBC](http://…) [IMG](http://…)                [IMG] or [Cover Image] is the cover
    ### Related:                                      有关
    1. [Headline](/zh/news/2019/11/1/….md) _Context: A, B_        消息

A day's page has `## [2014-10-29](…)` and for each entry its first context and `### [Headline](….md)`; the
entries have pages of their own, so they come as incomplete ones.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from events.citations.urls import host_of
from events.importers.page_links import Link, first_link, last_link, link_with_contexts
from events.importers.records import (
    CitationRecord,
    CoverRecord,
    EventRecord,
    InvalidRecord,
    MentionRecord,
    Record,
)
from events.importers.wiki_citations import split_headline, without_template
from events.text.cleaning import clean_wiki
from events.text.page_markup import COVER_LABELS, section_headings
from events.text.slugs import legacy_slug

_DAY = re.compile(r"### \[(\d{4})-(\d{1,2})-(\d{1,2})\]\(")
_LISTED_DAY = re.compile(r"^## \[", re.MULTILINE)
_FIRST_CONTEXT = re.compile(r"#####\s+(.+)")
_HEADLINE = re.compile(r"#\s+(.+)")
_LISTED = re.compile(r"### ?\[")
_NUMBERED = re.compile(r"\d+\. \[")
_PATH = re.compile(
    r"/?(?P<edition>[a-z]{2}/)?news/(?P<day>(\d{4})/(\d{1,2})/(\d{1,2}))/(?P<slug>[^/]{1,400}?)(?:\.(?:md|html))?"
)
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


class _Address(NamedTuple):
    """An entry's address on the older site, without extension; `edition` is "" or such as "zh/"."""

    edition: str
    day: date
    rest: str

    @property
    def import_ref(self) -> str:
        return f"{self.edition}{self.rest}"

    @property
    def path(self) -> str:
        return f"/{self.import_ref}"


def read_page(text: str, *, path: str = "") -> Iterator[Record]:
    """The records of one page. `path` is its file's place in the site, with `__` or `/`."""
    lines = [(number, line.rstrip()) for number, line in enumerate(text.split("\n"), 1)]
    if any(_DAY.match(line) for _number, line in lines[:10]):
        yield _event_record(lines, path)
    elif _LISTED_DAY.search(text):
        yield from _listed_records(lines, path)
    else:
        yield InvalidRecord(
            where=f"{path}:1",
            problem=_("The page is no event’s (“### [2016-02-21](…)”) and no list (“## [2016-02-21](…)”)."),
        )


def _address(path: str) -> _Address | None:
    """The parts of an entry's path; None for other pages and for days that do not exist."""
    match = _PATH.fullmatch(path)
    if match is None or match["slug"] == "index":
        return None
    try:
        day = date(int(match[3]), int(match[4]), int(match[5]))
    except ValueError:
        return None
    return _Address(match["edition"] or "", day, f"news/{match['day']}/{match['slug']}")


def _language(text: str) -> str:
    """The Context came out in English and in Chinese; a Chinese page may cite in English."""
    return "zh" if _CHINESE.search(text) else "en"


def _listed_records(lines: list[tuple[int, str]], path: str) -> Iterator[Record]:
    """The entries of a day's page or of the front page."""
    first_context = ""
    for number, line in lines:
        if match := _FIRST_CONTEXT.fullmatch(line):
            first_context = clean_wiki(match[1])
        elif (begin := _LISTED.match(line)) and (link := last_link(line, begin.end())):
            yield _listed_record(link, first_context, f"{path}:{number}")
            first_context = ""


def _listed_record(link: Link, first_context: str, where: str) -> Record:
    address = _address(link.address)
    headline, labels = split_headline(link.text)
    if address is None or not headline:
        return InvalidRecord(where=where, problem=_("The entry has no headline or no address with a day."))
    return EventRecord(
        import_ref=address.import_ref,
        date=address.day,
        headline=headline,
        language=_language(headline),
        contexts=[first_context] if first_context else [],
        citations=[CitationRecord(label=label) for label in labels],
        is_incomplete=True,
        old_addresses=[address.path],
        where=where,
    )


def _event_record(lines: list[tuple[int, str]], path: str) -> Record:
    """The entry of an event's page."""
    where = f"{path}:1"
    page = _parts(lines)
    raw_headline = "".join(page["headline"])
    headline, labels = split_headline(raw_headline)
    try:
        year, month, day_of_month = _printed_day(page["day"][0])
        day = date(int(year), int(month), int(day_of_month))
    except ValueError:
        problem = _("There is no such day: %(day)s") % {"day": page["day"][0].partition("](")[0]}
        return InvalidRecord(where=where, problem=problem)
    if not headline:
        return InvalidRecord(where=where, problem=_("The page has no headline: “# …” is missing."))
    related = list(_mentions(page["related"]))
    citations, cover = _sources(page["source"])
    contexts = [clean_wiki(name) for name in page["context"]]
    contexts += [name for mention in related for name in mention.shared]
    address, seen = _own_address(path, page["day"][0], raw_headline, related)
    return EventRecord(
        import_ref=address.import_ref,
        date=day,
        headline=headline,
        summary=clean_wiki(" ".join(page["summary"])),
        language=_language(headline),
        contexts=list(dict.fromkeys(contexts)),
        citations=citations + [CitationRecord(label=label) for label in labels],
        cover=cover,
        related=related,
        old_addresses=seen,
        where=where,
    )


def _printed_day(line: str) -> list[str]:
    """Year, month and day as they stand in a page's first line, padded or not."""
    return line.partition("[")[2].partition("]")[0].split("-")


def _parts(lines: list[tuple[int, str]]) -> dict[str, list[str]]:
    """The lines of each part; of day and headline the first one counts."""
    parts: dict[str, list[str]] = {
        name: [] for name in ("day", "context", "headline", "summary", "text", "source", "related")
    }
    headings = section_headings()
    current = "summary"
    for _number, line in lines:
        if not line:
            continue
        if line in headings:
            current = headings[line]
        elif not parts["day"] and _DAY.match(line):
            parts["day"].append(line)
        elif not parts["headline"] and (match := _FIRST_CONTEXT.fullmatch(line)):
            parts["context"].append(match[1])
        elif not parts["headline"] and (match := _HEADLINE.fullmatch(line)):
            # Kept with its leading blank, which counts for the length of the older site's addresses.
            parts["headline"].append(line[2:])
        else:
            parts[current].append(line)
    return parts


def _own_address(
    path: str, day_line: str, raw_headline: str, related: list[MentionRecord]
) -> tuple[_Address, list[str]]:
    """The address of the page itself and every form in which it has been seen.

    Files of the Chinese edition are named without the `/zh` that its links carry. Without a path the
    address is worked out from the day, as written, and the headline.
    """
    chinese = _language(raw_headline) == "zh" or any(ref.import_ref.startswith("zh/") for ref in related)
    edition = "zh/" if chinese else ""
    given = _address(_site_path(path))
    if given is None:
        year, month, day = _printed_day(day_line)
        slug = legacy_slug(raw_headline)
        given = _Address(
            edition, date(int(year), int(month), int(day)), f"news/{year}/{month}/{day}/{slug or 'entry'}"
        )
    own = given._replace(edition=given.edition or edition)
    return own, list(dict.fromkeys([own.path, given.path]))


def _site_path(path: str) -> str:
    """A file's place in its site: what comes before `news/` or `zh/news/` belongs to the machine."""
    path = path.replace("__", "/")
    match = re.search(r"(?:^|/)((?:[a-z]{2}/)?news/\d{4}/.*)$", path)
    return match[1] if match else path


def _sources(lines: list[str]) -> tuple[list[CitationRecord], CoverRecord | None]:
    """The citations, and the cover where one of the lines tells it."""
    citations: list[CitationRecord] = []
    cover = ""
    for line in lines:
        number = _NUMBERED.match(line)
        link = first_link(line, number.end()) if number else None
        if link is None:
            continue
        if link.text in COVER_LABELS:
            cover = cover or link.address
            continue
        label = clean_wiki(without_template(link.text)) or host_of(link.address)
        citations.append(CitationRecord(label=label, url=link.address))
        cover = cover or link.behind
    return citations, CoverRecord(source_url=cover) if cover else None


def _mentions(lines: list[str]) -> Iterator[MentionRecord]:
    for line in lines:
        number = _NUMBERED.match(line)
        start = number.end() if number else len(line)
        link = link_with_contexts(line, start) or last_link(line, start)
        if link is None:
            continue
        address = _address(link.address)
        headline, _labels = split_headline(link.text)
        if address and headline:
            names = [clean_wiki(name) for name in link.behind.split(", ")]
            yield MentionRecord(
                import_ref=address.import_ref,
                date=address.day,
                headline=headline,
                shared=[name for name in names if name],
                old_addresses=[address.path],
                language=_language(headline),
            )
