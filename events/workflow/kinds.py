"""The kinds of entries that go through the one write door, and what is different for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from events import derived
from events.models import Article, Entry, Event
from events.workflow import parts
from events.workflow.article_snapshots import whole_article
from events.workflow.parts import Part, Snapshot
from events.workflow.snapshots import whole_entry


@dataclass(frozen=True, slots=True)
class EntryKind:
    """`content` are the parts that can be brought back; `whole` makes a snapshot of the stored entry, and
    `refresh` and `forget` bring what is derived from some of them up to date."""

    model: type[Entry]
    content: tuple[Part, ...]
    whole: Callable[[Any], dict]
    refresh: Callable[..., None]
    forget: Callable[..., None]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that two versions can differ in."""
        return (*self.content, *parts.COURSE)

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)


KINDS: dict[str, EntryKind] = {
    Event.OWNER: EntryKind(Event, parts.CONTENT, whole_entry, derived.refresh, derived.forget),
    Article.OWNER: EntryKind(
        Article,
        parts.ARTICLE_CONTENT,
        whole_article,
        derived.refresh_articles,
        derived.forget_articles,
    ),
}


def kind_of(entry: Entry) -> EntryKind:
    return KINDS[entry.OWNER]


def content_of(entry: Entry, data: Snapshot) -> dict[str, Any]:
    """What a snapshot says, by part: equal for two versions that differ only in state and moments."""
    return {part.name: part.of(data) for part in kind_of(entry).content}
