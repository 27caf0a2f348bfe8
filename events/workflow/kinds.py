"""The kinds of entries that go through the one write door, and what is different for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from events import derived
from events.models import Article, Entry, Event
from events.workflow import parts
from events.workflow.article_snapshots import whole_articles
from events.workflow.parts import Part, Snapshot
from events.workflow.snapshots import whole_entries


@dataclass(frozen=True, slots=True)
class EntryKind:
    """`content` are the parts that can be brought back; `snapshots` makes those of stored entries, and
    `refresh` and `forget` bring what is derived from some of them up to date."""

    model: type[Entry]
    content: tuple[Part, ...]
    snapshots: Callable[[Sequence[Any]], list[dict]]
    refresh: Callable[..., None]
    forget: Callable[..., None]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that two versions can differ in."""
        return (*self.content, *parts.COURSE)

    def whole(self, entry: Entry) -> dict:
        """A snapshot of the stored entry."""
        return self.snapshots([entry])[0]


KINDS: dict[str, EntryKind] = {
    Event.OWNER: EntryKind(Event, parts.CONTENT, whole_entries, derived.refresh, derived.forget),
    Article.OWNER: EntryKind(
        Article,
        parts.ARTICLE_CONTENT,
        whole_articles,
        derived.refresh_articles,
        derived.forget_articles,
    ),
}


def kind_of(entry: Entry) -> EntryKind:
    return KINDS[entry.OWNER]


def content_of(entry: Entry, data: Snapshot) -> dict[str, Any]:
    """What a snapshot says, by part: equal for two versions that differ only in state and moments."""
    return {part.name: part.of(data) for part in kind_of(entry).content}
