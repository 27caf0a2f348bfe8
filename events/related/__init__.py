"""Suggestions for an event: which other events share its contexts."""

from events.related.candidates import Suggestion, related_to, related_to_many

__all__ = ["Suggestion", "related_to", "related_to_many"]
