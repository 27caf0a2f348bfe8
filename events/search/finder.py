"""Answers: the events that match a question, the best first or the newest publications first.

However common a word is, at most `WINDOW` matches are read, those of the latest days; they are ranked and
counted in memory. So the hundred-thousandth entry makes no search slower.
"""

from dataclasses import dataclass
from datetime import datetime

from events.search import backends
from events.search.backends.base import Expression, Match
from events.search.keys import category_key, context_key, language_key, publisher_key
from events.search.query import SearchQuery
from events.search.subjects import Subjects, find_subjects

WINDOW = 1000
# Among equally good matches the newer comes first: an entry of today gains this share over a very old one.
RECENCY = 0.25
HALF_LIFE_DAYS = 3 * 365


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of an answer. `count` is a lower bound unless `is_count_exact`.

    `matches` are all that were read, best first: what facets count. `terms` are to be marked in excerpts.
    """

    pks: tuple[int, ...]
    count: int
    is_count_exact: bool
    terms: tuple[tuple[str, ...], ...]
    matches: tuple[Match, ...]
    subjects: Subjects

    @property
    def query(self) -> SearchQuery:
        """The question with its contexts and sources found, and what was wrong with it."""
        return self.subjects.query


def find(query: SearchQuery, *, now: datetime, limit: int, offset: int = 0) -> SearchResult:
    """The best matches that are public at `now`; none for an empty question or one with problems."""
    subjects = find_subjects(query, now=now)
    matches, is_exact = _read(subjects, now)
    matches.sort(key=lambda match: rank(match, now))
    return _result(subjects, matches, is_exact, matches[offset : offset + limit])


def newest(
    query: SearchQuery, *, now: datetime, limit: int, before: tuple[datetime, int] | None = None
) -> SearchResult:
    """The latest publications among the matches, for a feed; `before` is the place of the last one read."""
    subjects = find_subjects(query, now=now)
    matches, is_exact = _read(subjects, now)
    matches.sort(key=_place)
    rest = matches
    if before:
        moment, pk = before
        rest = [match for match in matches if _place(match) > (-moment.timestamp(), pk)]
    return _result(subjects, matches, is_exact, rest[:limit])


def expression_of(subjects: Subjects) -> Expression:
    """The question in tokens."""
    query = subjects.query
    keys = [context_key(context.pk) for context in subjects.contexts]
    keys += [publisher_key(publisher.pk) for publisher in subjects.publishers]
    keys += [category_key(query.category)] if query.category else []
    keys += [language_key(query.language)] if query.language else []
    return Expression(query.groups, query.excluded, tuple(keys), query.first, query.last)


def _read(subjects: Subjects, now: datetime) -> tuple[list[Match], bool]:
    """The matches of the latest days, and whether they are all."""
    if subjects.query.problems or subjects.query.is_empty:
        return [], True
    matches = backends.current().newest_matches(expression_of(subjects), now=now, limit=WINDOW + 1)
    return matches[:WINDOW], len(matches) <= WINDOW


def _result(subjects: Subjects, matches: list[Match], is_exact: bool, shown: list[Match]) -> SearchResult:
    return SearchResult(
        pks=tuple(match.event_id for match in shown),
        count=len(matches),
        is_count_exact=is_exact,
        terms=subjects.query.terms,
        matches=tuple(matches),
        subjects=subjects,
    )


def rank(match: Match, now: datetime) -> tuple[float, int, int]:
    """What matches are sorted by: the best first, among equally good ones the newer."""
    age = max((now.date() - match.date).days, 0)
    score = match.score * (1 + RECENCY * 0.5 ** (age / HALF_LIFE_DAYS))
    return -score, -match.date.toordinal(), match.event_id


def _place(match: Match) -> tuple[float, int]:
    return -match.visible_at.timestamp(), match.event_id
