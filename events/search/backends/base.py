"""What the index asks of a database: keep entries, and list those that match an expression.

The tokens are made before (`events.text.folding`), for entries and questions alike. A back end only
matches them, so both databases find the same entries; their scores differ a little.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

# Tokens that must stand side by side; a word is a phrase of one.
Phrase = tuple[str, ...]

# How much a word counts by where it stands. PostgreSQL knows four places only, so that
# the body shares the fourth with the labels of the citations.
HEADLINE, CONTEXTS, SUMMARY, CITATIONS, BODY = 1.0, 0.6, 0.35, 0.15, 0.1

# Keeps a phrase from reaching over the border of two names or labels; no word is spelt so.
BORDER = "="


class Texts(NamedTuple):
    """The texts of an entry, each as its tokens separated by single spaces."""

    headline: str
    contexts: str
    summary: str
    citations: str
    body: str


@dataclass(slots=True)
class Entry:
    """One published event, or article, as its index knows it; `words` are as its back end keeps them."""

    event_id: int
    date: date
    visible_at: datetime
    category: str
    words: tuple[str, ...]
    keys: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A question in tokens: one phrase of every group, all `keys`, none of `excluded`; days inclusive."""

    groups: tuple[tuple[Phrase, ...], ...] = ()
    excluded: tuple[Phrase, ...] = ()
    keys: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


class Match(NamedTuple):
    """An entry that matches, with the `keys` by which it may be narrowed.

    A higher score is a better match; it is 0 where no word was asked for.
    """

    event_id: int
    date: date
    visible_at: datetime
    category: str
    keys: str
    score: float


class SearchBackend(ABC):
    """One database's full text."""

    @abstractmethod
    def words(self, texts: Texts) -> tuple[str, ...]:
        """The texts as they are kept; asks no database."""

    @abstractmethod
    def write(self, entries: Sequence[Entry]) -> None:
        """Put entries into the index, in place of what it holds of the same events."""

    @abstractmethod
    def add(self, entries: Sequence[Entry]) -> None:
        """Put entries of events that it does not hold into the index: less work than `write`."""

    @abstractmethod
    def remove(self, pks: Collection[int]) -> None:
        """Take the entries of these events out."""

    @abstractmethod
    def clear(self) -> None:
        """Empty the index."""

    @abstractmethod
    def newest_matches(self, expression: Expression, *, now: datetime, limit: int) -> list[Match]:
        """At most `limit` matching entries that are public at `now`, latest days first."""

    @abstractmethod
    def beginning_with(self, field: str, letter: str) -> Q:
        """The condition that a text field begins with a letter, so that its index answers it."""
