"""System checks: what would break pages later is said before the site starts (`manage.py check`)."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from PIL import features

from events.citations.urls import is_web_url
from events.conf import DEFAULTS, OFF, ON, conf
from events.outputs import ENTRY_FORMATS, FEEDS

# The numbers that lists are cut by, with the most that a page should show at once, and numbers of days.
SIZES = {
    "PAGE_SIZE": (1, 200),
    "FEED_SIZE": (1, 200),
    "RELATED_LIMIT": (1, 100),
    "REVISIONS_KEEP_DAYS": (0, 36_500),
    "AUTOSAVE_KEEP_DAYS": (0, 36_500),
}
# RFC 4151, section 2.1: a host or mail address, a comma, a day or its beginning.
TAG_AUTHORITY = re.compile(r"[A-Za-z0-9._@-]+,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
SPDX_IDENTIFIER = re.compile(r"[A-Za-z0-9.+-]+")
# RETURNING came with 3.35.
OLDEST_SQLITE = (3, 35)


@register
def check_settings(**_options: Any) -> list[CheckMessage]:
    """Whether the settings can be meant."""
    return [
        *site_url(),
        *sizes(),
        *switches(),
        *names(),
        *time_zone(),
        *licence(),
        *tag_authority(),
        *categories(),
        *addresses(),
        *cache_address(),
    ]


@register
def check_codecs(**_options: Any) -> list[CheckMessage]:
    """Whether Pillow can write what renditions are made of, and read all that may be uploaded."""
    return [
        Error(f"Pillow was built without {name}.", hint="Install the wheel from PyPI.", id="events.E010")
        for name, feature in (("JPEG", "jpg"), ("PNG", "zlib"), ("WebP", "webp"), ("AVIF", "avif"))
        if not features.check(feature)
    ]


@register
def check_outputs(**_options: Any) -> list[CheckMessage]:
    """Whether pages link exactly the formats and feeds that can be written, and find related entries."""
    # They load every page, of which most commands need none.
    formats, feeds = import_module("events.formats.registry"), import_module("events.feeds.registry")
    return [
        *agreement("format", ENTRY_FORMATS, formats.ENTRY_FORMATS, "events.E020"),
        *agreement("feed", FEEDS, feeds.FEEDS, "events.E021"),
        *ranker(import_module("events.related").RANKERS),
    ]


@register(Tags.database)
def check_sqlite(**_options: Any) -> list[CheckMessage]:
    """Whether the SQLite library is new enough and can search full text."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        return []
    return list(sqlite_problems(sqlite3.sqlite_version_info, has_full_text=has_full_text()))


def site_url() -> Iterator[CheckMessage]:
    parts = urlsplit(conf.SITE_URL)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path
        or parts.query
        or parts.fragment
    ):
        yield Error(
            f"SITE_URL is no origin: {conf.SITE_URL!r}.",
            hint="Give scheme and host alone, such as https://news.example.org.",
            id="events.E001",
        )


def sizes() -> Iterator[CheckMessage]:
    for name, (least, most) in SIZES.items():
        try:
            is_right = least <= int(getattr(conf, name)) <= most
        except (TypeError, ValueError):
            is_right = False
        if not is_right:
            yield Error(f"EVENTS_{name} is no whole number from {least} to {most}.", id="events.E002")


def switches() -> Iterator[CheckMessage]:
    """A switch that is misspelt would be off."""
    for name, default in DEFAULTS.items():
        value = getattr(settings, f"EVENTS_{name}", default)
        if isinstance(default, bool) and isinstance(value, str) and value.strip().lower() not in ON | OFF:
            yield Error(f"EVENTS_{name} is neither 1 nor 0.", id="events.E011")


def names() -> Iterator[CheckMessage]:
    """A setting that is misspelt would be left at its default."""
    known = {f"EVENTS_{name}" for name in DEFAULTS}
    for name in sorted(name for name in dir(settings) if name.startswith("EVENTS_")):
        if name not in known:
            yield Warning(f"{name} is no setting of this project.", id="events.W012")


def time_zone() -> Iterator[CheckMessage]:
    try:
        ZoneInfo(conf.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Error(f"There is no time zone {conf.TIME_ZONE!r}.", id="events.E003")
    if not settings.USE_TZ:
        yield Error(
            "USE_TZ is off: schedules would be moments without a zone.",
            hint="Set it to True.",
            id="events.E004",
        )


def licence() -> Iterator[CheckMessage]:
    if not conf.LICENCE:
        yield Error("EVENTS_LICENCE is empty: nobody may know how to reuse the text.", id="events.E005")
    elif not SPDX_IDENTIFIER.fullmatch(conf.LICENCE) and not getattr(settings, "EVENTS_LICENCE_URL", ""):
        yield Warning(
            f"EVENTS_LICENCE {conf.LICENCE!r} has no address that readers could follow.",
            hint="Use an SPDX identifier, or set EVENTS_LICENCE_URL.",
            id="events.W005",
        )


def tag_authority() -> Iterator[CheckMessage]:
    if not TAG_AUTHORITY.fullmatch(conf.TAG_AUTHORITY):
        yield Error(
            f"{conf.TAG_AUTHORITY!r} is no authority of tag URIs.",
            hint="Set EVENTS_TAG_AUTHORITY to a host and the year it was yours, such as example.org,2026.",
            id="events.E006",
        )


def categories() -> Iterator[CheckMessage]:
    names = [str(name) for name in conf.CATEGORIES]
    if len(set(names)) != len(names) or not all(0 < len(name) <= 80 for name in names):
        yield Error(
            "EVENTS_CATEGORIES holds an empty name, one twice, or one of more than 80 letters.",
            id="events.E007",
        )


def addresses() -> Iterator[CheckMessage]:
    for name in ("ARCHIVE", "WEBSUB_HUB", "LICENCE_URL"):
        value = getattr(settings, f"EVENTS_{name}", "")
        if value and not is_web_url(value):
            yield Error(f"EVENTS_{name} is no web address: {value!r}.", id="events.E008")


def cache_address() -> Iterator[CheckMessage]:
    cache = settings.CACHES["default"]
    known = ("redis://", "rediss://", "unix://")
    if "Redis" in cache["BACKEND"] and not cache["LOCATION"].startswith(known):
        # It may hold a password and is not repeated.
        yield Error(
            "CACHE_URL is no address of a Redis server.",
            hint="Give one such as redis://127.0.0.1:6379/1.",
            id="events.E009",
        )


def agreement(kind: str, linked: Sequence[Any], written: Iterable[Any], code: str) -> Iterator[CheckMessage]:
    ours = [(found.extension, found.media_type) for found in written]
    if [(output.extension, output.type) for output in linked] != ours:
        yield Error(
            f"The {kind}s of events/outputs.py are not those of the registry: {ours}.",
            hint="Write both lists in the same order.",
            id=code,
        )


def ranker(known: Iterable[str]) -> Iterator[CheckMessage]:
    if conf.RELATED_RANKER not in known:
        yield Error(f"EVENTS_RELATED_RANKER is none of {', '.join(known)}.", id="events.E022")


def has_full_text() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


def sqlite_problems(version: tuple[int, ...], *, has_full_text: bool) -> Iterator[CheckMessage]:
    if version < OLDEST_SQLITE:
        yield Error(
            f"SQLite {'.'.join(map(str, version))} is too old.",
            hint="It needs 3.35 or newer.",
            id="events.E030",
        )
    if not has_full_text:
        yield Error("This SQLite has no full-text search (FTS5).", id="events.E031")
