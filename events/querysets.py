"""THE one definition of "public", and the other questions that lists ask of events."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from events.text.blocks import KEY_DIGITS

PUBLISHED = "published"

# What pages, feeds and formats never tell of an entry and its cover.
UNTOLD = (
    "publish_at",
    "embargo_until",
    "created_at",
    "version",
    "import_digest",
    "imported_version",
    "cover__created_at",
    "cover__crops",
    "cover__likeness",
    "cover__proposals",
)


class OrderedQuerySet(models.QuerySet):
    """Rows in an order that was found elsewhere."""

    def in_order_of(self, pks: Sequence[int]) -> list:
        """These rows as a list in the order of `pks`; those that are gone are left out."""
        found = self.in_bulk(pks)
        return [found[pk] for pk in pks if pk in found]


class EntryQuerySet(OrderedQuerySet):
    """Chainable names for the entries that a page, feed, format, search or related list may show."""

    def public(self, *, now: datetime | None = None) -> Self:
        """The entries that anybody may read at the moment `now` (default: this moment).

        Published, and past both `publish_at` and the embargo (`visible_at` is the later of the two):
        time alone decides, no job is needed for an entry to go live.
        """
        return self.filter(state=PUBLISHED, visible_at__lte=now or timezone.now())

    def pending(self, *, now: datetime | None = None) -> Self:
        """Published entries that wait for their moment."""
        return self.filter(state=PUBLISHED, visible_at__gt=now or timezone.now())

    def on(self, day: date) -> Self:
        return self.filter(date=day)

    def between(self, first: date, last: date) -> Self:
        """Entries of the days from `first` to `last`, both included."""
        return self.filter(date__range=(first, last))

    def newest_first(self) -> Self:
        """Latest day first; within a day in the order of entry, as on the day's page."""
        return self.order_by("-date", "pk")

    def oldest_first(self) -> Self:
        """The exact reverse of `newest_first`, for paging backwards."""
        return self.order_by("date", "-pk")

    def older_than(self, day: date, pk: int) -> Self:
        """What follows the entry (day, pk) in the order of `newest_first`, by an index range."""
        return self.filter(Q(date__lt=day) | Q(date=day, pk__gt=pk), date__lte=day)

    def newer_than(self, day: date, pk: int) -> Self:
        """What precedes the entry (day, pk) in the order of `newest_first`."""
        return self.filter(Q(date__gt=day) | Q(date=day, pk__lt=pk), date__gte=day)

    def for_page(self) -> Self:
        """With the cover; what else belongs to an entry, `events.documents` reads for many at once."""
        return self.select_related("cover").defer(*UNTOLD)


class EventQuerySet(EntryQuerySet):
    """What lists ask of events besides."""

    def with_context(self, *slugs: str) -> Self:
        """Events that carry every one of these contexts."""
        found = self
        for slug in slugs:
            found = found.filter(
                Exists(
                    self.model.taggings.rel.related_model.objects.filter(
                        content_object=OuterRef("pk"), tag__slug=slug
                    )
                )
            )
        return found

    def citing(self, host: str) -> Self:
        """Events with a citation of the publisher at this host."""
        return self.filter(
            Exists(
                self.model.citations.rel.related_model.objects.filter(
                    event=OuterRef("pk"), publisher__host=host
                )
            )
        )

    def for_list(self) -> Self:
        """As `for_page`, without the texts that lists never show."""
        return self.for_page().defer("body", "retraction_notice")

    def whole(self) -> Self:
        """With all rows that belong to an event, for those who need its models: three queries."""
        citations = self.model._meta.get_field("citations").related_model
        taggings = self.model._meta.get_field("taggings").related_model
        return self.select_related("cover").prefetch_related(
            Prefetch("citations", citations.objects.select_related("publisher")),
            Prefetch("taggings", taggings.objects.select_related("tag").defer("tag__description")),
        )


class ArticleQuerySet(EntryQuerySet):
    """Articles, which lists show without their bodies."""

    def for_list(self) -> Self:
        return self.for_page().defer("body", "retraction_notice")

    def naming(self, digest: str) -> Self:
        """Those whose text shows the picture of this file, by its hash; every text is looked through."""
        return self.filter(body__contains=digest[:KEY_DIGITS]) if digest else self.none()


class ListingQuerySet(models.QuerySet):
    """Lean rows (subject, date, event, visible_at): ranges of an index, never a sort of all."""

    def public(self, *, now: datetime | None = None) -> Self:
        return self.filter(visible_at__lte=now or timezone.now())

    def newest_first(self) -> Self:
        return self.order_by("-date", "event_id")

    def oldest_first(self) -> Self:
        return self.order_by("date", "-event_id")

    def older_than(self, day: date, pk: int) -> Self:
        return self.filter(Q(date__lt=day) | Q(date=day, event_id__gt=pk), date__lte=day)

    def newer_than(self, day: date, pk: int) -> Self:
        return self.filter(Q(date__gt=day) | Q(date=day, event_id__lt=pk), date__gte=day)

    def as_told(self) -> Self:
        """In the order of a story line: oldest day first; within a day in the order of entry."""
        return self.order_by("date", "event_id")

    def told_backwards(self) -> Self:
        return self.order_by("-date", "-event_id")

    def told_after(self, day: date, pk: int) -> Self:
        """What follows the event (day, pk) in the order of `as_told`."""
        return self.filter(Q(date__gt=day) | Q(date=day, event_id__gt=pk), date__gte=day)

    def told_before(self, day: date, pk: int) -> Self:
        return self.filter(Q(date__lt=day) | Q(date=day, event_id__lt=pk), date__lte=day)


class ContextQuerySet(OrderedQuerySet):
    """Contexts as the public may know them: through the public events that carry them."""

    def public(self, *, now: datetime | None = None) -> Self:
        """Contexts with a public event of their own or under a child."""
        return self.filter(
            self._is_listed("pk", now)
            | Exists(
                self.model.children.through.objects.filter(
                    self._is_listed("from_context", now), to_context=OuterRef("pk")
                )
            )
        )

    def _is_listed(self, field: str, now: datetime | None) -> Exists:
        listings = self.model.listings.rel.related_model.objects
        return Exists(listings.public(now=now).filter(context=OuterRef(field)))


class PublisherQuerySet(models.QuerySet):
    def public(self, *, now: datetime | None = None) -> Self:
        """Publishers that a public event cites."""
        listings = self.model.listings.rel.related_model.objects
        return self.filter(Exists(listings.public(now=now).filter(publisher=OuterRef("pk"))))


class StoryLineQuerySet(models.QuerySet):
    def public(self, *, now: datetime | None = None) -> Self:
        """Story lines of the editors' that have a public event."""
        listings = self.model.listings.rel.related_model.objects
        return self.filter(Exists(listings.public(now=now).filter(story_line=OuterRef("pk"))))


class ProfileQuerySet(models.QuerySet):
    def public(self, *, now: datetime | None = None) -> Self:
        """People and organisations that a public article is by."""
        bylines = self.model.bylines.rel.related_model.objects
        articles = self.model.articles.rel.related_model
        public = articles.objects.public(now=now)
        return self.filter(Exists(bylines.filter(profile=OuterRef("pk"), article__in=public)))
