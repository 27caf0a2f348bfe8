"""Who speaks: the site's name, address, publisher and licence, as pages, formats and feeds print them."""

from dataclasses import dataclass
from typing import Any

from django.templatetags.static import static
from django.utils.translation import get_language

from events.conf import conf
from events.licences import licence_name

LOGO = "img/logo-512.png"
SHARE_IMAGES = {"16:9": "img/share-16x9.png", "4:3": "img/share-4x3.png", "1:1": "img/share-1x1.png"}


@dataclass(frozen=True, slots=True)
class Site:
    """What every page knows of the site. `language` is a BCP 47 tag, `hub` a WebSub hub or empty."""

    name: str
    tagline: str
    url: str
    publisher_name: str
    licence_code: str
    licence_name: str
    licence_url: str
    language: str
    hub: str
    contact_email: str


def language_tag(code: str) -> str:
    """Django's language code in the casing of BCP 47: "zh-hans" is "zh-Hans", "pt-br" is "pt-BR"."""
    first, *rest = code.split("-")
    cased = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest]
    return "-".join([first, *cased])


def current_site() -> Site:
    """The site as its settings describe it, in the active language."""
    return Site(
        name=conf.SITE_NAME,
        tagline=str(conf.SITE_TAGLINE),
        url=conf.SITE_URL,
        publisher_name=conf.PUBLISHER_NAME,
        licence_code=conf.LICENCE,
        licence_name=licence_name(conf.LICENCE),
        licence_url=conf.LICENCE_URL,
        language=language_tag(get_language() or "en"),
        hub=conf.WEBSUB_HUB,
        contact_email=conf.CONTACT_EMAIL,
    )


def site_pictures() -> dict[str, Any]:
    """The paths of the site's own pictures for structured data: its `logo`, and `share_images` by ratio."""
    return {
        "logo": static(LOGO),
        "share_images": {ratio: static(path) for ratio, path in SHARE_IMAGES.items()},
    }
