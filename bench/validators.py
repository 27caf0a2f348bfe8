"""What an answer of the chronicle must be, checked quickly enough for hundreds of thousands of them.

Each function takes the body of an answer and returns what is wrong with it, one sentence a mistake.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import jsonschema
import yaml
from html5lib.html5parser import ParseError
from lxml import etree

import events

try:  # Compiled, and some fifty times as fast; it is asked for nothing else, so no requirement.
    import jsonschema_rs
except ImportError:
    jsonschema_rs = None

SCHEMAS = Path(events.__file__).parent / "schemas"
# The elements that never have an end tag (HTML Living Standard, section 13.1.2).
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Comments and the insides of scripts hold no tags.
OPAQUE = re.compile(r"<!--.*?-->|<!doctype html>|(?<=>)[^<]*(?=</script>)", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"""<(/?)([a-zA-Z][\w-]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*(/?)>""")
ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]+)(?:="([^"]*)")?""")
BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|\w+;)")
STRUCTURED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ARTICLE = ("headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage", "image")
NINJS = ("uri", "type", "versioncreated", "headlines", "by")
# Right where the page of a feed shows none either, as that of a context whose children have all of them.
NO_ENTRY = "no entry"
JSON_FEED = "https://jsonfeed.org/version/1.1"


def wrong_html(body: bytes) -> list[str]:
    """Every tag closed in its turn, none half-written, no id or attribute twice, structured data complete.

    Stricter than HTML, which lets many end tags be left out: the templates write them all.
    """
    text = body.decode()
    wrong = [*wrong_tags(OPAQUE.sub("", text))]
    for script in STRUCTURED.findall(text):
        try:
            data = json.loads(script)
        except ValueError as error:
            wrong.append(f"structured data: {error}")
            continue
        if data.get("@type") == "NewsArticle":
            wrong += [f"NewsArticle without {name}" for name in ARTICLE if not data.get(name)]
    return wrong


def wrong_tags(text: str) -> list[str]:
    wrong, opened, ids, end = [], [], set(), 0
    for tag in TAG.finditer(text):
        if "<" in (between := text[end : tag.start()]) or BARE_AMPERSAND.search(between):
            wrong.append(f"not escaped: {between.strip()[:80]}")
        end = tag.end()
        closing, name, attributes, is_whole = tag.groups()
        if closing:
            if not opened or opened.pop() != name:
                return [*wrong, f"</{name}> closes nothing: …{text[max(0, end - 120) : end]}"]
            continue
        if name not in VOID and not is_whole:
            opened.append(name)
        found = ATTRIBUTE.findall(attributes)
        if len({key for key, _ in found}) < len(found):
            wrong.append(f"an attribute twice: {tag[0][:80]}")
        for key, value in found:
            if key == "id":
                if value in ids:
                    wrong.append(f"id twice: {value}")
                ids.add(value)
    if opened:
        wrong.append(f"never closed: {', '.join(opened)}")
    return wrong


def wrong_strict_html(body: bytes) -> list[str]:
    """Any mistake that a browser would forgive, by html5lib: a tenth of a second a page."""
    try:
        html5lib.HTMLParser(strict=True).parse(body)
    except ParseError as error:
        return [f"html5lib: {error}"]
    return []


def wrong_markdown(body: bytes) -> list[str]:
    """Front matter that YAML reads, then text."""
    start, *parts = body.decode().split("---\n", 2)
    if start or len(parts) < 2 or not parts[1].strip():
        return ["no front matter before a text"]
    try:
        facts = yaml.load(parts[0], getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        return [f"front matter: {error}"]
    return [] if isinstance(facts, dict) else ["front matter is no mapping"]


@cache
def json_validator(name: str) -> Callable[[Any], list[str]]:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    if jsonschema_rs:
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    else:
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    return lambda facts: [error.message for error in validator.iter_errors(facts)]


def wrong_json(body: bytes) -> list[str]:
    """By the schema of its kind; news items of ninjs by what their standard asks for."""
    facts = json.loads(body)
    if "standard" in facts:
        return [f"ninjs without {name}" for name in NINJS if not facts.get(name)]
    kind = next((kind for kind in ("event", "article") if kind in facts), "list")
    return json_validator(f"{kind}.schema.json")(facts)


def wrong_linked_data(body: bytes) -> list[str]:
    """NewsArticle of schema.org with what search engines ask for."""
    facts = json.loads(body)
    return [f"{facts.get('@type')} without {name}" for name in ARTICLE if not facts.get(name)]


@cache
def xml_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "dayline-1.xsd"))


def wrong_xml(body: bytes) -> list[str]:
    """By the XSD."""
    schema = xml_schema()
    document = etree.fromstring(body)
    return [] if schema.validate(document) else [str(error) for error in schema.error_log]


def wrong_well_formed(body: bytes) -> list[str]:
    """Of sitemaps, that they are XML."""
    etree.fromstring(body)
    return []


def wrong_feed(body: bytes) -> list[str]:
    """RSS or Atom: well-formed, read by feedparser without a doubt, every entry whole and there once."""
    etree.fromstring(body)
    feed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    wrong = [f"feedparser: {feed.bozo_exception}"] if feed.bozo else []
    if not feed.entries:
        wrong.append(NO_ENTRY)
    if len({entry.get("id") for entry in feed.entries}) < len(feed.entries):
        wrong.append("an id twice")
    return wrong + [
        f"entry without {name}: {entry.get('id')}"
        for entry in feed.entries
        for name in ("id", "title", "link", "published_parsed")
        if not entry.get(name)
    ]


def wrong_json_feed(body: bytes) -> list[str]:
    """What JSON Feed 1.1 requires, of the feed and of each item."""
    feed = json.loads(body)
    wrong = [] if feed.get("version") == JSON_FEED and feed.get("title") else ["no version or no title"]
    if not feed.get("items"):
        wrong.append(NO_ENTRY)
    for item in feed.get("items", ()):
        if not isinstance(item.get("id"), str) or not (item.get("content_html") or item.get("content_text")):
            wrong.append(f"item without id or content: {item.get('id')}")
        if datetime.fromisoformat(item["date_published"]).tzinfo is None:
            wrong.append(f"date without zone: {item['id']}")
    return wrong


# By the media type of the answer; what is not here is only asked for.
VALIDATORS: dict[str, Callable[[bytes], list[str]]] = {
    "text/html": wrong_html,
    "text/markdown": wrong_markdown,
    "application/json": wrong_json,
    "application/ld+json": wrong_linked_data,
    "application/xml": wrong_xml,
    "application/rss+xml": wrong_feed,
    "application/atom+xml": wrong_feed,
    "application/feed+json": wrong_json_feed,
}


def wrong(media_type: str, body: bytes, *, is_sitemap: bool = False) -> list[str]:
    """What is wrong with a body of this media type; a body that cannot be read at all is one mistake."""
    validator = wrong_well_formed if is_sitemap else VALIDATORS.get(media_type)
    if validator is None:
        return []
    try:
        return validator(body)
    except (ValueError, KeyError, etree.XMLSyntaxError) as error:
        return [f"unreadable: {error}"]
