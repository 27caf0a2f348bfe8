"""Feeds: RSS 2.0, RSS 1.0, Atom 1.0 (RFC 4287) and JSON Feed 1.x.

All are read into one `_Entry`, from which the record is made, so that they differ in nothing but names.
The day of an entry is its publication's date by the feed's own clock: it is never shifted into a zone.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.dates import parse_iso_day, utc_moment
from events.importers.base import BROKEN, SourceProblem
from events.importers.records import CitationRecord, CoverRecord, EventRecord, InvalidRecord, Record
from events.importers.xml_stream import child, child_text, inner_html, local_name, pieces
from events.text.cleaning import clean_line
from events.text.excerpts import excerpt
from events.text.from_html import escape_markdown, markdown_from_html, safe_url, text_from_html
from events.text.html_tokens import html_tokens
from events.text.languages import is_language_tag
from events.text.xml_characters import without_forbidden

name = "feed"
title = gettext_lazy("RSS, Atom or JSON feed")
extensions = (".rss", ".atom", ".xml", ".json")

MAX_JSON_BYTES = 32 * 1024 * 1024
# An entry without a title is called by the beginning of its text, up to this many characters.
MAX_TITLE_LENGTH = 200

_CONTAINERS = frozenset({"rss", "channel", "feed", "RDF"})
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_PICTURE = re.compile(r"\.(?:avif|gif|jpe?g|png|webp)(?:[?#]|$)", re.IGNORECASE)
_MAILBOX = re.compile(r"^[^\s@]+@[^\s@]+\s*(?:\(([^)]*)\))?$")


@dataclass(slots=True)
class _Feed:
    """What the feed says of itself, for entries that do not say otherwise."""

    title: str = ""
    language: str = ""
    base: str = ""


@dataclass(slots=True)
class _Entry:
    """An entry of any feed. `summary` and `content` are HTML source, `title` is plain text."""

    reference: str = ""
    title: str = ""
    url: str = ""
    summary: str = ""
    content: str = ""
    published: str = ""
    updated: str = ""
    day: str = ""
    tags: list[str] = field(default_factory=list)
    author: str = ""
    source: str = ""
    language: str = ""
    cover: CoverRecord | None = None


def read(stream: BinaryIO, *, path: str = "") -> Iterator[Record]:
    """One event an entry; whatever cannot be read is reported and left out."""
    stream = stream if hasattr(stream, "peek") else io.BufferedReader(stream)
    number = 0
    try:
        is_json = stream.peek(64)[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
        for feed, entry in _json_entries(stream) if is_json else _xml_entries(stream):
            number += 1
            where = f"{path}#{number}"
            try:
                record = _record(entry, feed)
            except SourceProblem as error:
                yield InvalidRecord(where, str(error))
                continue
            record.where = where
            yield record
    except SourceProblem as error:
        yield InvalidRecord(f"{path}#{number + 1}", str(error))
    except BROKEN as error:
        yield InvalidRecord(path, _("The file is damaged (%(error)s).") % {"error": error})


# From the one form to the record


def _record(entry: _Entry, feed: _Feed) -> EventRecord:
    """Raises SourceProblem if the entry cannot be used."""
    url = safe_url(entry.url, feed.base)
    reference = clean_line(entry.reference) or url
    if not reference:
        raise SourceProblem(_("The entry has neither an id nor a link."))
    published = _moment(entry.published) or _moment(entry.updated)
    day = _day(entry.day) or (published and published.date())
    if day is None:
        raise SourceProblem(_("The entry “%(title)s” has no date.") % {"title": entry.title[:60]})
    base = url or feed.base
    summary = text_from_html(entry.summary)
    body = markdown_from_html(entry.content, base=base)
    headline = clean_line(entry.title) or excerpt(
        summary or text_from_html(entry.content), chars=MAX_TITLE_LENGTH
    )
    if not headline:
        raise SourceProblem(_("The entry has neither a title nor a text."))
    # A tag URI (RFC 4151) is unique wherever it is met; other ids need to be told from other imports'.
    is_tag_uri = reference.startswith("tag:")
    record = EventRecord(
        import_ref=reference if is_tag_uri else _import_ref(reference, feed.base or url),
        guid=reference if is_tag_uri else "",
        date=day,
        headline=headline,
        summary=escape_markdown(summary) if summary != headline else "",
        body=body,
        language=_language(entry.language) or _language(feed.language),
        contexts=list(dict.fromkeys(filter(None, map(clean_line, entry.tags)))),
        citations=[CitationRecord(_label(entry, feed, url), url)] if url else [],
        cover=entry.cover if entry.cover and entry.cover.source_url else None,
    )
    record.first_published_at = published.astimezone(UTC) if published else None
    updated = _moment(entry.updated)
    if updated and published and updated > published:
        record.updated_at = updated.astimezone(UTC)
    if record.cover and not record.cover.alt:
        record.cover.alt = _alt(entry.content, record.cover.source_url)
    return record


def _import_ref(reference: str, base: str) -> str:
    """The id as an import reference. One that is no URI is unique in its feed only: the host goes along."""
    return f"feed:{reference}" if ":" in reference else f"feed:{urlsplit(safe_url(base)).netloc}#{reference}"


def _label(entry: _Entry, feed: _Feed, url: str) -> str:
    """Who is cited: the source that the entry names, else author and feed, else the host."""
    if entry.source:
        return clean_line(entry.source)
    mailbox = _MAILBOX.match(entry.author)
    author = clean_line((mailbox[1] or "") if mailbox else entry.author)
    names = dict.fromkeys(filter(None, (author, clean_line(feed.title))))
    return ", ".join(names) or urlsplit(url).hostname or ""


def _moment(value: str) -> datetime | None:
    """An RFC 3339 or RFC 822 moment with the offset it came with (UTC without one), or None."""
    value = value.strip()[:60]
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(value)
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
            # Software writes the first moment of the year 1 where it knows none.
            utc_moment(found)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found
    return None


def _day(value: str) -> date | None:
    try:
        return parse_iso_day(value)
    except ValueError:
        return None


def _language(tag: str) -> str:
    return tag if is_language_tag(tag) else ""


def _alt(content: str, url: str) -> str:
    """The alternative text of a picture where the content shows it too."""
    for token in html_tokens(content):
        if token.name == "img" and token.attribute("src") == url:
            return clean_line(token.attribute("alt"))
    return ""


# RSS and Atom


def _xml_entries(stream: BinaryIO) -> Iterator[tuple[_Feed, _Entry]]:
    feed = _Feed()
    is_feed = False
    for parent, element in pieces(stream, _CONTAINERS):
        is_feed = True
        feed.language = feed.language or parent.get(f"{_XML}lang", "")
        feed.base = parent.get(f"{_XML}base", "") or feed.base
        kind = local_name(element)
        if kind == "item":
            yield feed, _rss_entry(element, feed)
        elif kind == "entry":
            yield feed, _atom_entry(element, feed)
        elif kind == "title" and not feed.title and not element.tag.startswith(_MEDIA):
            feed.title = text_from_html(element.text or "")
        elif kind == "language":
            feed.language = (element.text or "").strip()
        elif kind == "link" and not feed.base:
            feed.base = safe_url(element.get("href", "") or element.text or "")
    if not is_feed:
        raise SourceProblem(_("This is neither an RSS nor an Atom feed."))


def _rss_entry(item: Element, feed: _Feed) -> _Entry:
    summary, content = child_text(item, "description"), child_text(item, _CONTENT)
    return _Entry(
        reference=child_text(item, "guid") or item.get(_ABOUT, ""),
        title=text_from_html(_own_text(item, "title")),
        url=_own_text(item, "link") or _permalink(item),
        summary=summary,
        content=content,
        published=child_text(item, "pubDate", f"{_DC}date", f"{_ATOM}published"),
        updated=child_text(item, f"{_ATOM}updated", "{http://purl.org/dc/terms/}modified"),
        tags=[
            each.text or "" for each in item if local_name(each) == "category" or each.tag == f"{_DC}subject"
        ],
        author=child_text(item, f"{_DC}creator", "author"),
        source=child_text(item, "source"),
        language=child_text(item, f"{_DC}language"),
        cover=_cover(item, feed),
    )


def _own_text(item: Element, name: str) -> str:
    """The text of RSS's own element, not of one that Media RSS or Atom call the same."""
    for each in item:
        if local_name(each) == name and not each.tag.startswith((_MEDIA, _ATOM)):
            return (each.text or "").strip()
    return ""


def _permalink(item: Element) -> str:
    guid = child(item, "guid")
    is_permalink = guid is not None and guid.get("isPermaLink", "true") == "true"
    return (guid.text or "").strip() if is_permalink else ""


def _atom_entry(element: Element, feed: _Feed) -> _Entry:
    links = [each for each in element if each.tag == f"{_ATOM}link"]
    pages = [each.get("href", "") for each in links if each.get("rel", "alternate") == "alternate"]
    author, source = child(element, f"{_ATOM}author"), child(element, f"{_ATOM}source")
    return _Entry(
        reference=child_text(element, f"{_ATOM}id"),
        title=text_from_html(_atom_html(element, "title")),
        url=_joined(element.get(f"{_XML}base", ""), pages[0]) if pages else "",
        summary=_atom_html(element, "summary"),
        content=_atom_html(element, "content"),
        published=child_text(element, f"{_ATOM}published"),
        updated=child_text(element, f"{_ATOM}updated"),
        tags=[
            each.get("label") or each.get("term") or "" for each in element if each.tag == f"{_ATOM}category"
        ],
        author=child_text(author, f"{_ATOM}name") if author is not None else "",
        source=text_from_html(_atom_html(source, "title")) if source is not None else "",
        language=element.get(f"{_XML}lang", ""),
        cover=_cover(element, feed),
    )


def _joined(base: str, address: str) -> str:
    """The address as it is meant in its element; empty where it, or its base, is none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _atom_html(element: Element, name: str) -> str:
    """A text construct (RFC 4287, 3.1) as HTML source."""
    found = child(element, f"{_ATOM}{name}")
    if found is None:
        return ""
    if found.get("type") in ("html", "text/html"):
        return found.text or ""
    return inner_html(found)


def _cover(element: Element, feed: _Feed) -> CoverRecord | None:
    """The picture of an entry: Media RSS first, which tells most, else an enclosure."""
    for media in element.iter(f"{_MEDIA}content"):
        kind = media.get("medium") or media.get("type", "")
        url = safe_url(media.get("url", ""), feed.base)
        if url and (kind.startswith("image") or (not kind and _PICTURE.search(url))):
            return CoverRecord(
                source_url=url,
                alt=text_from_html(child_text(media, f"{_MEDIA}description")),
                credit=text_from_html(child_text(media, f"{_MEDIA}credit")),
                licence=_licence(media),
            )
    for each in element:
        is_link = each.tag == f"{_ATOM}link" and each.get("rel") == "enclosure"
        if (is_link or local_name(each) == "enclosure") and each.get("type", "").startswith("image/"):
            return CoverRecord(source_url=safe_url(each.get("url") or each.get("href", ""), feed.base))
    return None


def _licence(media: Element) -> str:
    return text_from_html(child_text(media, f"{_MEDIA}license", f"{_MEDIA}copyright"))


# JSON Feed


def _json_entries(stream: BinaryIO) -> Iterator[tuple[_Feed, _Entry]]:
    raw = stream.read(MAX_JSON_BYTES + 1)
    if len(raw) > MAX_JSON_BYTES:
        raise SourceProblem(_("The feed is longer than %(limit)d bytes.") % {"limit": MAX_JSON_BYTES})
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SourceProblem(_("The feed is not JSON (%(error)s).") % {"error": error}) from None
    items = data.get("items")
    if not _text(data, "version").startswith("https://jsonfeed.org/version/1") or not isinstance(items, list):
        raise SourceProblem(_("This is JSON, but not a JSON Feed of version 1."))
    feed = _Feed(
        _text(data, "title"), _text(data, "language"), _text(data, "home_page_url") or _text(data, "feed_url")
    )
    for item in items:
        yield feed, _json_entry(item if isinstance(item, dict) else {})


def _text(data: Any, key: str) -> str:
    value = data.get(key) if isinstance(data, dict) else None
    # JSON can hold halves of surrogate pairs, which nothing can store or print.
    return without_forbidden(str(value)) if isinstance(value, str | int) else ""


def _json_entry(item: dict[str, Any]) -> _Entry:
    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    tags = item.get("tags")
    own = item.get("_dayline")
    image = safe_url(_text(item, "image") or _text(item, "banner_image"))
    return _Entry(
        reference=_text(item, "id"),
        title=_text(item, "title"),
        url=_text(item, "url") or _text(item, "external_url"),
        summary=_as_html(_text(item, "summary")),
        content=_text(item, "content_html") or _as_html(_text(item, "content_text")),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        day=_text(own, "date"),
        tags=[tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
        author=_text(author, "name"),
        language=_text(item, "language"),
        cover=CoverRecord(
            source_url=image,
            alt=clean_line(_text(own, "image_alt")),
            credit=clean_line(_text(own, "image_credit")),
        )
        if image
        else None,
    )


def _as_html(text: str) -> str:
    """Plain text as HTML source; blank lines part paragraphs."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\r\n", "\n")
    return re.sub(r"\n\s*\n", "<p>", escaped)
