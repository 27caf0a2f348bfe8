"""Scores suggestions against story lines: which events an editor put under one bullet.

Two events are taken as related when they share a title of their innermost story line. The story lines are
hidden from the ranker, and their titles with them, or they would give the answer away.
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean

DEPTH = 10
LEAST_RELEVANT = 3
COVERED = 5
# Half of a corpus of 2020 is about one subject, of which the lines are alike.
PANDEMIC = re.compile(r"covid|coronavirus|sars-cov|vaccin|variant of concern|\bVOC-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Truth:
    """For each query, by id, the ids of those related to it; which queries are about the pandemic."""

    ids: tuple[str, ...]
    related: Mapping[str, frozenset[str]]
    pandemic: Collection[str]


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the queries, each from 0 to 1; `coverage` is over all events.

    `ndcg` is the normalised discounted cumulative gain of the first ten with binary relevance (Järvelin and
    Kekäläinen 2002), `recall` the share of the related among them, `precision` that of the related among the
    first five, `mrr` the mean of 1 / place of the first related one, `coverage` the share of events with at
    least five suggestions.
    """

    queries: int
    ndcg: float
    recall: float
    precision: float
    mrr: float
    coverage: float


def read(corpus: Path) -> list[dict]:
    """The events of a corpus of JSON Lines, packed or not, by date."""
    opener: Callable = gzip.open if corpus.suffix == ".gz" else open
    with opener(corpus, "rt", encoding="utf-8") as file:
        events = [json.loads(line) for line in file if line.strip()]
    return sorted(events, key=lambda event: event["date"])


def innermost(event: Mapping) -> frozenset[str]:
    """The titles of an event's innermost story line; a bullet may name several."""
    topics = event.get("topics") or []
    levels = [topic.get("level", number) for number, topic in enumerate(topics)]
    return frozenset(
        topic["title"] for topic, level in zip(topics, levels, strict=True) if level == max(levels)
    )


def blind(event: Mapping) -> dict:
    """The event as a ranker may see it."""
    titles = {topic["title"] for topic in event.get("topics") or []}
    shown = {key: value for key, value in event.items() if key not in ("topics", "related")}
    return shown | {"contexts": [name for name in event["contexts"] if name not in titles]}


def truth_of(events: Sequence[Mapping]) -> Truth:
    """What is related to what; an event with fewer than three others is no query."""
    lines: dict[str, set[str]] = defaultdict(set)
    for event in events:
        for title in innermost(event):
            lines[title].add(event["id"])
    related = {}
    pandemic = set()
    for event in events:
        others = frozenset().union(*(lines[title] for title in innermost(event))) - {event["id"]}
        if len(others) >= LEAST_RELEVANT:
            related[event["id"]] = others
            if any(PANDEMIC.search(topic["title"]) for topic in event["topics"]):
                pandemic.add(event["id"])
    return Truth(tuple(event["id"] for event in events), related, frozenset(pandemic))


def quality(
    truth: Truth, lists: Mapping[str, Sequence[str]], queries: Iterable[str] | None = None
) -> Quality:
    """How good the lists are, of these queries or of all."""
    asked = list(truth.related if queries is None else queries)
    hits = {
        query: [other in truth.related[query] for other in lists.get(query, ())[:DEPTH]] for query in asked
    }
    return Quality(
        queries=len(asked),
        ndcg=mean(
            gain(hits[query]) / gain([True] * min(DEPTH, len(truth.related[query]))) for query in asked
        ),
        recall=mean(sum(hits[query]) / len(truth.related[query]) for query in asked),
        precision=mean(sum(hits[query][:COVERED]) / COVERED for query in asked),
        mrr=mean(1 / (1 + hits[query].index(True)) if True in hits[query] else 0 for query in asked),
        coverage=mean(len(lists.get(event, ())) >= COVERED for event in truth.ids),
    )


def gain(hits: Sequence[bool]) -> float:
    """Discounted cumulative gain of a list of hits and misses."""
    return sum(1 / log2(place + 2) for place, hit in enumerate(hits) if hit)


def mean(values: Iterable[float]) -> float:
    """The mean, 0 of nothing."""
    values = list(values)
    return fmean(values) if values else 0.0
