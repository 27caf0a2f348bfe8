"""JSON: the facts as they are. Described by `events/schemas/event.schema.json` and `list.schema.json`."""

import json

from events.documents.article_types import ArticlePage
from events.documents.types import EventPage, ListPage, absolute
from events.formats.article_facts import article_page_facts
from events.formats.base import Format
from events.formats.facts import event_page_facts, list_page_facts
from events.formats.shared_facts import Facts


class JSONFormat(Format):
    """RFC 8259, two spaces of indentation, keys in the order of the facts, readable in every script."""

    extension = "json"
    media_type = "application/json"
    title = "JSON"

    def render_event(self, document: EventPage) -> str:
        return _dump("event.schema.json", event_page_facts(document, extension=self.extension))

    def render_article(self, document: ArticlePage) -> str:
        return _dump("article.schema.json", article_page_facts(document, extension=self.extension))

    def render_list(self, document: ListPage) -> str:
        return _dump("list.schema.json", list_page_facts(document, extension=self.extension))


def _dump(schema: str, facts: Facts) -> str:
    described = {"$schema": absolute(f"/schemas/{schema}")} | facts
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"
