"""Suggestions for an event: which other events share its contexts, and which ones editors chose."""

from events.related.candidates import Suggestion, related_to, related_to_many
from events.related.carried import Carried, carried_by
from events.related.steering import UNSTEERED, Steering, steering_of

__all__ = [
    "UNSTEERED",
    "Carried",
    "Steering",
    "Suggestion",
    "carried_by",
    "related_to",
    "related_to_many",
    "steering_of",
]
