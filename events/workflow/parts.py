"""What an entry consists of, part by part: the unit in which versions are compared, joined and brought back.

A part names the keys of a snapshot that belong together; all work on snapshots goes by a list of parts, so
that it serves every kind of entry that has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.workflow.snapshots import CITATION_FIELDS

Snapshot = Mapping[str, Any]


class Kind(StrEnum):
    """How a part is compared: by words, as one value, as a list of names, as rows, as a picture."""

    TEXT = "text"
    VALUE = "value"
    NAMES = "names"
    ROWS = "rows"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Part:
    """`fields` are keys of the snapshot; of rows, `keys` are the columns of which the first filled one tells
    a row from the others, and `columns` all that a row has."""

    name: str
    label: str | Promise
    kind: Kind = Kind.VALUE
    fields: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def of(self, data: Snapshot) -> Any:
        """What a snapshot says of this part: text, a list, or a dictionary of what is filled."""
        names = self.fields or (self.name,)
        if self.kind is Kind.TEXT:
            return data.get(names[0], "")
        if self.kind in (Kind.NAMES, Kind.ROWS):
            return list(data.get(names[0], ()))
        if self.kind is Kind.PICTURE:
            return dict(data.get(names[0], {}))
        return {name: data[name] for name in names if name in data}


LABEL = Part("label", pgettext_lazy("of an entry", "label"), fields=("label", "label_until"))
TEXTS = (
    Part("headline", _("headline"), Kind.TEXT),
    Part("short_headline", _("short headline"), Kind.TEXT),
    Part("summary", _("summary"), Kind.TEXT),
    Part("body", _("body"), Kind.TEXT),
)
FACTS = (
    Part("day", _("event day"), fields=("date", "end_date", "date_precision", "time", "time_zone")),
    Part("category", _("category")),
    LABEL,
    Part("language", _("language"), fields=("language", "direction")),
    Part("slug", _("slug")),
    Part("is_incomplete", _("incomplete")),
)
CONTEXTS = Part("contexts", _("contexts"), Kind.NAMES)
CITATIONS = Part("citations", _("citations"), Kind.ROWS, keys=("url", "label"), columns=CITATION_FIELDS)
COVER = Part("cover", _("cover image"), Kind.PICTURE)
DECISIONS = (
    Part("pins", _("pinned stories"), Kind.ROWS, keys=("id",), columns=("id", "note")),
    Part("hidden", _("hidden stories"), Kind.ROWS, keys=("id",), columns=("id", "both_sides", "note")),
    Part("links", _("links between events"), Kind.ROWS, keys=("id",), columns=("id", "kind")),
)
# What can be brought back. State and moments are no words of the entry: they are moved by the workflow alone.
CONTENT = (*TEXTS, CONTEXTS, CITATIONS, COVER, *FACTS, *DECISIONS)
COURSE = (
    Part("state", _("state")),
    Part("publication", _("publication"), fields=("publish_at", "embargo_until")),
    Part("retraction_notice", _("retraction notice"), Kind.TEXT),
)
BY_NAME = {part.name: part for part in (*CONTENT, *COURSE)}

# Of an article.
ARTICLE_TEXTS = (
    Part("headline", _("headline"), Kind.TEXT),
    Part("deck", _("deck"), Kind.TEXT),
    Part("body", _("body"), Kind.TEXT),
    Part("agencies", _("with reporting by"), Kind.TEXT),
)
BYLINES = Part("bylines", _("by"), Kind.ROWS, keys=("slug",), columns=("role",))
COVERED = Part("events", _("events covered"), Kind.ROWS, keys=("id",), columns=("id",))
NOTES = Part("notes", _("notes to readers"), Kind.ROWS, keys=("text",), columns=("kind", "text", "noted_at"))
ARTICLE_FACTS = (
    Part("date", _("day")),
    Part("kind", _("kind")),
    Part("section", _("section")),
    LABEL,
    Part("language", _("language"), fields=("language", "direction")),
    Part("slug", _("slug")),
)
ARTICLE_CONTENT = (*ARTICLE_TEXTS, BYLINES, COVERED, CONTEXTS, COVER, NOTES, *ARTICLE_FACTS)
