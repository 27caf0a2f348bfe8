"""Entries that may be about the same event as a text: near in time, and alike in what is rare.

Bounded at any size: of the text's rarest terms the postings of a few days are read, a short range of an index
each, and the best few are looked at closely. Entries that are not published have no postings; of those of the
same days the first ones are compared as they are.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from events.dates import days_around
from events.models import Event, Tagging
from events.related.counts import TermCounts
from events.related.features import cosine, weigh
from events.related.ranking import CONTEXTS, TEXT
from events.related.tables import ask, stored
from events.related.terms import CONTEXT, EVERY, SOURCE, WORD, field_of
from events.related.vectors import EPOCH, ContextNames, Vector, vector_of
from events.text.folding import index_text

# So many days before and after the text's own.
DAYS = 2
# Rarest terms asked, postings read of each, entries looked at closely, drafts compared.
MOST_TERMS, WINDOW, MOST_CLOSE, MOST_DRAFTS = 12, 100, 12, 60
# Of TEXT text + CONTEXTS contexts, less by `DAY_APART` for each day between the two. Among 11,361 entries of
# two years one in twelve has another that is so close, daily counts of a pandemic left out; most of those
# that were read were an event told twice, or its next turn.
LEAST, DAY_APART = 0.5, 0.15
# Words that both have; below it two short texts may be alike by a single name.
LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Text:
    """What an entry says, as far as it is compared. `event` is its own key where it is stored."""

    headline: str
    summary: str
    contexts: Sequence[str]
    day: date
    event: int | None = None

    def vector(self) -> Vector:
        return vector_of(
            self.event or 0,
            date=self.day,
            visible_at=EPOCH,
            category="",
            headline=index_text(self.headline),
            summary=index_text(self.summary),
            contexts=[ContextNames(name) for name in self.contexts],
            publishers=(),
        )


@dataclass(frozen=True, slots=True)
class Alike:
    """Another entry by its key: how alike from 0 to 1, and the terms of words and contexts that both have."""

    event: int
    likeness: float
    shared: frozenset[int]


def alike(text: Text, *, limit: int) -> list[Alike]:
    """At most `limit` entries of nearly the same day that share rare words and contexts, the closest first.

    Drafts too. In six queries at most; none for a text that says too little.
    """
    mine = text.vector()
    if sum(field_of(term) == WORD for term in mine.terms) < LEAST_WORDS:
        return []
    counts = TermCounts().need({*mine.terms, EVERY})
    near = near_by(mine, counts)
    others = [*(stored(near) if near else ()), *drafts_near(text)]
    counts = counts.need({term for vector in others for term in vector.terms})
    found = [compared(mine, other, counts.rarities) for other in others]
    close = [row for row in found if is_close(row)]
    return sorted(close, key=lambda row: (-row.likeness, row.event))[:limit]


def near_by(mine: Vector, counts: TermCounts) -> Collection[int]:
    """The published entries of these days that share the most of the text's rarest terms."""
    known = sorted(
        (counts.counts[term], term) for term in mine.terms if counts.counts[term] and field_of(term) != SOURCE
    )
    terms = [term for _count, term in known[:MOST_TERMS]]
    if not terms:
        return ()
    days = (mine.day - DAYS, mine.day + DAYS)
    part = (
        "SELECT term, event_id FROM (SELECT term, event_id FROM events_relatedposting"
        " WHERE term = %s AND day BETWEEN %s AND %s ORDER BY day, event_id LIMIT %s) AS p"
    )
    values = [value for term in terms for value in (term, *days, WINDOW)]
    scores: dict[int, float] = defaultdict(float)
    for term, event in ask(" UNION ALL ".join([part] * len(terms)), values):
        scores[event] += counts.rarities[term] ** 2
    scores.pop(mine.event_id, None)
    return sorted(scores, key=lambda event: (-scores[event], event))[:MOST_CLOSE]


def drafts_near(text: Text) -> list[Vector]:
    """The entries of these days that are not published yet, as vectors."""
    rows = Event.objects.filter(
        state__in=Event.UNPUBLISHED, merged_into=None, date__range=days_around(text.day, DAYS)
    ).exclude(pk=text.event)
    drafts = list(rows.order_by("-date", "pk").values_list("pk", "headline", "summary", "date")[:MOST_DRAFTS])
    if not drafts:
        return []
    names: dict[int, list[str]] = defaultdict(list)
    taggings = Tagging.objects.filter(content_object__in=[pk for pk, *_rest in drafts]).order_by()
    for pk, name in taggings.values_list("content_object_id", "tag__name"):
        names[pk].append(name)
    return [Text(headline, summary, names[pk], day, pk).vector() for pk, headline, summary, day in drafts]


def compared(mine: Vector, other: Vector, rarities: Mapping[int, float]) -> Alike:
    """How alike the two are by what is rare: words and contexts, weighed as for suggestions."""
    own = weigh(mine.terms, mine.weights, rarities)
    their = weigh(other.terms, other.weights, rarities)
    words, contexts = cosine(own[WORD], their[WORD]), cosine(own[CONTEXT], their[CONTEXT])
    # Where one of the two carries no context yet, words alone have to tell.
    likeness = TEXT * words + CONTEXTS * contexts if own[CONTEXT] and their[CONTEXT] else words
    likeness *= 1 - DAY_APART * abs(mine.day - other.day)
    shared = {term for term in set(mine.terms).intersection(other.terms) if field_of(term) != SOURCE}
    return Alike(other.event_id, likeness, frozenset(shared))


def is_close(row: Alike) -> bool:
    return row.likeness >= LEAST and sum(field_of(term) == WORD for term in row.shared) >= LEAST_WORDS
