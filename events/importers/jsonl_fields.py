"""Reading the fields of a JSON object with their types, in words that tell an editor what is wrong."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from events.citations.urls import is_web_url
from events.dates import parse_iso_day, utc_moment
from events.importers.wiki_citations import without_template
from events.text.cleaning import clean_block, clean_line, clean_wiki
from events.text.languages import is_language_tag

Object = dict[str, Any]
Clean = Callable[[str], str]

MAX_URL_LENGTH = 2_000

# Most addresses are plain; only the others need the careful look.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}/[!-~]*")
_WIKI_SIGNS = re.compile(r"''|[{}<]|\[\[|\]\]")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?")
# Days, names and labels come again and again; the limits keep the memory small.
_parse_day = lru_cache(maxsize=4_096)(parse_iso_day)
_TYPE_NAMES = {bool: "true/false", int: "number", float: "number", str: "text", list: "list", dict: "object"}


class FieldError(ValueError):
    """A field that cannot be used; its message is a translated sentence."""


def wrong_type(field: str, expected: str, value: object) -> FieldError:
    found = _TYPE_NAMES.get(type(value), "null")
    words = {"field": field, "expected": expected, "found": found}
    return FieldError(_("The field “%(field)s” must be %(expected)s, not %(found)s.") % words)


def wiki(value: str) -> str:
    """`clean_wiki`, with a quick look first whether there is mark-up."""
    # Cleaning first: what it removes or resolves may hide mark-up.
    cleaned = clean_line(value)
    return clean_wiki(cleaned) if _WIKI_SIGNS.search(cleaned) else cleaned


def wiki_name(value: str) -> str:
    """`wiki` for the texts that are often repeated: names, labels, categories."""
    # Long ones are not kept: a hostile file could fill the memory with them.
    return _known_wiki(value) if len(value) < 200 else wiki(value)


@lru_cache(maxsize=20_000)
def _known_wiki(value: str) -> str:
    return wiki(value)


def wiki_label(value: str) -> str:
    """`wiki_name` for the label of a citation, which may begin with the remains of a template."""
    return wiki_name(without_template(value))


def wiki_block(value: str) -> str:
    """`clean_wiki` for each line of a text of several paragraphs."""
    if "\n" not in value:
        return wiki(value)
    return clean_block("\n".join(map(wiki, value.split("\n"))))


def text(data: Object, field: str, clean: Clean = clean_line) -> str:
    """A text; empty where it is missing or null."""
    value = data.get(field)
    if type(value) is str:
        return clean(value)
    if value is None:
        return ""
    raise wrong_type(field, _("text"), value)


def flag(data: Object, field: str) -> bool:
    value = data.get(field)
    if value is None or type(value) is bool:
        return bool(value)
    raise wrong_type(field, _("true or false"), value)


def share(data: Object, field: str, default: float) -> float:
    """A number from 0 to 1."""
    value = data.get(field)
    if value is None:
        return default
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise wrong_type(field, _("a number from 0 to 1"), value)
    return float(value)


def items(data: Object, field: str, kind: type = str) -> list[Any]:
    """A list whose members all are of one kind; empty where it is missing or null."""
    value = data.get(field)
    if not value and (value is None or type(value) is list):
        return []
    if type(value) is not list:
        raise wrong_type(field, _("a list"), value)
    for item in value:
        if type(item) is not kind:
            expected = _("a list of texts") if kind is str else _("a list of objects")
            raise wrong_type(field, expected, item)
    return value


def texts(data: Object, field: str, clean: Clean = clean_line) -> list[str]:
    """The texts of a list, cleaned, without blank ones and repetitions."""
    found = list(map(clean, items(data, field)))
    return list(dict.fromkeys(filter(None, found))) if len(found) > 1 or found == [""] else found


@lru_cache(maxsize=256)
def _is_language(tag: str) -> bool:
    return is_language_tag(tag)


def language(data: Object, field: str) -> str:
    """A BCP 47 tag; empty where it is missing or null."""
    tag = text(data, field)
    if tag and (len(tag) > 35 or not _is_language(tag)):
        words = {"field": field, "value": tag[:40]}
        raise FieldError(
            _("The field “%(field)s” is “%(value)s”, which is no language tag such as en.") % words
        )
    return tag


def choice(data: Object, field: str, allowed: tuple[str, ...], default: str = "") -> str:
    value = text(data, field) or default
    if value not in allowed:
        words = {"field": field, "value": value[:40], "allowed": ", ".join(filter(None, allowed))}
        raise FieldError(_("The field “%(field)s” is “%(value)s”; it must be one of: %(allowed)s.") % words)
    return value


def day(data: Object, field: str) -> date | None:
    value = data.get(field)
    if value is None or value == "":
        return None
    if type(value) is not str:
        raise wrong_type(field, _("a date such as 2016-02-21"), value)
    try:
        return _parse_day(value)
    except ValueError:
        words = {"field": field, "value": value[:40]}
        message = _(
            "The field “%(field)s” is “%(value)s”, which is no date between 0001-01-01 and 9999-12-31."
        )
        raise FieldError(message % words) from None


def moment(data: Object, field: str) -> datetime | None:
    """An RFC 3339 moment, in UTC. One without an offset is refused: nobody can tell which moment it is. So is
    one of the years 1 and 9999, which may have no date in the zone of those who read it."""
    value = data.get(field)
    if value is None or value == "":
        return None
    if type(value) is not str:
        raise wrong_type(field, _("a moment such as 2016-02-21T09:30:00Z"), value)
    try:
        return utc_moment(datetime.fromisoformat(value))
    except ValueError:
        words = {"field": field, "value": value[:40]}
        message = _(
            "The field “%(field)s” is “%(value)s”, which is no moment of the years 2 to 9998 with its offset"
            " from UTC."
        )
        raise FieldError(message % words) from None


def time_of_day(data: Object, field: str) -> time | None:
    value = text(data, field)
    if not value:
        return None
    try:
        if not _TIME.fullmatch(value):
            raise ValueError
        return time.fromisoformat(value)
    except ValueError:
        words = {"field": field, "value": value[:40]}
        raise FieldError(
            _("The field “%(field)s” is “%(value)s”, which is no time such as 14:30.") % words
        ) from None


def url(data: Object, field: str) -> str:
    """A web address as it stands; empty where it is missing or null."""
    value = data.get(field)
    if value is None:
        return ""
    if type(value) is not str:
        raise wrong_type(field, _("a web address"), value)
    value = value.strip()
    if not value or (len(value) <= MAX_URL_LENGTH and _PLAIN_URL.fullmatch(value)):
        return value
    if value.isprintable() and is_web_url(value):
        return value
    words = {"field": field, "value": value[:80]}
    raise FieldError(_("The field “%(field)s” is “%(value)s”, which is no web address.") % words)
