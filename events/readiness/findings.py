"""The checks before publishing. An error stops publishing; a warning is the editor's to overrule.

A constant number of queries gathers what is known of sources and contexts; each check then looks at it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.citations.independence import Independence, Trace, independence
from events.citations.publishers import publisher_host
from events.citations.urls import canonical_url, host_of, is_archived, is_web_url
from events.models import Context, Event, Publisher, SourcePage
from events.models.images import LACKING
from events.problems import LONGEST_HEADLINE, trace_of
from events.readiness.drafts import Draft, Source
from events.readiness.duplicates import Duplicate, duplicates_of
from events.sources.pages import pages_of
from events.text.excerpts import excerpt
from events.text.readability import reading_ease

ERROR, WARNING = "error", "warning"
# Begins the code of a finding about another entry; its key follows.
DUPLICATE = "duplicate "
# Days between the event and the nearest day of a source.
FAR = timedelta(days=7)
# A context is a hub that a twentieth of all entries carry, once there are this many.
HUB_SHARE, LEAST_HUB = 20, 100
# Flesch's scale: below 30 a text is "very difficult". Few words tell nothing.
HARD, LEAST_WORDS = 30, 30


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong: a code for overruling, the level, the sentence for the editor, the field of the form."""

    code: str
    level: str
    message: str
    field: str = ""
    # Another entry that it is about.
    duplicate: Duplicate | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, errors first, and where the sources come from."""

    findings: tuple[Finding, ...]
    independence: Independence

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == ERROR]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.level == WARNING]

    def about_duplicates(self) -> "Report":
        """The same with nothing but what is found about other entries."""
        return replace(self, findings=tuple(row for row in self.findings if row.duplicate))

    @property
    def told(self) -> str:
        """ "5 citations, 4 independent origins", in words."""
        found = self.independence
        citations = ngettext("%(count)s citation", "%(count)s citations", found.citations)
        origins = ngettext(
            "%(count)s independent origin", "%(count)s independent origins", len(found.origins)
        )
        return f"{citations % {'count': found.citations}}, {origins % {'count': len(found.origins)}}"


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of a draft: pages by address, contexts, number of entries, origins."""

    pages: dict[str, SourcePage]
    contexts: tuple[Context, ...]
    total: int
    independence: Independence
    duplicates: list[Duplicate]
    today: date


# Looks at a draft, of an event or of an article, and at what is known of it.
Check = Callable[[Any, Known], Iterator[Finding]]


def report_on(draft: Draft, *, today: date) -> Report:
    """Check a draft, in fifteen queries at most."""
    known = known_of(draft.sources, draft.contexts, today=today)
    known = replace(known, duplicates=duplicates_of(draft, known.pages.values()))
    return report(CHECKS, draft, known)


def known_of(sources: Iterable[Source], contexts: Sequence[str], *, today: date) -> Known:
    """What the database knows of these sources and names of contexts, in five queries at most."""
    sources = [source for source in sources if source.label or source.url]
    return Known(
        pages=pages_of([source.url for source in sources if source.url]),
        contexts=tuple(Context.objects.by_names(list(contexts)).values()) if contexts else (),
        total=Event.objects.filter(state=Event.State.PUBLISHED).count() if contexts else 0,
        independence=independence(traces_of(sources)),
        duplicates=[],
        today=today,
    )


def report(checks: Iterable[Check], draft: Any, known: Known) -> Report:
    found = [finding for check in checks for finding in check(draft, known)]
    found.sort(key=lambda finding: finding.level)
    return Report(tuple(found), known.independence)


def traces_of(sources: list[Source]) -> list[Trace]:
    hosts = [publisher_host(host_of(source.url)) for source in sources]
    countries = dict(Publisher.objects.filter(host__in=set(hosts)).values_list("host", "country"))
    return [
        trace_of(label=source.label, agency=source.agency, host=host, country=countries.get(host, ""))
        for source, host in zip(sources, hosts, strict=True)
    ]


def citations(draft: Draft, known: Known) -> Iterator[Finding]:
    if not any(is_web_url(source.url) or source.label for source in draft.sources):
        yield Finding("no-citation", ERROR, _("No source is cited."), "citations")


def cover(draft: Draft, known: Known) -> Iterator[Finding]:
    """As publishing asks of a picture that we show; of one that is only linked it is good to know."""
    picture = draft.cover
    if picture is None:
        return
    for name in picture.missing():
        level = ERROR if picture.file else WARNING
        yield Finding(f"cover-{name}", level, str(LACKING[name]), f"cover_{name}")


def headline(draft: Draft, known: Known) -> Iterator[Finding]:
    length = len(draft.headline.strip())
    if length > LONGEST_HEADLINE and not draft.short_headline:
        message = _("The headline has %(count)s characters; give it a short one for lists.")
        yield Finding("headline-long", WARNING, message % {"count": length}, "short_headline")


def summary(draft: Draft, known: Known) -> Iterator[Finding]:
    if not draft.summary.strip():
        yield Finding("no-summary", WARNING, _("There is no summary."), "summary")


def contexts(draft: Draft, known: Known) -> Iterator[Finding]:
    if not draft.contexts:
        yield Finding("no-context", WARNING, _("The entry has no context."), "context_names")
    elif known.contexts and len(known.contexts) == len(draft.contexts):
        least = least_of_hubs(known.total)
        if all(context.events_count >= least for context in known.contexts):
            message = _("All contexts are broad ones; a closer one would tie the entry to its story.")
            yield Finding("hubs-only", WARNING, message, "context_names")


def least_of_hubs(total: int) -> float:
    """How many of so many entries carry a context that is a hub."""
    return max(LEAST_HUB, total / HUB_SHARE)


def links(draft: Draft, known: Known) -> Iterator[Finding]:
    # An archive's copy has the canonical address of its page.
    copied = {canonical_url(source.url) for source in draft.sources if is_archived(source.url)}
    for source in draft.sources:
        page = known.pages.get(source.url)
        if not page or page.key in copied:
            continue
        values = {"label": source.label, "copy": page.archived_copy}
        if page.missing_since and page.archived_copy:
            message = _("The page of “%(label)s” is gone; cite the archived copy %(copy)s")
            yield Finding(f"dead-link {page.key}", WARNING, message % values, "citations")
        elif page.missing_since:
            message = _("The page of “%(label)s” is gone; cite an archived copy.")
            yield Finding(f"dead-link {page.key}", WARNING, message % values, "citations")
        elif page.is_unarchived:
            message = _("No archive has a copy of the page of “%(label)s”; have one made while it is there.")
            yield Finding(f"unarchived {page.key}", WARNING, message % values, "citations")


def origins(draft: Draft, known: Known) -> Iterator[Finding]:
    found = known.independence
    if found.citations == 1:
        message = _("There is one source only: %(name)s.") % {"name": found.origins[0]}
    elif found.shared == "agency":
        message = _("All sources trace to one agency: %(name)s.") % {"name": found.shared_name}
    elif found.shared == "publisher":
        message = _("All sources are of one publisher: %(name)s.") % {"name": found.shared_name}
    elif found.shared == "country":
        message = _("All sources are of one country: %(name)s.") % {"name": found.shared_name}
    else:
        return
    yield Finding(f"single-{found.shared or 'source'}", WARNING, message, "citations")


def duplicates(draft: Draft, known: Known) -> Iterator[Finding]:
    for duplicate in known.duplicates:
        event = duplicate.event
        if duplicate.cites_the_same:
            message = _("“%(headline)s” (%(day)s) cites the same page. Is it the same event?")
        else:
            message = _("“%(headline)s” (%(day)s) is told in the same rare words. Is it the same event?")
        values = {"headline": excerpt(event.title, chars=80), "day": event.date.isoformat()}
        yield Finding(f"{DUPLICATE}{event.pk}", WARNING, message % values, "citations", duplicate)


def day(draft: Draft, known: Known) -> Iterator[Finding]:
    if draft.day is None:
        return
    if draft.day > known.today:
        yield Finding("future-day", WARNING, _("The event day lies in the future."), "date")
    days = [source.published_on for source in draft.sources if source.published_on]
    days += [page.published_on for page in known.pages.values() if page.published_on]
    if days and min(abs(draft.day - found) for found in days) > FAR:
        nearest = min(days, key=lambda found: abs(draft.day - found))
        message = _("No source is of a day near the event day; the nearest is of %(day)s.")
        yield Finding("far-day", WARNING, message % {"day": nearest.isoformat()}, "date")


def ease(draft: Draft, known: Known) -> Iterator[Finding]:
    text = f"{draft.summary} {draft.body}".strip()
    if draft.language.partition("-")[0] != "en" or len(text.split()) < LEAST_WORDS:
        return
    if (found := reading_ease(text)) < HARD:
        message = _("The text is hard to read (%(ease)s of 100): shorter sentences and words help.")
        yield Finding("hard-text", WARNING, message % {"ease": max(round(found), 0)}, "summary")


CHECKS: tuple[Check, ...] = (
    citations, cover, headline, summary, contexts, links, origins, duplicates, day, ease,
)  # fmt: skip
