"""Markdown pages that `events.formats.markdown` wrote, or that an editor wrote after their model.

Related entries are not read: the list is worked out from the contexts, and each of its entries has a
page of its own. Lists are not read either, except that a context's page tells of the context.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from events.importers.records import (
    CitationRecord,
    ContextRecord,
    CoverRecord,
    EventRecord,
    InvalidRecord,
    PublisherRecord,
    Record,
)
from events.text.page_markup import (
    COVER_LABELS,
    LINK_PATTERN,
    cover_label,
    read_destination,
    release_sections,
    section_headings,
    unescape_inline,
)

Facts = dict[str, Any]

_FRONT_MATTER = re.compile(r"---\n(.*?)^---(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DAY_LINE = re.compile(r"### \[(\d{4})-(\d{1,2})-(\d{1,2})\]\(")
_HEADLINE = re.compile(r"# +(.+?) *$")
_FIRST_CONTEXT = re.compile(r"##### +(.+?) *$")
_ITEM = re.compile(r"(\d+)[.)] +(.*)$")
_LINK = re.compile(LINK_PATTERN)

# libyaml reads the same and ten times as fast, but is not built into every PyYAML.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PageError(ValueError):
    """A page that is not what it says, in words for an editor."""


def read_page(text: str, *, path: str = "") -> Iterator[Record]:
    """The records of one page: its contexts and publishers as far as it names them, then its event."""
    where = f"{path}:1"
    try:
        facts, page = _split(text)
        if facts.get("kind", "event") == "event":
            yield from _event_records(facts, page, where)
        elif facts.get("context"):
            yield _context_record(facts["context"], where)
    except (PageError, yaml.YAMLError, ValueError, TypeError, AttributeError, KeyError) as error:
        yield InvalidRecord(where=where, problem=" ".join(str(error).split()))


def _split(text: str) -> tuple[Facts, str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise PageError("The front matter has no end: a line of three hyphens is missing.")
    facts = yaml.load(match[1], Loader=_Loader)  # noqa: S506 - both are safe loaders
    if not isinstance(facts, dict):
        raise PageError("The front matter is not a list of names and values.")
    return facts, text[match.end() :]


def _event_records(facts: Facts, page: str, where: str) -> Iterator[Record]:
    event = _event(facts, page, where)
    yield from _contexts(facts, where)
    yield from _publishers(facts, where)
    yield event


def _contexts(facts: Facts, where: str) -> Iterator[ContextRecord]:
    for context in facts.get("contexts", ()):
        if isinstance(context, dict):
            yield _context_record(context, where)


def _context_record(context: Facts, where: str) -> ContextRecord:
    return ContextRecord(
        name=context["name"],
        slug=context.get("slug", ""),
        kind=context.get("kind", ""),
        description=context.get("description", ""),
        parents=[_name(parent) for parent in context.get("parents", ())],
        aliases=[str(alias) for alias in context.get("aliases", ())],
        wikidata=str(context.get("wikidata", "")),
        media_topic=str(context.get("media_topic", "")),
        where=where,
    )


def _publishers(facts: Facts, where: str) -> Iterator[PublisherRecord]:
    for citation in facts.get("citations", ()):
        if publisher := citation.get("publisher"):
            yield PublisherRecord(host=publisher["host"], name=publisher["name"], where=where)


def _name(value: Any) -> str:
    """A context's name, given as such or with its other facts."""
    return str(value["name"] if isinstance(value, dict) else value)


def _event(facts: Facts, page: str, where: str) -> EventRecord:
    head, sections = _sections(page)
    day, headline, first_context, summary = _head(head)
    items = list(_items(sections.get("source", "")))
    cover_facts = facts.get("cover")
    cover_item = items.pop() if cover_facts and items and _is_cover(items[-1][1]) else None
    contexts = [_name(context) for context in facts.get("contexts", ())]
    if first_context and first_context not in contexts:
        contexts.insert(0, first_context)
    return EventRecord(
        import_ref=str(facts.get("import_reference", "")),
        date=_day(facts["date"]) if "date" in facts else day,
        headline=headline,
        end_date=_day(facts.get("end_date")),
        date_precision=facts.get("date_precision", "day"),
        time=_time(facts.get("time")),
        time_zone=facts.get("time_zone", ""),
        short_headline=facts.get("short_headline", ""),
        summary=summary,
        body=release_sections(sections.get("text", "")),
        category=facts.get("category", ""),
        language=facts.get("language", ""),
        direction=facts.get("direction", ""),
        contexts=contexts,
        citations=_citations(items, facts.get("citations", ())),
        cover=_cover(cover_facts, cover_item and cover_item[2]),
        public_id=str(facts.get("id", "")),
        guid=facts.get("guid", ""),
        slug=_slug(facts.get("address", "")),
        first_published_at=_moment(facts.get("first_published")),
        updated_at=_moment(facts.get("updated")),
        edited_at=_moment(facts.get("edited")),
        is_incomplete=bool(facts.get("is_incomplete", False)),
        old_addresses=[_path(address) for address in facts.get("old_addresses", ())],
        where=where,
    )


def _sections(page: str) -> tuple[str, dict[str, str]]:
    """What stands above the first section, and the text of each section."""
    headings = section_headings()
    parts: dict[str, list[str]] = {"": []}
    current = ""
    for line in page.split("\n"):
        section = headings.get(line.rstrip())
        # A heading that comes twice can only be text somebody wrote by hand.
        if section and section not in parts:
            current = section
            parts[current] = []
        else:
            parts[current].append(line)
    texts = {section: "\n".join(lines).strip("\n") for section, lines in parts.items()}
    return texts.pop(""), texts


def _head(text: str) -> tuple[date | None, str, str, str]:
    """Day, headline, the context above the headline, and summary."""
    day, first_context = None, ""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if match := _DAY_LINE.match(line):
            day = date(int(match[1]), int(match[2]), int(match[3]))
        elif match := _FIRST_CONTEXT.match(line):
            first_context = unescape_inline(match[1])
        elif match := _HEADLINE.match(line):
            summary = "\n".join(lines[number + 1 :]).strip("\n")
            return day, unescape_inline(match[1]), first_context, release_sections(summary)
    raise PageError("The page has no headline: a line that begins with “# ” is missing.")


def _items(text: str) -> Iterator[tuple[int, str, str]]:
    """Number, label and address of each source; the address is empty where it is not a link."""
    for line in text.split("\n"):
        if match := _ITEM.match(line):
            link = _LINK.fullmatch(match[2].rstrip())
            label = unescape_inline(link["text"] if link else match[2])
            yield int(match[1]), label, read_destination(link["url"]) if link else ""


def _is_cover(label: str) -> bool:
    return label in COVER_LABELS or label == cover_label()


def _citations(items: list[tuple[int, str, str]], details: Any) -> list[CitationRecord]:
    by_number = {detail["number"]: detail for detail in details}
    return [_citation(label, url, by_number.get(number, {})) for number, label, url in items]


def _citation(label: str, url: str, detail: Facts) -> CitationRecord:
    return CitationRecord(
        label=label,
        url=url,
        agency=detail.get("agency", ""),
        carrier=detail.get("carrier", ""),
        published_on=_day(detail.get("published")),
        accessed_on=_day(detail.get("accessed")),
        language=detail.get("language", ""),
        is_paywalled=bool(detail.get("is_paywalled", False)),
        quote=detail.get("quote", ""),
    )


def _cover(facts: Facts | None, address: str | None) -> CoverRecord | None:
    if not facts:
        return None
    licence = facts.get("licence") or {}
    return CoverRecord(
        # Our own copy's address comes last: it is all there is of a picture that an editor uploaded.
        source_url=facts.get("source_address") or address or facts.get("address", ""),
        file=facts.get("file", ""),
        alt=facts.get("alt", ""),
        is_decorative=bool(facts.get("is_decorative", False)),
        caption=facts.get("caption", ""),
        credit=facts.get("credit", ""),
        licence=licence.get("code", "") if isinstance(licence, dict) else str(licence),
    )


def _path(address: str) -> str:
    """The site's own path in an address, which may be of another origin than ours."""
    return urlsplit(address).path


def _slug(address: str) -> str:
    return unquote(_path(address)).rstrip("/").rpartition("/")[2]


def _day(value: Any) -> date | None:
    """A day that YAML may have read as a date already.

    :raises ValueError: where it is none.
    """
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    return date.fromisoformat(str(value))


def _time(value: Any) -> time | None:
    # YAML 1.1 takes an unquoted 14:30 for a number to base 60.
    if isinstance(value, int):
        return time(*divmod(value, 60))
    return time.fromisoformat(value) if value else None


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise PageError(f"The moment {value} has no zone.")
    return moment
