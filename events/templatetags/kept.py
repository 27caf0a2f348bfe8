"""Parts of pages that are rendered once for all that they say.

A write anywhere makes every page anew (`events.responses`), and most of what stands on it is as it was: the
same related entry, source, day. Such a part is kept by the values that it is made of, so that it can never be
out of date, and no write has to look for it.
"""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def kept(part: str, **values: Hashable) -> SafeString:
    """`includes/_<part>.html` with nothing but these values, without the line's end that closes its file.

    Rendered anew each time while templates are being worked on.
    """
    render = _kept.__wrapped__ if settings.DEBUG else _kept
    return render(part, get_language(), timezone.get_current_timezone_name(), tuple(values.items()))


# Parts are a few hundred bytes: some megabytes in all.
@lru_cache(maxsize=8192)
def _kept(part: str, language: str, zone: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    """`language` and `zone` are those that are active; words and moments differ by them."""
    text = get_template(f"includes/_{part}.html").render(dict(values))
    return mark_safe(text.removesuffix("\n"))  # noqa: S308 (what a template has rendered)
