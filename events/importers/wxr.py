"""WordPress eXtended RSS, the export of a WordPress site (versions 1.0 to 1.2).

The source is read twice, first for the pictures: a post may stand before its featured image.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.importers.base import BROKEN, SourceProblem
from events.importers.records import (
    CitationRecord,
    ContextRecord,
    CoverRecord,
    EventRecord,
    InvalidRecord,
    Record,
)
from events.importers.xml_stream import child_text, local_name, pieces
from events.text.cleaning import clean_line
from events.text.from_html import escape_markdown, links_in_html, markdown_from_html, safe_url, text_from_html
from events.text.languages import is_language_tag

name = "wxr"
title = gettext_lazy("WordPress export (WXR)")
extensions = (".xml", ".wxr")

MAX_CITATIONS = 20

_CONTAINERS = frozenset({"rss", "channel"})
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
# Other states (trash, auto-draft, inherit) are no posts. What was private must not become public.
_STATES = {
    "publish": "published",
    "future": "published",
    "draft": "draft",
    "private": "draft",
    "pending": "in_review",
}
_SPOOL_BYTES = 16 * 1024 * 1024
_DEFAULT_CATEGORY = "uncategorized"

_PICTURE_SHORTCODE = re.compile(r"\[(caption|wp_caption)\b[^\[\]]{0,2000}\][^\[]{0,5000}\[/\1\]")
_MEDIA_SHORTCODE = re.compile(
    r"\[/?(?:gallery|audio|video|playlist|embed|caption|wp_caption)\b[^\[\]]{0,2000}\]"
)
# Any other shortcode is known by its attributes or by being a closing one: "[sic]" stays.
_SHORTCODE = re.compile(r"\[(/?)[a-z][\w-]{0,60}(?=[\s\]])([^\[\]]{0,2000})\]")
_SHORTCODE_VALUE = re.compile("=[\"']")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class _Picture:
    url: str
    alt: str
    caption: str


@dataclass(slots=True)
class _Site:
    url: str = ""
    language: str = ""

    @property
    def host(self) -> str:
        return _bare_host(self.url)


def read(stream: BinaryIO, *, path: str = "") -> Iterator[Record]:
    """Contexts for the categories and tags, then events for the posts."""
    number = 0
    with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as copy:
        try:
            if not stream.seekable():
                shutil.copyfileobj(stream, copy)
                stream = copy
            stream.seek(0)
            pictures = _pictures(stream)
            stream.seek(0)
            for piece in _records(stream, pictures):
                number += 1
                piece.where = f"{path}#{number}"
                yield piece
        except (SourceProblem, *BROKEN) as error:
            yield InvalidRecord(f"{path}#{number + 1}", str(error))


def _pictures(stream: BinaryIO) -> dict[str, _Picture]:
    """The attachments by their ids, as far as the source can be read: the second reading tells the rest."""
    pictures: dict[str, _Picture] = {}
    with suppress(SourceProblem):
        for _parent, item in pieces(stream, _CONTAINERS):
            if local_name(item) == "item" and child_text(item, "post_type") == "attachment":
                url = safe_url(child_text(item, "attachment_url"))
                alt = clean_line(_meta(item).get("_wp_attachment_image_alt", ""))[:1_000]
                caption = escape_markdown(text_from_html(_excerpt(item))[:2_000])
                pictures[child_text(item, "post_id")] = _Picture(url, alt, caption)
    return pictures


def _records(stream: BinaryIO, pictures: dict[str, _Picture]) -> Iterator[Record]:
    site = _Site()
    categories: dict[str, str] = {}
    is_wordpress = False
    for _parent, element in pieces(stream, _CONTAINERS):
        kind = local_name(element)
        if kind == "wxr_version":
            is_wordpress = True
        elif kind == "language":
            site.language = (element.text or "").strip()
        elif kind in ("link", "base_blog_url") and element.text:
            site.url = element.text.strip()
        elif kind in ("category", "tag") and (context := _context(element, categories)):
            yield context
        elif kind == "item" and _is_post(element):
            yield _event(element, site, pictures)
    if not is_wordpress:
        raise SourceProblem(_("This is not an export of WordPress."))


def _is_post(item: Element) -> bool:
    return child_text(item, "post_type") == "post" and child_text(item, "status") in _STATES


def _context(element: Element, categories: dict[str, str]) -> ContextRecord | None:
    """A category or a tag; a parent is named by its slug and stands before its children."""
    label = clean_line(child_text(element, "cat_name", "tag_name"))
    slug = child_text(element, "category_nicename", "tag_slug")
    if not label or slug == _DEFAULT_CATEGORY:
        return None
    categories[slug] = label
    parent = child_text(element, "category_parent")
    return ContextRecord(
        label,
        description=markdown_from_html(child_text(element, "category_description", "tag_description")),
        parents=[clean_line(categories.get(parent, unquote(parent).replace("-", " ")))] if parent else [],
    )


def _event(item: Element, site: _Site, pictures: dict[str, _Picture]) -> Record:
    post_id, link = child_text(item, "post_id"), child_text(item, "link")
    content = _content(child_text(item, _CONTENT))
    headline = text_from_html(child_text(item, "title"))
    day = _day(child_text(item, "post_date"))
    if not headline or day is None:
        problem = _("The post %(id)s has no title.") if not headline else _("The post %(id)s has no date.")
        return InvalidRecord("", problem % {"id": post_id[:20]})
    address = urlsplit(safe_url(site.url))
    reference = f"wxr:{address.netloc}{address.path.rstrip('/')}/?p={post_id}"
    record = EventRecord(
        import_ref=reference if post_id else f"wxr:{child_text(item, 'guid') or link}",
        date=day,
        headline=headline,
        slug=clean_line(unquote(child_text(item, "post_name"))),
        summary=escape_markdown(text_from_html(_excerpt(item))),
        body=markdown_from_html(content, base=link),
        language=site.language if is_language_tag(site.language) else "",
        contexts=_names(item),
        citations=_citations(content, link, site),
        state=_STATES[child_text(item, "status")],
    )
    _set_moments(record, item)
    path = urlsplit(link).path if safe_url(link) and not urlsplit(link).query else ""
    if path.strip("/"):
        record.old_addresses = [clean_line(unquote(path))]
    picture = pictures.get(_meta(item).get("_thumbnail_id", ""))
    if picture and picture.url:
        record.cover = CoverRecord(source_url=picture.url, alt=picture.alt, caption=picture.caption)
    return record


def _set_moments(record: EventRecord, item: Element) -> None:
    """When a post was or will be published, and last edited; a draft's moments are zeros."""
    published = _moment(child_text(item, "post_date_gmt"))
    record.edited_at = _moment(child_text(item, "post_modified_gmt"))
    if child_text(item, "status") == "future":
        record.publish_at = published
        # Without its moment it would be public at once.
        record.state = "published" if published else "draft"
    elif record.state == "published":
        record.first_published_at = published


def _moment(value: str) -> datetime | None:
    try:
        return datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _day(value: str) -> date | None:
    moment = _moment(value)
    return moment.date() if moment else None


def _meta(item: Element) -> dict[str, str]:
    fields = [each for each in item if local_name(each) == "postmeta"]
    return {child_text(each, "meta_key"): child_text(each, "meta_value") for each in fields}


def _excerpt(item: Element) -> str:
    for each in item:
        if isinstance(each.tag, str) and each.tag.endswith("/excerpt/}encoded"):
            return (each.text or "").strip()
    return ""


def _names(item: Element) -> list[str]:
    """Tags and categories in the order of the post."""
    found = [
        clean_line(each.text or "")
        for each in item
        if local_name(each) == "category"
        and each.get("domain") in ("category", "post_tag", "tag")
        and each.get("nicename") != _DEFAULT_CATEGORY
    ]
    return list(dict.fromkeys(filter(None, found)))


def _content(source: str) -> str:
    """Content as HTML source: no shortcodes, and paragraphs marked as WordPress does for display."""
    source = _PICTURE_SHORTCODE.sub("", source.replace("\r\n", "\n"))
    source = _SHORTCODE.sub(_without_shortcode, _MEDIA_SHORTCODE.sub("", source))
    if "<!-- wp:" in source or "<pre" in source:
        return source
    return _BLANK_LINES.sub("<p>", source.strip()).replace("\n", "<br>")


def _without_shortcode(match: re.Match[str]) -> str:
    is_shortcode = match[1] or _SHORTCODE_VALUE.search(match[2])
    return "" if is_shortcode else match[0]


def _bare_host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _citations(content: str, link: str, site: _Site) -> list[CitationRecord]:
    """The first links to other hosts, each address once."""
    found: dict[str, str] = {}
    for each in links_in_html(content, base=link):
        host = _bare_host(each.url)
        if host and host != site.host and each.url not in found:
            found[each.url] = each.text or host
            if len(found) == MAX_CITATIONS:
                break
    return [CitationRecord(label, url) for url, label in found.items()]
