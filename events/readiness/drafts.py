"""What is checked: an entry as it is stored, or as it stands in a form that nobody has saved."""

from dataclasses import dataclass
from datetime import date

from events.models import Event, Image


@dataclass(frozen=True, slots=True)
class Source:
    """A citation: label and address, and the agency that it names."""

    label: str
    url: str
    agency: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry with its sources and the names of its contexts. `cover` is a picture, stored or not."""

    headline: str
    short_headline: str = ""
    summary: str = ""
    body: str = ""
    day: date | None = None
    language: str = "en"
    contexts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    cover: Image | None = None
    # The entry's own key, where it is stored.
    event: int | None = None


def draft_of(event: Event) -> Draft:
    """The stored entry, in three queries."""
    return Draft(
        headline=event.headline,
        short_headline=event.short_headline,
        summary=event.summary,
        body=event.body,
        day=event.date,
        language=event.language_tag,
        contexts=tuple(row.tag.name for row in event.taggings.select_related("tag")),
        sources=tuple(
            Source(row.label, row.url, row.agency, row.published_on) for row in event.citations.all()
        ),
        cover=event.cover,
        event=event.pk,
    )
