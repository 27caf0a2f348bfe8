"""Related stories: which other events belong to an event, why, and which ones editors chose."""

from events.related.carried import Carried, carried_by
from events.related.reasons import names_in
from events.related.steering import UNSTEERED, Steering, steering_of
from events.related.suggestion import Suggestion
from events.related.suggestions import RANKERS, related_and_steering, related_to, related_to_many

__all__ = [
    "RANKERS",
    "UNSTEERED",
    "Carried",
    "Steering",
    "Suggestion",
    "carried_by",
    "names_in",
    "related_and_steering",
    "related_to",
    "related_to_many",
    "steering_of",
]
