"""Derived tables that make every list a range of one index. Written by `events.derived` alone.

It reads them off rows that have their foreign keys, in the same transaction: the database need not look up
each key once more, which took a sixth of its time in imports.

They hold published events only, those that still wait for their moment with it (`visible_at`), so that
time alone makes them appear; a reader's query passes over the few that wait.
"""

from django.db import models
from django.db.models import F

from events.querysets import ListingQuerySet


class ContextListing(models.Model):
    """That a published event carries a context, with what lists sort and filter by."""

    pk = models.CompositePrimaryKey("event_id", "context_id")
    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    context = models.ForeignKey(
        "events.Context",
        on_delete=models.CASCADE,
        related_name="listings",
        db_index=False,
        db_constraint=False,
    )
    date = models.DateField()
    visible_at = models.DateTimeField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("context", F("date").desc(), "event", "visible_at", name="context_listing_date"),
            models.Index("context", F("visible_at").desc(), "event", name="context_listing_visible"),
        ]

    def __str__(self) -> str:
        return f"{self.context_id} {self.date} {self.event_id}"


class PublisherListing(models.Model):
    """That a published event cites a publisher, with what lists sort and filter by."""

    pk = models.CompositePrimaryKey("event_id", "publisher_id")
    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    publisher = models.ForeignKey(
        "events.Publisher",
        on_delete=models.CASCADE,
        related_name="listings",
        db_index=False,
        db_constraint=False,
    )
    date = models.DateField()
    visible_at = models.DateTimeField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("publisher", F("date").desc(), "event", "visible_at", name="publisher_listing_date"),
            models.Index("publisher", F("visible_at").desc(), "event", name="publisher_listing_visible"),
        ]

    def __str__(self) -> str:
        return f"{self.publisher_id} {self.date} {self.event_id}"


class StoryListing(models.Model):
    """That a published event belongs to a story line of the editors'; contexts have their own listing."""

    pk = models.CompositePrimaryKey("event_id", "story_line_id")
    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    story_line = models.ForeignKey(
        "events.StoryLine",
        on_delete=models.CASCADE,
        related_name="listings",
        db_index=False,
        db_constraint=False,
    )
    date = models.DateField()
    visible_at = models.DateTimeField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("story_line", F("date").desc(), "event", "visible_at", name="story_listing_date"),
            models.Index("story_line", F("visible_at").desc(), "event", name="story_listing_visible"),
        ]

    def __str__(self) -> str:
        return f"{self.story_line_id} {self.date} {self.event_id}"


class ContextDay(models.Model):
    """How many listed events of a story's context fall on a day, those that wait for their moment with them.

    Only contexts of kind story have rows: their charts, gaps and counts are read from here.
    """

    pk = models.CompositePrimaryKey("context_id", "date")
    context = models.ForeignKey(
        "events.Context", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    date = models.DateField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.context_id} {self.date}: {self.count}"


class StoryDay(models.Model):
    """The same of a story line of the editors'."""

    pk = models.CompositePrimaryKey("story_line_id", "date")
    story_line = models.ForeignKey(
        "events.StoryLine", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    date = models.DateField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.story_line_id} {self.date}: {self.count}"


class SiteStamp(models.Model):
    """One row that every write moves: with it, a cached page or a reader's copy is known to be current."""

    serial = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.serial} {self.changed_at}"
