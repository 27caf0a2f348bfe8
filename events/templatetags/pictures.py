"""Pictures in pages: responsive mark-up, and what social networks are shown of a page."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from events.documents.types import CoverDocument, EventDocument, Rendition, absolute
from events.images.likeness import PLACEHOLDER

register = template.Library()

# Of pages that have no picture of their own.
SITE_IMAGE, SITE_IMAGE_SIZE = "img/share-16x9.png", (1200, 675)
# The best compression first: a browser takes the first that it can show.
TYPES_OF_SOURCES = ("image/avif", "image/webp")
CARD = "1.91:1"
# Wider than any rendition.
MOST = 100_000


# What is written of a picture follows from its cover alone, and lists show the same ones again and again.
@register.simple_tag
@lru_cache(maxsize=4096)
def picture(cover: CoverDocument, ratio: str, sizes: str, *, is_first: bool = False) -> SafeString:
    """A stored cover in one ratio ("full" is uncropped) as a responsive picture.

    `sizes` is the attribute of that name. The first picture of a page is fetched before all else, others
    when they come near. Until it is there its place has its size and its colours. Nothing where no
    rendition exists.
    """
    renditions = cover.ratio(ratio) or cover.ratio("full")
    if not renditions:
        return mark_safe("")
    modern = [(kind, [r for r in renditions if r.type == kind]) for kind in TYPES_OF_SOURCES]
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((kind, _srcset(files), sizes) for kind, files in modern if files),
    )
    # JPEGs wider than the rest are for machines.
    widest = max((r.width for r in renditions if r.type in TYPES_OF_SOURCES), default=MOST)
    plain = [r for r in renditions if r.type not in TYPES_OF_SOURCES and r.width <= widest] or renditions
    return format_html(
        '<span class="picture">{}<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}"'
        ' alt="{}"{}></picture></span>',
        placeholder(cover.placeholder, is_whole=is_first),
        sources,
        plain[-1].path,
        _srcset(plain),
        sizes,
        plain[-1].width,
        plain[-1].height,
        "" if cover.is_decorative else cover.alt,
        mark_safe(' fetchpriority="high"') if is_first else mark_safe(' loading="lazy" decoding="async"'),
    )


def placeholder(colours: str, *, is_whole: bool) -> SafeString:
    """The colours of a picture as a drawing that fills its place; one alone where it is small."""
    if not colours:
        return mark_safe("")
    across, down = PLACEHOLDER if is_whole else (1, 1)
    parts = [colours[place : place + 3] for place in range(0, len(colours), 3)]
    # The one colour is that of the middle of the upper row, where faces are.
    shown = parts if is_whole else [parts[PLACEHOLDER[0] // 2]]
    return format_html(
        '<svg class="placeholder" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        across,
        down,
        format_html_join(
            "",
            '<path fill="#{}" d="M{} {}h1v1h-1z"/>',
            ((colour, place % across, place // across) for place, colour in enumerate(shown)),
        ),
    )


def _srcset(renditions: Sequence[Rendition]) -> str:
    return ", ".join(f"{rendition.path} {rendition.width}w" for rendition in renditions)


@register.simple_tag
def share_image(event: EventDocument | None = None, card: Rendition | None = None) -> dict[str, Any]:
    """Address, size, type and words of the picture that social networks show for a page.

    The cover's, else the card that was drawn for the entry, else the site's own.
    """
    cover = event.cover if event else None
    if cover and (found := cover.plain(CARD) or cover.largest):
        return shared(found, cover.alt)
    if event and card:
        return shared(card, event.ref.title)
    width, height = SITE_IMAGE_SIZE
    url = absolute(static(SITE_IMAGE))
    words = _("The dayline: a red rule with a day marked on it, beside the name of the site")
    return {"url": url, "width": width, "height": height, "type": "image/png", "alt": words}


def shared(file: Rendition, words: str) -> dict[str, Any]:
    return {"url": file.url, "width": file.width, "height": file.height, "type": file.type, "alt": words}
