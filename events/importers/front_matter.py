"""Reading YAML front matter that anybody may have written: each value is checked when it is asked for."""

import re
from datetime import date, datetime, time
from typing import Any

import yaml
from django.utils.translation import gettext as _

from events.dates import utc_moment
from events.importers import jsonl_fields as fields
from events.text.xml_characters import without_forbidden

Facts = dict[str, Any]

# A page of ours has some hundreds of values. YAML's references can make millions out of a few lines.
MAX_VALUES = 20_000

_FRONT_MATTER = re.compile(r"---\n(.*?)^---(?:\n|\Z)", re.DOTALL | re.MULTILINE)

# libyaml reads the same and ten times as fast, but is not built into every PyYAML.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PageError(ValueError):
    """A page that is not what it says, in words for an editor."""


def split(content: str) -> tuple[Facts, str]:
    """The values of a page's front matter, and the page below it.

    Raises PageError where there is no front matter to read.
    Raises yaml.YAMLError where it is not YAML.
    """
    match = _FRONT_MATTER.match(content)
    if match is None:
        raise PageError(_("The front matter has no end: a line of three hyphens is missing."))
    try:
        facts = yaml.load(match[1], Loader=_Loader)  # noqa: S506 - both are safe loaders
    except RecursionError:
        raise PageError(_("The front matter is nested too deeply.")) from None
    if not isinstance(facts, dict):
        raise PageError(_("The front matter is not a list of names and values."))
    _count_values(facts)
    return facts, content[match.end() :]


def text(facts: Facts, name: str) -> str:
    """A text or number; empty where there is none.

    Raises PageError where the value is another one, such as `no`, which YAML takes for false.
    """
    value = facts.get(name)
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        raise PageError(_("“%(name)s” is not text; put it in quotation marks.") % {"name": name})
    return without_forbidden(str(value))


def texts(facts: Facts, name: str) -> list[str]:
    """The texts of a list; none where there is no list.

    Raises PageError where the value is another one, or one of its members.
    """
    return [text({name: value}, name) for value in rows(facts, name)]


def rows(facts: Facts, name: str) -> list[Any]:
    """A list of anything; empty where there is none.

    Raises PageError where the value is another one.
    """
    value = facts.get(name)
    if value is not None and not isinstance(value, list):
        raise PageError(_("“%(name)s” is not a list.") % {"name": name})
    return value or []


def choice(facts: Facts, name: str, allowed: tuple[str, ...], default: str = "") -> str:
    """One of some words.

    Raises ValueError where it is another one.
    """
    return fields.choice({name: text(facts, name)}, name, allowed, default)


def language(facts: Facts, name: str) -> str:
    """A BCP 47 tag.

    Raises ValueError where it is none.
    """
    return fields.language({name: text(facts, name)}, name)


def url(facts: Facts, name: str) -> str:
    """A web address.

    Raises ValueError where it is none.
    """
    return fields.url({name: text(facts, name)}, name)


def share(facts: Facts, name: str, default: float) -> float:
    """A number from 0 to 1.

    Raises PageError where the value is none.
    """
    value = facts.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise PageError(_("“%(value)s” is no number from 0 to 1.") % {"value": value})
    return float(value)


def day(facts: Facts, name: str) -> date | None:
    """A day, which YAML may have read as a date already.

    Raises PageError where it is none.
    """
    value = facts.get(name)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise PageError(_("“%(value)s” is no day.") % {"value": value}) from None


def time_of_day(facts: Facts, name: str) -> time | None:
    """A time; YAML 1.1 takes an unquoted 14:30 for a number to base 60.

    Raises PageError where it is none.
    """
    value = facts.get(name)
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return time(*divmod(value, 60))
        return time.fromisoformat(str(value)) if value else None
    except (ValueError, OverflowError):
        raise PageError(_("“%(value)s” is no time of day.") % {"value": value}) from None


def moment(facts: Facts, name: str) -> datetime | None:
    """A moment, in UTC.

    Raises PageError where it is none, has no zone, or a year in which some zones have no date.
    """
    value = facts.get(name)
    if value is None:
        return None
    try:
        parsed = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        if parsed.tzinfo is not None:
            return utc_moment(parsed)
    except ValueError:
        raise PageError(_("“%(value)s” is no moment of the years 2 to 9998.") % {"value": value}) from None
    raise PageError(_("The moment “%(value)s” has no zone.") % {"value": value})


def _count_values(value: Any) -> None:
    waiting = [value]
    count = 0
    while waiting:
        inner = waiting.pop()
        count += 1
        if count > MAX_VALUES:
            raise PageError(_("The front matter has more than %(limit)d values.") % {"limit": MAX_VALUES})
        if isinstance(inner, dict):
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)
