"""The list of events: columns that need no query of their own, search by indexes."""

import re
from datetime import datetime

from django.contrib import admin
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.addresses import key_of_pasted
from events.citations.urls import canonical_url, is_web_url
from events.models import ContextName, Entry, Event, Image
from events.search import finder, query
from events.text.folding import name_key

# Further back an editor goes by date, filter or search, never by page number.
COUNT_LIMIT = 5_000
SEARCH_LIMIT = 500
# No index knows the words of what is not public: of each state so many entries are looked through.
LOOKED_THROUGH = 2_000
SHORT_ID = re.compile(r"[0-9a-z]{4,32}")


class BoundedPaginator(Paginator):
    """Counts at most COUNT_LIMIT rows: an editor needs no exact number of a hundred thousand."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:COUNT_LIMIT].count()


def search_events(queryset: QuerySet, text: str, *, now: datetime) -> QuerySet:
    """The events meant by a permanent id, the address of a source, or words.

    Published entries are found by the public search index (headlines, contexts with aliases, summaries,
    labels); the others by words of their headlines or by a context, those of the latest days of each state.
    """
    text = text.strip()
    if is_web_url(text):
        return queryset.filter(
            Q(pk__in=Event.objects.filter(citations__canonical_url=canonical_url(text)).values("pk"))
            | Q(pk__in=at_address(Event, text))
        )
    pks = set(finder.find(query.parse(text), now=now, limit=SEARCH_LIMIT).pks)
    # One query a way to be found, since a database answers each from an index but not all of them in one.
    states = [state for state in Event.State.values if state != Event.State.PUBLISHED]
    hidden = [Event.objects.filter(state=state) for state in states] + [Event.objects.pending(now=now)]
    ways = [Event.objects.filter(pk__in=latest(entries)) for entries in hidden]
    carriers = ways if (contexts := contexts_called(text)) else []
    for word in text.replace('"', " ").split():
        ways = [way.filter(headline__icontains=word) for way in ways]
    ways += [way.filter(taggings__tag__in=contexts) for way in carriers]
    if SHORT_ID.fullmatch(text):
        ways.append(Event.objects.filter(public_id__startswith=text))
    for way in ways:
        pks.update(way.order_by().values_list("pk", flat=True)[:SEARCH_LIMIT])
    return queryset.filter(pk__in=pks)


def at_address(model: type[Entry], url: str) -> QuerySet:
    """The keys of the entry that has or had this address on the site."""
    return model.objects.filter(addresses__path=key_of_pasted(url)).order_by().values("pk")


def contexts_called(text: str) -> list[int]:
    """The keys of the contexts of this name or alias; of `context:` too, as readers may write it."""
    key = name_key(text.removeprefix("context:").replace('"', ""))
    return list(ContextName.objects.filter(key=key).values_list("context", flat=True)) if key else []


def latest(entries: QuerySet) -> QuerySet:
    """The keys of those of the latest days, by an index where all are of one state."""
    return entries.newest_first().values("pk")[:LOOKED_THROUGH]


NEXT_YEAR = {"sqlite": "date(day, 'start of year', '+1 year')"}
YEARS = (
    "WITH RECURSIVE years(day) AS (SELECT min(date) FROM events_event"
    " UNION ALL SELECT (SELECT min(date) FROM events_event WHERE date >= {next_year})"
    " FROM years WHERE day IS NOT NULL) SELECT day FROM years WHERE day IS NOT NULL ORDER BY day DESC"
)


def years_known() -> list[int]:
    """The years that have events, the latest first: one look at an index a year, in one query."""
    next_year = NEXT_YEAR.get(connection.vendor, "(date_trunc('year', day) + interval '1 year')::date")
    with connection.cursor() as cursor:
        cursor.execute(YEARS.format(next_year=next_year))
        return [int(str(day)[:4]) for (day,) in cursor.fetchall()]


class EntryColumns:
    """What a list shows of any entry, from what its queryset has fetched."""

    @admin.display(description=_("cover"))
    def thumbnail(self, entry: Entry) -> SafeString | str:
        return picture_html(entry.cover) if entry.cover_id else ""

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, entry: Entry) -> SafeString:
        name, label = state_of(entry)
        badge = format_html('<span class="badge badge-{}">{}</span>', name, label)
        if getattr(entry, "draft_revision", None):
            badge += format_html(' <span class="badge badge-draft">{}</span>', _("draft revision"))
        return badge


class EventColumns(EntryColumns):
    """The same of an event, with its sources and contexts."""

    @admin.display(description=_("headline"), ordering="headline")
    def title(self, event: Event) -> str:
        return event.title

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, event: Event) -> SafeString:
        badge = super().state_badge(event)
        if event.is_incomplete:
            badge += format_html(' <span class="badge badge-incomplete">{}</span>', _("incomplete"))
        return badge

    @admin.display(description=_("sources"))
    def citations_count(self, event: Event) -> int:
        return len(event.citations.all())

    @admin.display(description=_("contexts"))
    def context_list(self, event: Event) -> SafeString:
        names = ((row.tag.name,) for row in event.taggings.all())
        return format_html_join(", ", '<span class="context-name">{}</span>', names)


def state_of(entry: Entry) -> tuple[str, str]:
    """The state as editors speak of it, a name and a word: what waits for its moment is "scheduled"."""
    if entry.state == Entry.State.PUBLISHED and not entry.is_public():
        return "scheduled", str(_("scheduled"))
    return entry.state, entry.get_state_display()


def picture_html(image: Image) -> SafeString | str:
    """The thumbnail; a picture without a file is known by a word."""
    small = image.thumbnail
    if small is None:
        return _("linked")
    return format_html(
        '<img class="thumbnail" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        default_storage.url(small.name),
        small.width,
        small.height,
        "" if image.is_decorative else image.alt,
    )
