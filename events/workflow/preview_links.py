"""Secret preview links: made, found by their secret, revoked."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Entry, PreviewLink

# How long a link may live, in days; the first is offered.
DAYS = (7, 1, 30)
SECRET_BYTES = 32


def make_link(
    entry: Entry,
    *,
    by: AbstractBaseUser | None,
    days: int = DAYS[0],
    note: str = "",
    now: datetime | None = None,
) -> str:
    """The secret of a new link, of 256 random bits as text. It is told this once and kept nowhere."""
    if days not in DAYS:
        raise ValidationError(_("A preview link lives 1, 7 or 30 days."))
    now = now or timezone.now()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    PreviewLink.objects.create(
        **{entry.OWNER: entry},
        digest=digest_of(secret),
        note=" ".join(note.split())[:100],
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=days),
    )
    return secret


def entry_of(secret: str, *, now: datetime) -> Entry | None:
    """The entry that this secret opens at this moment; None for one that is unknown, expired or revoked."""
    links = PreviewLink.objects.select_related("event__cover", "article__cover")
    link = links.filter(digest=digest_of(secret)).first()
    return link.entry if link and link.opens(now=now) else None


def revoke(link: PreviewLink, *, now: datetime | None = None) -> None:
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now or timezone.now())


def digest_of(secret: str) -> str:
    """The SHA-256 of a secret, which has so many random bits that no slow hash is needed against guessing."""
    return sha256(secret.encode()).hexdigest()
