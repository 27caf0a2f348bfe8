"""Pictures that readers see, at once or at a set moment: to change one is to change what is published.

Its words and its file belong to the picture, so whoever changes them changes every page that shows it.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from events.models import Article, Entry, Event, Image, Profile


def is_published(image: Image) -> bool:
    """Whether a published entry shows the picture, or a profile."""
    if image.pk is None:
        return False
    covered = (rows.filter(state=Entry.State.PUBLISHED) for rows in covered_by(image))
    return any(rows.exists() for rows in covered) or is_published_otherwise(image)


def is_shown_elsewhere(image: Image, *, besides: Entry) -> bool:
    """Whether another entry has the picture as its cover, published or not, or readers see it elsewhere."""
    covered = covered_by(image, besides=besides)
    return any(rows.exists() for rows in covered) or is_published_otherwise(image, besides=besides)


def covered_by(image: Image, *, besides: Entry | None = None) -> Iterator[QuerySet]:
    """The entries of each kind whose cover it is."""
    return (others(model, besides).filter(cover=image.pk) for model in (Event, Article))


def is_published_otherwise(image: Image, *, besides: Entry | None = None) -> bool:
    """Whether a profile shows it, or the text of a published article, which is looked through last."""
    if Profile.objects.filter(picture=image.pk).exists():
        return True
    return others(Article, besides).filter(state=Entry.State.PUBLISHED).naming(image.digest).exists()


def others(model: type[Entry], besides: Entry | None) -> QuerySet:
    return model.objects.exclude(pk=besides.pk) if type(besides) is model else model.objects.all()


def emptied(before: Image, after: Image) -> list[str]:
    """The fields that a shown picture needs, that it had and that a change leaves empty."""
    return [name for name in after.missing() if name not in before.missing()] if after.file else []
