"""Suggestions for an event: which other events share its contexts."""

from events.related.candidates import Suggestion, related_to, related_to_many
from events.related.carried import Carried, carried_by

__all__ = ["Carried", "Suggestion", "carried_by", "related_to", "related_to_many"]
