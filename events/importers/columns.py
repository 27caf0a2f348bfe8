"""What the rows of a table can hold, whatever the database.

SQLite keeps texts of any length, and neither it nor PostgreSQL knows which words a column may have or which
addresses are safe to link.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from events.citations.urls import is_web_url

# Ids that were made elsewhere may have any length that fits, but are part of addresses.
_PUBLIC_ID = re.compile(r"[0-9a-z]*")


class Rule(NamedTuple):
    """What a column holds: at most so many characters, one of some words where there are any, an address."""

    name: str
    limit: int
    allowed: tuple[str, ...]
    is_address: bool


@cache
def rules_of(model: type[models.Model]) -> tuple[Rule, ...]:
    """The rules of the columns of a table that hold short texts."""
    return tuple(
        Rule(
            field.name,
            field.max_length,
            tuple(value for value, _label in field.flatchoices),
            isinstance(field, models.URLField),
        )
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField)
    )


def check_columns(record: Any, model: type[models.Model], *, without: tuple[str, ...] = ()) -> None:
    """Whether what a record or a row says fits the columns that are called the same; what is empty does.

    Raises ValidationError.
    """
    for name, limit, allowed, is_address in rules_of(model):
        value = getattr(record, name, None)
        if not value or name in without:
            continue
        if len(value) > limit:
            refuse_length(name, limit)
        if allowed and value not in allowed:
            words = {"field": name, "value": value[:40], "allowed": ", ".join(filter(None, allowed))}
            raise ValidationError(
                _("The field “%(field)s” is “%(value)s”; it must be one of: %(allowed)s.") % words
            )
        if is_address and not is_web_url(value):
            words = {"field": name, "value": value[:80]}
            raise ValidationError(_("The field “%(field)s” is “%(value)s”, which is no web address.") % words)


def check_lengths(name: str, values: Iterable[str], limit: int) -> None:
    """Raises ValidationError where one of the texts is longer."""
    if any(len(value) > limit for value in values):
        refuse_length(name, limit)


def refuse_length(name: str, limit: int) -> None:
    message = _("The field “%(field)s” is longer than %(limit)d characters.")
    raise ValidationError(message % {"field": name, "limit": limit})


def check_public_id(value: str) -> None:
    """Raises ValidationError where it could not stand in an address."""
    if not _PUBLIC_ID.fullmatch(value):
        message = _("The permanent id “%(id)s” has other characters than small letters and digits.")
        raise ValidationError(message % {"id": value[:40]})
