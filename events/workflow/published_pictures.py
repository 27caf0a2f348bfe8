"""Pictures that readers see, at once or at a set moment: to change one is to change what is published.

Its words and its file belong to the picture, so whoever changes them changes every page that shows it.
"""

from django.db.models import QuerySet

from events.documents.article_blocks import KEY_DIGITS
from events.models import Article, Entry, Event, Image, Profile


def is_published(image: Image, *, besides: Entry | None = None) -> bool:
    """Whether a published entry other than `besides` shows the picture, or a profile.

    Of articles the text counts too; it is looked through only where nothing shows the picture by its key.
    """
    if image.pk is None:
        return False
    if Profile.objects.filter(picture=image.pk).exists():
        return True
    if any(published(model, besides).filter(cover=image.pk).exists() for model in (Event, Article)):
        return True
    named = image.digest[:KEY_DIGITS]
    return bool(named) and published(Article, besides).filter(body__contains=named).exists()


def published(model: type[Entry], besides: Entry | None) -> QuerySet:
    """The published entries of a kind, also those that wait for their moment."""
    rows = model.objects.filter(state=Entry.State.PUBLISHED)
    return rows.exclude(pk=besides.pk) if type(besides) is model else rows


def emptied(before: Image, after: Image) -> list[str]:
    """The fields that a shown picture needs, that it had and that a change leaves empty."""
    return [name for name in after.missing() if name not in before.missing()] if after.file else []
