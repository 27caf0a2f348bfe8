"""Reading WordPress eXtended RSS, the export of a WordPress site (versions 1.0 to 1.2), post by post.

The source is read twice, first for the pictures: a post may stand before its featured image. What a post
becomes, an article or an event, is up to `wxr` and `wxr_events`.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from events.dates import utc_moment
from events.importers.base import BROKEN, SourceProblem
from events.importers.records import ContextRecord, InvalidRecord, Record
from events.importers.wxr_pictures import Attachment
from events.importers.xml_stream import child_text, local_name, pieces
from events.text.cleaning import clean_line
from events.text.from_html import escape_markdown, markdown_from_html, safe_url, text_from_html
from events.text.languages import is_language_tag

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

_MEDIA_SHORTCODE = re.compile(
    r"\[/?(?:gallery|audio|video|playlist|embed|caption|wp_caption)\b[^\[\]]{0,2000}\]"
)
# Any other shortcode is known by its attributes or by being a closing one: "[sic]" stays.
_SHORTCODE = re.compile(r"\[(/?)[a-z][\w-]{0,60}(?=[\s\]])([^\[\]]{0,2000})\]")
_SHORTCODE_VALUE = re.compile("=[\"']")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(slots=True)
class Site:
    """What an export says of its site: address, language, and the names of authors by their logins."""

    url: str = ""
    language: str = ""
    authors: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return bare_host(self.url)


@dataclass(frozen=True, slots=True)
class Post:
    """A post with its site and the attachments of all posts by their ids."""

    item: Element
    site: Site
    attachments: Mapping[str, Attachment]

    @property
    def link(self) -> str:
        return child_text(self.item, "link")

    @property
    def content(self) -> str:
        return child_text(self.item, _CONTENT)

    @property
    def author(self) -> str:
        login = clean_line(child_text(self.item, "creator"))
        return self.site.authors.get(login) or login

    @property
    def featured(self) -> Attachment | None:
        found = self.attachments.get(_meta(self.item).get("_thumbnail_id", ""))
        return found if found and found.url else None


Make = Callable[[Post], Record]


def read_posts(stream: BinaryIO, make: Make, *, path: str = "") -> Iterator[Record]:
    """Contexts for the categories and tags, then what `make` makes of the posts."""
    number = 0
    with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as copy:
        try:
            if not stream.seekable():
                shutil.copyfileobj(stream, copy)
                stream = copy
            stream.seek(0)
            attachments = _attachments(stream)
            stream.seek(0)
            for piece in _records(stream, attachments, make):
                number += 1
                piece.where = f"{path}#{number}"
                yield piece
        except (SourceProblem, *BROKEN) as error:
            yield InvalidRecord(f"{path}#{number + 1}", str(error))


def _attachments(stream: BinaryIO) -> dict[str, Attachment]:
    """The attachments by their ids, as far as the source can be read: the second reading tells the rest."""
    attachments: dict[str, Attachment] = {}
    with suppress(SourceProblem):
        for _parent, item in pieces(stream, _CONTAINERS):
            if local_name(item) == "item" and child_text(item, "post_type") == "attachment":
                url = safe_url(child_text(item, "attachment_url"))
                alt = clean_line(_meta(item).get("_wp_attachment_image_alt", ""))[:1_000]
                caption = escape_markdown(text_from_html(_excerpt(item))[:2_000])
                attachments[child_text(item, "post_id")] = Attachment(url, alt, caption)
    return attachments


def _records(stream: BinaryIO, attachments: dict[str, Attachment], make: Make) -> Iterator[Record]:
    site = Site()
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
        elif kind == "author":
            shown = clean_line(child_text(element, "author_display_name"))
            site.authors[clean_line(child_text(element, "author_login"))] = shown
        elif kind in ("category", "tag") and (context := _context(element, categories)):
            yield context
        elif kind == "item" and _is_post(element):
            yield _made(Post(element, site, attachments), make)
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


def _made(post: Post, make: Make) -> Record:
    post_id = child_text(post.item, "post_id")
    if not text_from_html(child_text(post.item, "title")):
        return InvalidRecord("", _("The post %(id)s has no title.") % {"id": post_id[:20]})
    if _day(child_text(post.item, "post_date")) is None:
        return InvalidRecord("", _("The post %(id)s has no date.") % {"id": post_id[:20]})
    try:
        return make(post)
    except SourceProblem as error:
        return InvalidRecord("", _("The post %(id)s: %(problem)s") % {"id": post_id[:20], "problem": error})


def facts(post: Post) -> dict[str, Any]:
    """What the records of articles and of events call alike."""
    item, site = post.item, post.site
    post_id, link = child_text(item, "post_id"), post.link
    address = urlsplit(safe_url(site.url))
    reference = f"wxr:{address.netloc}{address.path.rstrip('/')}/?p={post_id}"
    path = urlsplit(link).path if safe_url(link) and not urlsplit(link).query else ""
    return {
        "import_ref": reference if post_id else f"wxr:{child_text(item, 'guid') or link}",
        "date": _day(child_text(item, "post_date")),
        "headline": text_from_html(child_text(item, "title")),
        "slug": clean_line(unquote(child_text(item, "post_name"))),
        "language": site.language if is_language_tag(site.language) else "",
        "contexts": _names(item),
        "old_addresses": [clean_line(unquote(path))] if path.strip("/") else [],
    } | _course(item)


def excerpt_of(post: Post) -> str:
    return escape_markdown(text_from_html(_excerpt(post.item)))


def _course(item: Element) -> dict[str, Any]:
    """The state, and when a post was or will be published, and last edited; a draft's moments are zeros."""
    published = _moment(child_text(item, "post_date_gmt"))
    state = _STATES[child_text(item, "status")]
    edited = {"edited_at": _moment(child_text(item, "post_modified_gmt"))}
    if child_text(item, "status") == "future":
        # Without its moment it would be public at once.
        return edited | {"state": "published" if published else "draft", "publish_at": published}
    return edited | {"state": state, "first_published_at": published if state == "published" else None}


def _moment(value: str) -> datetime | None:
    """Raises SourceProblem where it cannot be told in every zone."""
    found = _written(value)
    try:
        return found and utc_moment(found)
    except ValueError:
        problem = _("“%(value)s” is no moment of the years 2 to 9998.") % {"value": value}
        raise SourceProblem(problem) from None


def _day(value: str) -> date | None:
    found = _written(value)
    return found.date() if found else None


def _written(value: str) -> datetime | None:
    try:
        return datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


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


def as_html(source: str) -> str:
    """Content as HTML source: no shortcodes, and paragraphs marked as WordPress does for display."""
    source = _SHORTCODE.sub(_without_shortcode, _MEDIA_SHORTCODE.sub("", source.replace("\r\n", "\n")))
    if "<!-- wp:" in source or "<pre" in source:
        return source
    return _BLANK_LINES.sub("<p>", source.strip()).replace("\n", "<br>")


def _without_shortcode(match: re.Match[str]) -> str:
    is_shortcode = match[1] or _SHORTCODE_VALUE.search(match[2])
    return "" if is_shortcode else match[0]


def bare_host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
