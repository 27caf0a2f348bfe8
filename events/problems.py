"""Problems that whole lists are asked for: the checks before publishing whose answer lies in the entry alone.

What moves without the entry (a cover's words, dead links, counts, today) is no part of it; `events.admin`
asks for that at the moment. The codes are those of `events.readiness`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from events.citations.independence import Trace, independence
from events.citations.labels import parse_label
from events.citations.publishers import publisher_name
from events.models import Citation, Event, EventProblem, Tagging
from events.sql import among, any_of, insert, run, stored

LONGEST_HEADLINE = 240


def trace_of(*, label: str, agency: str, host: str, country: str) -> Trace:
    """Where a citation comes from; `host` and `country` are its publisher's, empty if it has none."""
    return Trace(
        agency=agency or parse_label(label).agency,
        publisher=publisher_name(host, label) if host else label,
        country=country,
    )


def origin_problem(traces: Iterable[Trace]) -> str:
    """The code of what makes the sources one origin; `""` if they are several, or none."""
    found = independence(traces)
    if found.citations == 1:
        return "single-source"
    return f"single-{found.shared}" if found.shared else ""


def replace(pks: Collection[int]) -> None:
    """Look at these events anew; those that are gone are forgotten."""
    remove(pks)
    add(pks)


def remove(pks: Collection[int]) -> None:
    marks, values = any_of(pks)
    run(f"DELETE FROM events_eventproblem WHERE event_id IN {marks}", values)  # noqa: S608 (names of ours)


def clear() -> None:
    """Forget all, before they are looked for anew."""
    run("DELETE FROM events_eventproblem")


def add(pks: Collection[int]) -> None:
    """Look at events of which nothing is kept, in three queries and one write."""
    keys = among(pks)
    traces: dict[int, list[Trace]] = defaultdict(list)
    cited = Citation.objects.filter(event__in=keys).order_by("event", "position", "pk")
    for event, label, agency, host, country in cited.values_list(
        "event_id", "label", "agency", "publisher__host", "publisher__country"
    ):
        traces[event].append(trace_of(label=label, agency=agency, host=host or "", country=country or ""))
    tagged = Tagging.objects.filter(content_object__in=keys).order_by()
    with_context = set(tagged.values_list("content_object_id", flat=True).distinct())
    events = Event.objects.filter(pk__in=keys).order_by("pk")
    write(
        (pk, code, day)
        for pk, day, headline, short, summary in events.values_list(
            "pk", "date", "headline", "short_headline", "summary"
        )
        for code in codes(
            headline=short or headline,
            summary=summary,
            has_context=pk in with_context,
            traces=traces.get(pk, ()),
        )
    )


def write(found: Iterable[tuple[int, str, date]]) -> None:
    """Keep problems, each as an event's key, a code and the event's day, of events of which none is kept."""
    insert(
        EventProblem._meta.db_table,
        ("event_id", "code", "date"),
        [(pk, code, stored(day)) for pk, code, day in found],
    )


def codes(*, headline: str, summary: str, has_context: bool, traces: Collection[Trace]) -> Iterator[str]:
    """The problems of one event; `headline` is the one that lists show."""
    yield from own_codes(headline=headline, summary=summary, is_cited=bool(traces))
    if not has_context:
        yield "no-context"
    if code := origin_problem(traces):
        yield code


def own_codes(*, headline: str, summary: str, is_cited: bool) -> Iterator[str]:
    """Those that can be told without a database."""
    if not is_cited:
        yield "no-citation"
    if len(headline) > LONGEST_HEADLINE:
        yield "headline-long"
    if not summary.strip():
        yield "no-summary"
