"""How values of documents are written on pages: days, moments, languages, pictures, structured data.

Lists call these hundreds of times a page, so each is a plain function of its values.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import get_template
from django.utils import timezone
from django.utils.dateformat import format as django_date_format
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext_lazy, ngettext, pgettext

from events.dates import format_day, parse_iso_day
from events.documents import jsonld
from events.documents.cite import Citing, ways_to_cite
from events.documents.relations import relation_words, when_words
from events.documents.site import Site, site_pictures
from events.documents.types import (
    CalendarDay,
    CitationDocument,
    ContextDocument,
    ContextRef,
    EventDocument,
    EventRef,
    Link,
    ListPage,
    Page,
    YearCounts,
)
from events.outputs import ENTRY_FORMATS, FEEDS

register = template.Library()

CURRENT = ' aria-current="page"'
# The feeds of a page that has none of its own.
NEWS_FEEDS = tuple(Link(f"/feeds/news.{feed.extension}", feed.title, feed.type) for feed in FEEDS)
# How much of an entry a list shows.
SHORT_LIST_OF_SOURCES = 4
SHORT_LIST_OF_CONTEXTS = 6
# By extension and type: ninjs is JSON too, and so is a feed.
FORMAT_NAMES = {(output.extension, output.type): output.title for output in (*ENTRY_FORMATS, *FEEDS)}
KINDS = {
    "person": gettext_lazy("Person"),
    "place": gettext_lazy("Place"),
    "organisation": gettext_lazy("Organisation"),
    "story": gettext_lazy("Story"),
    "topic": gettext_lazy("Topic"),
}


@register.filter
def day(value: date, precision: str = "day") -> str:
    """`21 February 2016`, or with "month" or "year" less of it."""
    return _day_words(value, precision, None, get_language())


@lru_cache(maxsize=4096)
def _day_words(value: date, precision: str, end: date | None, language: str) -> str:
    """Pages name the same few days again and again, so each name is kept for its language."""
    return format_day(value, precision, end=end)


@register.filter
def event_day(event: EventDocument) -> str:
    """The day or days of an event, no more exact than they are known."""
    return _day_words(event.date, event.ref.date_precision, event.end_date, get_language())


@register.filter
def ref_day(ref: EventRef) -> str:
    """The day of an event that is only named."""
    return _day_words(ref.date, ref.date_precision, None, get_language())


@register.filter
def iso_day(value: date) -> str:
    return value.isoformat()


@register.filter
def date_value(text: str | None) -> str:
    """What a date field may hold: the text where it is a date, since browsers drop anything else."""
    try:
        return parse_iso_day(text or "").isoformat()
    except ValueError:
        return ""


@register.filter
def weekday(value: date) -> str:
    return django_date_format(value, "l")


@register.filter
def month_and_year(value: date) -> str:
    return _day_words(value, "month", None, get_language())


@register.filter
def machine_day(event: EventDocument) -> str:
    """The value of `<time datetime>` for the start of an event, with the offset where the zone is known."""
    if event.time is None:
        length = {"year": 4, "month": 7}.get(event.ref.date_precision, 10)
        return event.date.isoformat()[:length]
    zone = ZoneInfo(event.time_zone) if event.time_zone else None
    return datetime.combine(event.date, event.time, tzinfo=zone).isoformat(timespec="minutes")


@register.filter
def clock(event: EventDocument) -> str:
    """`14:05, Europe/Paris`, or nothing where the hour is not known."""
    if event.time is None:
        return ""
    hour = django_date_format(event.time, pgettext("format of a time of day", "H:i"))
    return f"{hour}, {event.time_zone.replace('_', ' ')}" if event.time_zone else hour


@register.filter
def moment(value: datetime) -> str:
    """`22 February 2016, 14:05 UTC` in the site's zone."""
    return _moment_words(timezone.localtime(value), timezone.get_current_timezone_name(), get_language())


@lru_cache(maxsize=1024)
def _moment_words(local: datetime, zone: str, language: str) -> str:
    """Kept by its zone too: one moment equals itself in every zone, but is told differently."""
    return django_date_format(local, pgettext("format of a moment", "j F Y, H:i T"))


@register.filter
def machine_moment(value: datetime) -> str:
    """The value of `<time datetime>` for a moment: to the second, with its offset."""
    return value.isoformat(timespec="seconds")


@register.filter
def events_count(count: int) -> str:
    return _events_count(count, get_language())


@lru_cache(maxsize=4096)
def _events_count(count: int, language: str) -> str:
    """A year's calendars ask this for every day, so each answer is kept for its language."""
    return ngettext("%(count)s event", "%(count)s events", count) % {
        "count": number_format(count, force_grouping=True)
    }


@register.filter
def number(value: int) -> str:
    """A number with the separators of the active language, also in attributes of words."""
    return number_format(value, force_grouping=True)


@register.filter
def names(contexts: Sequence[ContextRef]) -> str:
    """The names of contexts in one line."""
    return ", ".join([ref.name for ref in contexts])


@register.filter
def when_name(when: str) -> str:
    """How a related event stands in time."""
    return when_words(when)


@register.filter
def relation_name(relation: str) -> str:
    """How an event stands to one that an editor linked: "Update of" …"""
    return relation_words(relation)


@register.filter
def lang(ref: EventRef | Page) -> SafeString:
    """The attributes `lang` and `dir` of an entry's text, with a space before them."""
    return _lang_attributes(ref.language, ref.direction)


@lru_cache(maxsize=256)
def _lang_attributes(language: str, direction: str) -> SafeString:
    if not language:
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', language, direction or "ltr")


@register.filter
def lang_of(language: str) -> SafeString:
    """The attributes `lang` and `dir` of a text whose direction is left to its letters."""
    return _lang_attributes(language, "auto")


@register.filter
def language_name(code: str) -> str:
    """A language in its own name where Django knows it, else its code."""
    return get_language_info(code)["name_local"] if code in LANG_INFO else code


@register.filter
def labels(citations: Sequence[CitationDocument]) -> str:
    """The first sources of a list's entry in one line; the event's page has them all."""
    names = [citation.label for citation in citations[:SHORT_LIST_OF_SOURCES]]
    return " · ".join([*names, "…"] if len(citations) > len(names) else names)


@register.filter
def context_items(contexts: Sequence[ContextRef]) -> SafeString:
    """The first contexts of a list's entry as list items with links."""
    return mark_safe("".join([_context_item(ref) for ref in contexts[:SHORT_LIST_OF_CONTEXTS]]))  # noqa: S308


@lru_cache(maxsize=4096)
def _context_item(ref: ContextRef) -> SafeString:
    return format_html('<li><a href="{}">{}</a></li>', ref.path, ref.name)


@register.filter
def calendar_row(week: tuple[CalendarDay, ...], busiest: int) -> SafeString:
    """The cells of a week: linked and tinted where there are events, empty in the neighbouring months."""
    return mark_safe("".join([_calendar_cell(cell, busiest) for cell in week]))  # noqa: S308


def _calendar_cell(cell: CalendarDay, busiest: int) -> str:
    if not cell.is_in_month:
        return "<td></td>"
    current = ' aria-current="date"' if cell.is_current else ""
    if not cell.count:
        return f"<td><span{current}>{cell.date.day}</span></td>"
    return (
        f'<td class="heat-{heat(cell.count, busiest)}"><a href="{cell.path}"{current}>{cell.date.day}'
        f'<span class="visually-hidden">, {events_count(cell.count)}</span></a></td>'
    )


@register.filter
def month_items(months: tuple[Link, ...], busiest: int) -> SafeString:
    """The months of a year in the archive, linked and tinted where there are events."""
    return format_html_join(
        "",
        '<li class="heat-{}"><a href="{}">{} <span class="month-count">{}</span></a></li>',
        ((heat(m.count or 0, busiest), m.path, m.title, number(m.count or 0)) for m in months if m.count),
    )


@register.filter
def heat(count: int, busiest: int) -> int:
    """A step from 0 (nothing) to 4 (the busiest) on a scale that keeps small counts apart."""
    if not count or not busiest:
        return 0
    return min(4, 1 + int(4 * (count - 1) / busiest))


@register.filter
def busiest_month(years: tuple[YearCounts, ...]) -> int:
    """The greatest number of events in one month, the top of the archive's scale."""
    return max((month.count or 0 for year in years for month in year.months), default=0)


@register.filter
def busiest_day(calendars: tuple[Any, ...]) -> int:
    """The greatest number of events on one day of the calendars, the top of their scale."""
    return max((cell.count for cal in calendars for week in cal.weeks for cell in week), default=0)


@register.filter
def bars(years: tuple[YearCounts, ...]) -> list[dict[str, int]]:
    """Upright bars for a drawing 100 units high, 10 units a year, oldest year first."""
    ordered = sorted(years, key=lambda year: year.year)
    tallest = max((year.count for year in ordered), default=0) or 1
    heights = [round(100 * year.count / tallest) for year in ordered]
    return [{"x": 10 * i + 1, "y": 100 - height, "height": height} for i, height in enumerate(heights)]


@register.filter
def drawing_width(years: tuple[YearCounts, ...]) -> int:
    return 10 * max(len(years), 1)


@register.simple_tag
def ways(event: EventDocument, site: Site) -> tuple[Citing, ...]:
    """How to cite the event."""
    return ways_to_cite(event, site)


def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data as a script element that no text within can end.

    The escapes are those of `django.utils.html.json_script`; browsers never run this type.
    """
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)


@register.simple_tag
def event_json_ld(event: EventDocument, site: Site) -> SafeString:
    """The NewsArticle of an event's page."""
    return json_ld(jsonld.event_json_ld(event, site, **site_pictures()))


@register.simple_tag
def list_json_ld(document: ListPage, site: Site) -> SafeString:
    """The CollectionPage of a list's page; the front page stands for the whole site."""
    if document.page.kind == "front":
        return json_ld(jsonld.website_json_ld(site, logo=site_pictures()["logo"]))
    return json_ld(jsonld.list_json_ld(document, site))


@register.simple_tag
def breadcrumbs_json_ld(page: Page) -> SafeString:
    """The BreadcrumbList of a page, or nothing."""
    data = jsonld.breadcrumbs_json_ld(page)
    return json_ld(data) if data else mark_safe("")


@register.filter
def format_items(links: Sequence[Link]) -> SafeString:
    """Links to formats or feeds as list items."""
    rows = [
        f'<li><a href="{escape(link.path)}" type="{escape(link.type)}">{escape(format_name(link))}</a></li>'
        for link in links
    ]
    return mark_safe("".join(rows))  # noqa: S308 (escaped above)


@register.filter
def alternates(links: Sequence[Link]) -> SafeString:
    """Links to formats or feeds for programs, in the head of a page, each on a line of its own."""
    rows = [
        f'\n<link rel="alternate" type="{escape(link.type)}" href="{escape(link.path)}"'
        f' title="{escape(link.title)}">'
        for link in links
    ]
    return mark_safe("".join(rows))  # noqa: S308 (escaped above)


@register.filter
def crumbs(page: Page) -> SafeString:
    """The trail of a page as list items, each on a line of its own."""
    rows = [
        f'\n    <li><a href="{escape(link.path)}"{CURRENT if link.path == page.path else ""}>'
        f"{escape(link.title)}</a></li>"
        for link in page.breadcrumbs
    ]
    return mark_safe("".join(rows))  # noqa: S308 (escaped above)


@register.filter
def together(subjects: Sequence[ContextDocument], ref: ContextRef) -> str:
    """The page of a context, beside a single subject that of both together."""
    return f"/contexts/{subjects[0].ref.slug}+{ref.slug}/" if len(subjects) == 1 else ref.path


@register.filter
def feed_items(links: Sequence[Link]) -> SafeString:
    """The feeds of a page, or of the whole chronicle where it has none."""
    return format_items(links or NEWS_FEEDS)


@register.simple_tag
def frame(part: str, site: Site, kind: str = "") -> SafeString:
    """`includes/_<part>.html`, which looks the same on every page of one kind.

    Rendered once for each language and kept, except while templates are being worked on.
    """
    render_part = _frame.__wrapped__ if settings.DEBUG else _frame
    return render_part(part, site, kind or "error", get_language())


@lru_cache(maxsize=256)
def _frame(part: str, site: Site, kind: str, language: str) -> SafeString:
    return get_template(f"includes/_{part}.html").render({"site": site, "kind": kind})


@register.filter
def entry(event: EventDocument) -> SafeString:
    """An event as lists print it. Kept by all that it says: the same entry stands in many lists."""
    render_entry = _entry.__wrapped__ if settings.DEBUG else _entry
    return render_entry(event, get_language())


# A few megabytes; the newest entries of a busy site are among them.
@lru_cache(maxsize=2000)
def _entry(event: EventDocument, language: str) -> SafeString:
    return get_template("includes/_entry.html").render({"event": event})


@register.filter
def format_name(link: Link) -> str:
    """What readers call a format or feed."""
    extension = link.path.partition("?")[0].rpartition(".")[2]
    return FORMAT_NAMES.get((extension, link.type), link.type)


@register.filter
def kind_name(kind: str) -> str:
    """What one context of a kind is called."""
    return str(KINDS[kind]) if kind in KINDS else kind
