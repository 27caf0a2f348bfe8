"""What every kind of feed can do."""

from abc import ABC, abstractmethod

from events.documents.types import FeedDocument, absolute


class Feed(ABC):
    """Turns one page of a feed into text. Writers are stateless; one instance serves everybody."""

    extension: str
    media_type: str
    title: str

    @abstractmethod
    def render(self, document: FeedDocument) -> str:
        """The feed's page, complete, to be sent as UTF-8."""

    def links(self, document: FeedDocument) -> list[tuple[str, str]]:
        """Relation and address of this page, of the first and of the next older one (RFC 5005, section 3)."""
        links = [
            ("self", document.feed_path(self.extension, document.cursor)),
            ("first", document.feed_path(self.extension)),
        ]
        if document.older:
            links.append(("next", document.feed_path(self.extension, document.older)))
        return [(relation, absolute(path)) for relation, path in links]
