"""Whose entries a report tells of: those of one editor, or all."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q

from events.models import Revision


def written_by(user: AbstractBaseUser | None, *, event: str = "pk") -> Q:
    """A condition on rows whose event is `event`: that this user has written at it; none without a user."""
    if user is None:
        return Q()
    return Q(Exists(Revision.objects.filter(event=OuterRef(event), made_by=user.pk)))
