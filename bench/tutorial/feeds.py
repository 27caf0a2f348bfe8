"""Django's syndication framework, with an item's tags as its categories."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet

from bench.tutorial.models import Event


class News(Feed):
    title = "The tutorial's news"
    link = "/"
    description = "The newest events"
    description_template = "tutorial/feed_item.html"

    def items(self) -> QuerySet[Event]:
        return Event.objects.all()[: settings.FEED_SIZE]

    def item_title(self, item: Event) -> str:
        return item.headline

    def item_pubdate(self, item: Event) -> datetime:
        return datetime.combine(item.date, time(), UTC)

    def item_categories(self, item: Event) -> list[str]:
        return [tag.name for tag in item.tags.all()]
