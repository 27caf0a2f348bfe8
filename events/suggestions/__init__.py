"""Contexts to suggest for a text: those that it names, and those usually used together with them."""

from events.suggestions.categories import Filed
from events.suggestions.names import Mention, mentions_in
from events.suggestions.offers import Named, Offers, offers_for
from events.suggestions.sections import Sections, category_by_sections
from events.suggestions.together import Companion

__all__ = [
    "Companion",
    "Filed",
    "Mention",
    "Named",
    "Offers",
    "Sections",
    "category_by_sections",
    "mentions_in",
    "offers_for",
]
