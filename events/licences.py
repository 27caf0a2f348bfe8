"""Licences of pictures and texts: SPDX identifiers with their names, addresses and what they allow.

Identifiers and addresses are those of https://spdx.org/licenses/. What a newsroom may show without a public
licence has a `LicenseRef-`, as SPDX 2.3, annex D, has it for licences outside its list.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CC = "https://creativecommons.org"


class LicenceTerms(NamedTuple):
    """One licence; `url` is empty where there is no public text. `allows` says what others may do with it."""

    name: str | Promise
    url: str
    allows: str | Promise


# What each element of a Creative Commons licence means for whoever takes the picture.
CC_TERMS = {
    "BY": _("Anybody may use and change it who names the author."),
    "BY-SA": _("Anybody may use and change it who names the author, under this licence alone."),
    "BY-ND": _("Anybody may use it unchanged who names the author; a crop may count as a change."),
    "BY-NC": _("Anybody may use and change it without commercial purpose who names the author."),
    "BY-NC-SA": _(
        "Anybody may use and change it without commercial purpose who names the author, "
        "under this licence alone."
    ),
    "BY-NC-ND": _("Anybody may use it unchanged and without commercial purpose who names the author."),
}
CC_VERSIONS = ("4.0", "3.0", "2.5", "2.0")


def _creative_commons() -> Iterator[tuple[str, LicenceTerms]]:
    for version in CC_VERSIONS:
        for terms, allows in CC_TERMS.items():
            address = f"{CC}/licenses/{terms.lower()}/{version}/"
            yield f"CC-{terms}-{version}", LicenceTerms(f"CC {terms} {version}", address, allows)


LICENCES: dict[str, LicenceTerms] = {
    "CC0-1.0": LicenceTerms(
        "CC0 1.0", f"{CC}/publicdomain/zero/1.0/", _("Anybody may do anything with it.")
    ),
    "CC-PDM-1.0": LicenceTerms(
        _("Public Domain Mark 1.0"),
        f"{CC}/publicdomain/mark/1.0/",
        _("No known copyright: anybody may do anything with it."),
    ),
    **dict(_creative_commons()),
    "OGL-UK-3.0": LicenceTerms(
        _("Open Government Licence 3.0"),
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        _("Anybody may use and change it who names the source."),
    ),
    "LicenseRef-Own": LicenceTerms(_("Our own, all rights reserved"), "", _("Others have to ask us.")),
    "LicenseRef-Agency": LicenceTerms(
        _("Agency, under contract"), "", _("We may show it as the contract says; others may not.")
    ),
    "LicenseRef-Permission": LicenceTerms(
        _("With permission"), "", _("The author allowed us to show it; others have to ask.")
    ),
    "LicenseRef-Handout": LicenceTerms(
        _("Handout"), "", _("Given out for reporting; may not be used for anything else.")
    ),
    "LicenseRef-Quotation": LicenceTerms(
        _("Quotation"), "", _("Shown as the law of quotation or fair dealing allows, with this text only.")
    ),
}  # fmt: skip


def licence_name(code: str) -> str:
    """The licence's usual name; an unknown code is its own name."""
    return str(LICENCES[code].name) if code in LICENCES else code


def licence_url(code: str) -> str:
    """Where the licence's text stands, or "" if unknown."""
    return LICENCES[code].url if code in LICENCES else ""


def licence_at(address: str) -> str:
    """The identifier of the licence whose text stands at this address, or ""."""
    wanted = _bare(address)
    return next((code for code, terms in LICENCES.items() if terms.url and _bare(terms.url) == wanted), "")


def _bare(address: str) -> str:
    """The address without what differs between ways of writing it: scheme, `www`, a last `deed.de`."""
    bare = address.strip().lower().partition("://")[2].removeprefix("www.")
    head, _slash, last = bare.rstrip("/").rpartition("/")
    return head if last.partition(".")[0] in ("deed", "legalcode") else bare.rstrip("/")
