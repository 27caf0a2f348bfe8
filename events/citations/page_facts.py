"""What a page says of itself: title, publisher, author, day, language, own address, agency, section, picture.

Read from JSON-LD (schema.org), Open Graph (ogp.me), `meta` names and the page's own markup, in this order
where they differ. All of it is a stranger's word: short, plain text, and addresses only of the web.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from events.citations.labels import agency_name
from events.citations.publishers import publisher_host, publisher_name
from events.citations.urls import canonical_url, host_of, is_web_url
from events.text.cleaning import clean_line
from events.text.languages import is_language_tag

MOST_CHARACTERS = 1000
MOST_OBJECTS = 500
MOST_SECTIONS, MOST_OF_SECTION = 5, 200
ARTICLES = ("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "WebPage")

_ISO_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
# "HOMS, Syria (AFP) - Twin blasts …", "BEIRUT (Reuters) – …"
_DATELINE = re.compile(r"^[^.!?]{0,60}?\(([^()]{2,40})\)\s*(?:[-–—]|$)")
_BY = re.compile(r"^\s*(?:by|von|par|por)\s+", re.IGNORECASE)
_STAFF = re.compile(r"[\s,/|]+(?:staff|news agency|writers?|reporters?)$", re.IGNORECASE)
# "Twin bomb blasts hit Homs - BBC News": what stands behind the last mark may be the site's name.
_TITLE_TAIL = re.compile(r"\s+[|–—-]\s+([^|–—-]{2,60})$")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says; `""` or None for what it does not. `canonical` is the form that duplicates share."""

    title: str = ""
    description: str = ""
    publisher: str = ""
    author: str = ""
    published_on: date | None = None
    language: str = ""
    canonical: str = ""
    picture: str = ""
    picture_alt: str = ""
    agency: str = ""
    # Its names, the widest first, as far as the page has them: "World, Middle East".
    section: str = ""
    is_paywalled: bool = False


def read_page(text: str, url: str) -> PageFacts:
    """The facts of a page that was found at `url`. Never fails."""
    tree = LexborHTMLParser(text)
    meta = metas(tree)
    article = article_of(tree)
    site = words(meta.get("og:site_name"), meta.get("application-name"), name_in(article.get("publisher")))
    publisher = publisher_name(publisher_host(host_of(url)), site)
    author = author_of(article, meta)
    description = words(
        meta.get("og:description"), article.get("description"), meta.get("description"),
        meta.get("twitter:description"),
    )  # fmt: skip
    picture, alt = picture_of(article, meta, url)
    return PageFacts(
        title=title_of(tree, article, meta, (site, publisher)),
        description=description,
        publisher=publisher,
        author=author,
        published_on=day_of(article, meta, tree, url),
        language=language_of(article, meta, tree),
        canonical=own_address(tree, meta, url),
        picture=picture,
        picture_alt=alt,
        agency=agency_of(author, name_in(article.get("sourceOrganization")), publisher, description, tree),
        section=section_of(article, meta),
        is_paywalled=is_false(article.get("isAccessibleForFree"))
        or meta.get("article:content_tier") == "locked",
    )


def metas(tree: LexborHTMLParser) -> dict[str, str]:
    """`meta` elements by name or property, the first of each."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        names = node.attributes.get("property"), node.attributes.get("name"), node.attributes.get("itemprop")
        for name in filter(None, names):
            found.setdefault(name.strip().lower(), node.attributes.get("content") or "")
    return found


def article_of(tree: LexborHTMLParser) -> dict:
    """The JSON-LD object that describes the page, the most special kind of article first."""
    found = [node for node in objects(tree) if kinds(node).intersection(ARTICLES)]
    found.sort(key=lambda node: kinds(node) <= {"WebPage"})
    return found[0] if found else {}


def objects(tree: LexborHTMLParser) -> Iterator[dict]:
    """The objects of all JSON-LD, `MOST_OBJECTS` of them, those further out first."""
    waiting: list = []
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            waiting.append(json.loads(node.text(), strict=False))
        except (ValueError, RecursionError):
            continue
    # The list grows while it is read.
    for value in islice(waiting, MOST_OBJECTS):
        if isinstance(value, list):
            waiting.extend(value[:MOST_OBJECTS])
        elif isinstance(value, dict):
            yield value
            waiting.extend(inner for key, inner in value.items() if key in ("@graph", "mainEntity"))


def kinds(node: dict) -> set[str]:
    kind = node.get("@type")
    return {name for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)}


def words(*values: object) -> str:
    """The first of the values that says something, as one line."""
    for value in values:
        if isinstance(value, str) and (text := clean_line(value[: MOST_CHARACTERS * 2])):
            return text[:MOST_CHARACTERS]
    return ""


def name_in(value: object) -> str:
    """The name of a schema.org Person or Organization, of the first of several, or text."""
    if isinstance(value, list):
        value = value[0] if value else None
    return words(value.get("name") if isinstance(value, dict) else value)


def title_of(tree: LexborHTMLParser, article: dict, meta: dict[str, str], sites: Iterable[str]) -> str:
    node = tree.css_first("title") or tree.css_first("h1")
    title = words(article.get("headline"), meta.get("og:title"), node.text() if node else "")
    tail = _TITLE_TAIL.search(title)
    names = {name.casefold() for name in sites if name}
    if tail and any(name in tail[1].casefold() or tail[1].casefold() in name for name in names):
        title = title[: tail.start()]
    return title


def author_of(article: dict, meta: dict[str, str]) -> str:
    author = words(
        name_in(article.get("author")), meta.get("author"), meta.get("article:author"), meta.get("byl"),
        meta.get("dc.creator"),
    )  # fmt: skip
    # Some name the author by an address, of a profile.
    return "" if author.startswith(("http://", "https://")) else _BY.sub("", author)


def section_of(article: dict, meta: dict[str, str]) -> str:
    """The names of the section, once each."""
    names = article.get("articleSection")
    names = [words(name) for name in (names if isinstance(names, list) else [names])[:MOST_SECTIONS]]
    found = [name for name in names if name] or [
        words(meta.get("article:section"), meta.get("parsely-section"))
    ]
    return ", ".join(dict.fromkeys(found))[:MOST_OF_SECTION]


def agency_of(author: str, source: str, publisher: str, description: str, tree: LexborHTMLParser) -> str:
    """The agency that the byline, the page's source, the publisher or the dateline names."""
    for name in (source, author, *re.split(r"\s*(?:,|/|\band\b|\|)\s*", author), publisher):
        if found := agency_name(_STAFF.sub("", name)):
            return found
    node = tree.css_first("article p") or tree.css_first("main p") or tree.css_first("p")
    for text in (description, words(node.text()) if node else ""):
        if (match := _DATELINE.match(text)) and (found := agency_name(match[1])):
            return found
    return ""


def day_of(article: dict, meta: dict[str, str], tree: LexborHTMLParser, url: str) -> date | None:
    """The calendar day on which the page says that it was published, else the one in its address."""
    node = tree.css_first("article time[datetime]") or tree.css_first("time[datetime]")
    values = (
        article.get("datePublished"), meta.get("article:published_time"), meta.get("datepublished"),
        meta.get("parsely-pub-date"), meta.get("dc.date.issued"), meta.get("dc.date"), meta.get("date"),
        meta.get("pubdate"), node.attributes.get("datetime") if node else None,
    )  # fmt: skip
    for value in values:
        match = _ISO_DAY.match(value) if isinstance(value, str) else None
        if match and (day := day_or_none(*match.groups())):
            return day
    match = _DAY_IN_PATH.search(url)
    return day_or_none(*match.groups()) if match else None


def day_or_none(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def language_of(article: dict, meta: dict[str, str], tree: LexborHTMLParser) -> str:
    root = tree.css_first("html")
    values = (
        root.attributes.get("lang") if root else None, name_in(article.get("inLanguage")),
        meta.get("og:locale"),
    )  # fmt: skip
    for value in values:
        tag = words(value).replace("_", "-")
        if is_language_tag(tag):
            return tag
    return ""


def own_address(tree: LexborHTMLParser, meta: dict[str, str], url: str) -> str:
    """The address that the page calls its own, if it is of the same publisher; no other is believed."""
    node = tree.css_first('link[rel="canonical"]')
    for value in (node.attributes.get("href") if node else None, meta.get("og:url")):
        address = joined(url, words(value))
        if address and publisher_host(host_of(address)) == publisher_host(host_of(url)):
            return canonical_url(address)
    return canonical_url(url)


def picture_of(article: dict, meta: dict[str, str], url: str) -> tuple[str, str]:
    """Address and alternative text of the page's leading picture."""
    image = article.get("image")
    image = image[0] if isinstance(image, list) and image else image
    address = image.get("url") if isinstance(image, dict) else image
    for value in (meta.get("og:image:secure_url"), meta.get("og:image"), address, meta.get("twitter:image")):
        if found := joined(url, words(value)):
            return found, words(meta.get("og:image:alt"), meta.get("twitter:image:alt"))
    return "", ""


def joined(base: str, address: str) -> str:
    """A web address, from one that may be relative; `""` if it is none."""
    try:
        found = urljoin(base, address) if address else ""
    except ValueError:
        return ""
    return found if is_web_url(found) else ""


def is_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower().rpartition("/")[2] == "false")
