"""How many independent origins stand behind a list of citations. Pure.

An agency's report is one origin, however many carry it; who names no agency counts as an origin of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from events.citations.labels import agency_name


@dataclass(frozen=True, slots=True)
class Trace:
    """Of one citation: the agency that it names, who published it, and in which country (ISO 3166)."""

    agency: str = ""
    publisher: str = ""
    country: str = ""

    @property
    def origin(self) -> str:
        return agency_name(self.agency) or self.agency or agency_name(self.publisher) or self.publisher


@dataclass(frozen=True, slots=True)
class Independence:
    """Citations, their origins in order, and what all share: an "agency", a "publisher" or a "country"."""

    citations: int
    origins: tuple[str, ...]
    shared: str = ""
    shared_name: str = ""


def independence(traces: Iterable[Trace]) -> Independence:
    """Count origins; tell what all citations trace to. One citation alone shares nothing."""
    known = [trace for trace in traces if trace.origin]
    origins = tuple(dict.fromkeys(trace.origin for trace in known))
    shared, name = "", ""
    if len(known) > 1:
        publishers = {trace.publisher for trace in known}
        countries = {trace.country for trace in known}
        if len(origins) == 1:
            shared, name = ("publisher" if len(publishers) == 1 else "agency"), origins[0]
        elif len(publishers) == 1:
            shared, name = "publisher", publishers.pop()
        elif len(countries) == 1 and "" not in countries:
            shared, name = "country", countries.pop()
    return Independence(len(known), origins, shared, name)
