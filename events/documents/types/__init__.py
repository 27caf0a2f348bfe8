"""The frozen dataclasses that all public output is read from.

Paths are site-relative and start with "/"; `absolute()` joins them to the site's canonical origin.
Moments are aware datetimes in UTC; event days are calendar dates without a zone.
"""

from events.documents.types.events import (
    ChosenDocument,
    CitationDocument,
    EntryDocument,
    EventDocument,
    LinkedDocument,
    RelatedDocument,
)
from events.documents.types.pages import (
    Calendar,
    CalendarDay,
    ContextDocument,
    DaySection,
    EventPage,
    Facet,
    FeedDocument,
    ListPage,
    Page,
    RetractionDocument,
    SearchDocument,
    SearchHit,
    YearCounts,
)
from events.documents.types.pictures import CoverDocument, Crop, Licence, Original, Rendition
from events.documents.types.refs import (
    ContextRef,
    EntryRef,
    EventRef,
    Link,
    PublisherRef,
    StoryPlace,
    StoryRef,
    absolute,
)

__all__ = [
    "Calendar",
    "CalendarDay",
    "ChosenDocument",
    "CitationDocument",
    "ContextDocument",
    "ContextRef",
    "CoverDocument",
    "Crop",
    "DaySection",
    "EntryDocument",
    "EntryRef",
    "EventDocument",
    "EventPage",
    "EventRef",
    "Facet",
    "FeedDocument",
    "Licence",
    "Link",
    "LinkedDocument",
    "ListPage",
    "Original",
    "Page",
    "PublisherRef",
    "RelatedDocument",
    "Rendition",
    "RetractionDocument",
    "SearchDocument",
    "SearchHit",
    "StoryPlace",
    "StoryRef",
    "YearCounts",
    "absolute",
]
