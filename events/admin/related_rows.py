"""What the desk shows of an entry's related stories: the list as readers see it, and every decision on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.event_list import state_of
from events.conf import conf
from events.documents.builders import build_context_ref, build_ref, build_related
from events.documents.relations import relation_words, when_words
from events.models import Event, EventLink, RelatedChoice
from events.related import Carried, Suggestion, carried_by, related_to
from events.related.steering import INVERSE

LIST_FIELDS = (
    "pk", "public_id", "import_ref", "date", "date_precision", "slug", "headline", "short_headline",
    "language", "direction", "summary", "state", "publish_at", "embargo_until",
)  # fmt: skip


# The signals of `events.related.ranking` in an editor's words.
SIGNALS = {
    "text": gettext_lazy("words"),
    "contexts": gettext_lazy("contexts"),
    "sources": gettext_lazy("sources"),
    "company": gettext_lazy("company"),
    "nearness": gettext_lazy("nearness in time"),
    "same_category": gettext_lazy("same category"),
    "covered": gettext_lazy("told in one article"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Another entry on the desk: why it stands there, and what was decided on it.

    `place` counts pins from 0 of `pins`; a row that is not pinned has none.
    """

    other: Event
    why: str = ""
    choice: RelatedChoice | None = None
    link: EventLink | None = None
    place: int | None = None
    pins: int = 0

    @property
    def is_pinned(self) -> bool:
        return self.choice is not None and self.choice.kind == RelatedChoice.Kind.PIN

    @property
    def is_hidden(self) -> bool:
        return self.choice is not None and self.choice.kind == RelatedChoice.Kind.HIDE

    @property
    def is_first(self) -> bool:
        return self.place == 0

    @property
    def is_last(self) -> bool:
        return self.place == self.pins - 1

    @property
    def state(self) -> str:
        """What keeps readers from it; empty where they can read it."""
        return "" if self.other.is_public() else state_of(self.other)[1]


@dataclass(frozen=True, slots=True)
class Told:
    """A link or a hiding that another entry's editors set, which is changed there."""

    other: Event
    words: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The list as it stands, and beside it the decisions that it does not show."""

    shown: list[Row]
    unseen: list[Row]
    hidden: list[Row]
    links: list[Row]
    told: list[Told]


def read_desk(event: Event, *, now: datetime) -> Desk:
    """Everything about one event's related stories; a constant number of queries."""
    choices = {row.other_id: row for row in event.choices.select_related("other")}
    links = {row.other_id: row for row in event.links.select_related("other")}
    contexts = carried_by([event.pk])[event.pk]
    suggestions = related_to(event, limit=conf.RELATED_LIMIT, now=now, contexts=contexts)
    others = Event.objects.only(*LIST_FIELDS).in_bulk([found.pk for found in suggestions])
    pins = [row.other_id for row in choices.values() if row.kind == RelatedChoice.Kind.PIN]

    def row(other: Event, why: str = "") -> Row:
        place = pins.index(other.pk) if other.pk in pins else None
        return Row(other, why, choices.get(other.pk), links.get(other.pk), place, len(pins))

    shown = [
        row(others[found.pk], why(found, event, others[found.pk], contexts))
        for found in suggestions
        if found.pk in others
    ]
    seen = {found.other.pk for found in shown}
    rows = [row(choice.other) for choice in choices.values()]
    return Desk(
        shown=shown,
        unseen=[found for found in rows if found.is_pinned and found.other.pk not in seen],
        hidden=[found for found in rows if found.is_hidden],
        links=[row(link.other) for link in links.values()],
        told=list(told_by_others(event)),
    )


def why(suggestion: Suggestion, event: Event, other: Event, contexts: Iterable[Carried]) -> str:
    """The reasons of a suggestion in one line."""
    refs = {found.pk: build_context_ref(found) for found in contexts}
    document = build_related(suggestion, build_ref(other), event, refs, other)
    score = _("score %(number)s") % {"number": number_format(suggestion.score, 2)}
    told = [when_words(document.when), document.why] if document.why else []
    return " · ".join([*told, score, *signals_told(suggestion)])


def signals_told(suggestion: Suggestion) -> Iterable[str]:
    """The signals that speak for a suggestion, each from 0 to 1; a ranker without scores has none."""
    if suggestion.signals is None:
        return
    for name, words in SIGNALS.items():
        if value := getattr(suggestion.signals, name):
            yield f"{words} {number_format(value, 2)}"


def told_by_others(event: Event) -> Iterable[Told]:
    """What other entries say of this one."""
    for link in event.linked_by.select_related("event"):
        yield Told(link.event, relation_words(INVERSE[link.kind]))
    for choice in event.chosen_by.filter(both_sides=True).select_related("event"):
        yield Told(choice.event, _("Hidden from both sides"))
