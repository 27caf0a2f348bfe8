"""How articles and profiles are written on pages."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.citations.urls import host_of
from events.documents import jsonld
from events.documents.article_types import ArticleDocument, ArticleRef, ProfileDocument
from events.documents.site import Site, site_pictures
from events.documents.types import CoverDocument
from events.templatetags.structured_data import json_ld

register = template.Library()


@register.filter
def minutes_to_read(minutes: int) -> str:
    """`4 minutes to read`."""
    return ngettext("%(number)d minute to read", "%(number)d minutes to read", minutes) % {"number": minutes}


@register.filter
def with_reporting_by(agencies: Sequence[str]) -> str:
    """`With reporting by AFP, AP, and Reuters`."""
    *first, last = agencies
    if len(first) > 1:
        # Translators: the end of a list of three or more names; in English a comma stands before "and".
        names = ", ".join(first) + _(", and %(last)s") % {"last": last}
    else:
        names = _("%(first)s and %(last)s") % {"first": first[0], "last": last} if first else last
    return _("With reporting by %(agencies)s") % {"agencies": names}


@register.filter
def host_name(url: str) -> str:
    """The host of an address elsewhere, as readers know it."""
    return host_of(url).removeprefix("www.")


@register.simple_tag
def figure(cover: CoverDocument, ref: ArticleRef, ratio: str, is_first: bool) -> SafeString:
    """A picture with caption, place, credit and licence."""
    values = {"cover": cover, "ref": ref, "ratio": ratio, "is_first": is_first}
    return mark_safe(get_template("includes/_figure.html").render(values))  # noqa: S308 (what a template rendered)


@register.simple_tag
def article_json_ld(article: ArticleDocument, site: Site) -> SafeString:
    """The NewsArticle, of its own kind, of an article's page."""
    return json_ld(jsonld.article_json_ld(article, site, **site_pictures()))


@register.simple_tag
def profile_json_ld(profile: ProfileDocument, site: Site) -> SafeString:
    """The Person or Organization of a profile's page."""
    data: dict[str, Any] = jsonld.profile_json_ld(profile)
    return json_ld(data)
