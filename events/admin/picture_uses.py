"""Where a picture is shown: as a cover, in the text of an article, beside a profile."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Article, Event, Image, Profile

MOST_USES = 50
# What shows a picture by a key of its own, in an index.
SHOWING: tuple[tuple[type[models.Model], str], ...] = (
    (Event, "cover"),
    (Article, "cover"),
    (Profile, "picture"),
)
FIELDS = {
    Event: ("pk", "headline", "short_headline", "date", "state"),
    Article: ("pk", "headline", "date", "state"),
}


class Use(NamedTuple):
    """One place: the page of the desk where it can be changed, its name, what it is."""

    address: str
    name: str
    told: str


def with_uses(images: QuerySet) -> QuerySet:
    """With the number of covers and profiles as `uses`, counted for the rows of one page alone."""
    counts = [
        Coalesce(
            Subquery(
                model.objects.filter(**{field: OuterRef("pk")})
                .order_by()
                .values(field)
                .annotate(count=Count("pk"))
                .values("count")
            ),
            0,
        )
        for model, field in SHOWING
    ]
    names = [f"uses_{place}" for place in range(len(counts))]
    total = sum((F(name) for name in names[1:]), F(names[0]))
    return images.annotate(**dict(zip(names, counts, strict=True))).annotate(uses=total)


def is_shown() -> Q:
    """That anything shows the picture as its own."""
    shown = Q()
    for model, field in SHOWING:
        shown |= Exists(model.objects.filter(**{field: OuterRef("pk")}))
    return shown


def uses_of(image: Image) -> Iterator[Use]:
    """At most `MOST_USES` of each kind. Of texts every article is looked through, on this one page."""
    for model, field in SHOWING:
        rows = model.objects.filter(**{field: image.pk})
        if model is Profile:
            yield from (use_of(row, str(row.get_kind_display())) for row in rows.defer("text")[:MOST_USES])
            continue
        rows = rows.order_by("-date", "pk").only(*FIELDS[model])[:MOST_USES]
        yield from (use_of(row, dated(row)) for row in rows)
    rows = Article.objects.naming(image.digest).order_by("-date", "pk").only(*FIELDS[Article])
    for row in rows[:MOST_USES]:
        yield use_of(row, _("in the text, %(when)s") % {"when": dated(row)})


def use_of(row: models.Model, told: str) -> Use:
    return Use(reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk]), str(row), told)


def dated(entry: Event | Article) -> str:
    return f"{entry.date.isoformat()}, {entry.get_state_display()}"
