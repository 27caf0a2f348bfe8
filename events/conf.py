"""Defaults of every `EVENTS_*` setting, and the only place that reads ours from Django's settings.

`from events.conf import conf` and then `conf.PAGE_SIZE`. Values are looked up at each access, so that
`override_settings(EVENTS_PAGE_SIZE=2)` works in tests. A value that comes from the environment is text and
is turned into the type of its default.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

DEFAULTS: dict[str, Any] = {
    # The name in the masthead, in titles and in feeds, and the line under it.
    "SITE_NAME": "Dayline",
    "SITE_TAGLINE": _("The news, day by day"),
    # Canonical origin without a slash at the end; every absolute address starts with it.
    "SITE_URL": "http://127.0.0.1:8000",
    # Who publishes, in structured data and citations; empty means the site's name.
    "PUBLISHER_NAME": "",
    # Authority part of tag URIs (RFC 4151); empty means the host of SITE_URL and the year the scheme began.
    # Set it before the first entry and never change it: feed readers know entries by it.
    "TAG_AUTHORITY": "",
    # Licence of the entries' text: an SPDX code, and the address of its deed.
    "LICENCE": "CC-BY-SA-4.0",
    "LICENCE_URL": "",
    # Entries on a page of a list, in a feed document, and in a list of related entries.
    "PAGE_SIZE": 30,
    "FEED_SIZE": 50,
    "RELATED_LIMIT": 10,
    # How related entries are found: "dayline", or for comparison "shared_newest" and "shared_count".
    "RELATED_RANKER": "dayline",
    # Font files to try before our own for share cards, for scripts that it lacks, such as Chinese.
    "CARD_FONTS": (),
    # Headings under which a day's events are grouped, in this order.
    "CATEGORIES": (
        _("Armed conflicts and attacks"),
        _("Arts and culture"),
        _("Business and economy"),
        _("Disasters and accidents"),
        _("Health and environment"),
        _("International relations"),
        _("Law and crime"),
        _("Politics and elections"),
        _("Science and technology"),
        _("Sports"),
    ),
    # Whether the pages of pasted sources are fetched, for their titles, dates and publishers.
    "FETCH_SOURCES": True,
    # Where to ask an archive of the web for copies of cited pages, as https://archive.org/wayback/available;
    # empty asks nobody, for it tells the archive what the newsroom works on.
    "ARCHIVE": "",
    # Shown on the about page; empty shows none.
    "CONTACT_EMAIL": "",
    # Whether what is published must have been approved, and not by the one who wrote it last.
    "FOUR_EYES": False,
    # For so many days every revision is kept; `thin_revisions` lets some of the older ones go.
    "REVISIONS_KEEP_DAYS": 30,
    # For so many days text that was typed and not saved waits for its editor.
    "AUTOSAVE_KEEP_DAYS": 30,
    # Address of a WebSub hub that feeds announce; empty means none.
    "WEBSUB_HUB": "",
}

# How a switch is written in the environment.
ON, OFF = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})

TAG_YEAR = "2026"

DEFAULT_LICENCE_DEED = "https://creativecommons.org/licenses/by-sa/4.0/"


class Conf:
    """The settings as attributes: `conf.SITE_NAME` is `settings.EVENTS_SITE_NAME` or its default."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            default = DEFAULTS[name]
        except KeyError:
            raise AttributeError(f"EVENTS_{name} is no setting of this project") from None
        return _as_type_of(default, getattr(settings, f"EVENTS_{name}", default))

    @property
    def SITE_URL(self) -> str:
        """Canonical origin: scheme and host, never a slash at the end."""
        return str(getattr(settings, "EVENTS_SITE_URL", DEFAULTS["SITE_URL"])).rstrip("/")

    @property
    def LANGUAGE(self) -> str:
        """The site's one language, a BCP 47 tag: of the interface and of entries that name no other."""
        return settings.LANGUAGE_CODE

    @property
    def TIME_ZONE(self) -> str:
        """The zone in which "today" is decided and moments are shown."""
        return settings.TIME_ZONE

    @property
    def PUBLISHER_NAME(self) -> str:
        return getattr(settings, "EVENTS_PUBLISHER_NAME", "") or self.SITE_NAME

    @property
    def TAG_AUTHORITY(self) -> str:
        """Authority and date of tag URIs, such as `example.org,2026` (RFC 4151, section 2.1)."""
        return getattr(settings, "EVENTS_TAG_AUTHORITY", "") or f"{_host_of(self.SITE_URL)},{TAG_YEAR}"

    @property
    def LICENCE_URL(self) -> str:
        """Address of the licence's deed; another licence than the default has SPDX's page unless given."""
        if given := getattr(settings, "EVENTS_LICENCE_URL", ""):
            return given
        if self.LICENCE == DEFAULTS["LICENCE"]:
            return DEFAULT_LICENCE_DEED
        return f"https://spdx.org/licenses/{self.LICENCE}.html"


# Every entry of an import asks for it.
@lru_cache(maxsize=8)
def _host_of(origin: str) -> str | None:
    return urlsplit(origin).hostname


def _as_type_of(default: Any, value: Any) -> Any:
    """Return `value`, where it is text from the environment, as the type of `default`.

    Lists are written one entry a line or separated by semicolons, because headings contain commas.
    Raises ValueError where a number is asked for and `value` is none.
    """
    if not isinstance(value, str):
        return value
    if isinstance(default, bool):
        return value.strip().lower() in ON
    if isinstance(default, int):
        return int(value)
    if isinstance(default, tuple):
        return tuple(entry.strip() for entry in value.replace("\n", ";").split(";") if entry.strip())
    return value


conf = Conf()
