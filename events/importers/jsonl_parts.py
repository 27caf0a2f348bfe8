"""Fields that records of several kinds have, read from an object of JSON."""

import re
from typing import Any

from django.utils.translation import gettext as _

from events.images.crops import RATIOS
from events.importers import jsonl_fields as fields
from events.importers.jsonl_fields import FieldError, Object
from events.importers.records import CoverRecord, CropRecord
from events.text.cleaning import clean_block

MAX_REFERENCE_LENGTH = 700
MAX_NOTE_LENGTH = 255
STATES = ("published", "draft", "in_review", "approved", "retracted")
DIRECTIONS = ("", "ltr", "rtl")
# Control characters and halves of surrogate pairs, which neither database stores.
_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def required(value: Any, field: str) -> Any:
    if not value:
        raise FieldError(_("The field “%(field)s” is missing or empty.") % {"field": field})
    return value


def read_reference(data: Object, field: str) -> str:
    """An import reference: a text kept to the letter, or the number of a generated event."""
    value = data.get(field)
    if type(value) is int:
        value = str(value)
    if value is not None and type(value) is not str:
        raise fields.wrong_type(field, _("text or a number"), value)
    value = required((value or "").strip(), field)
    if len(value) > MAX_REFERENCE_LENGTH or (not value.isprintable() and _UNSTORABLE.search(value)):
        message = _("The field “%(field)s” is longer than %(limit)d characters or holds control characters.")
        raise FieldError(message % {"field": field, "limit": MAX_REFERENCE_LENGTH})
    return value


def read_note(data: Object) -> str:
    """Why an editor decided something, in a sentence."""
    note = fields.text(data, "note")
    if len(note) > MAX_NOTE_LENGTH:
        message = _("The field “%(field)s” is longer than %(limit)d characters.")
        raise FieldError(message % {"field": "note", "limit": MAX_NOTE_LENGTH})
    return note


def read_addresses(data: Object) -> list[str]:
    """Site-relative addresses, each with the slash that it begins with."""
    return [f"/{address.lstrip('/')}" for address in fields.texts(data, "old_addresses", storable)]


def storable(value: str) -> str:
    return _UNSTORABLE.sub("", value).strip()


def read_cover(data: Object, field: str = "cover_image") -> CoverRecord:
    """A cover by its address alone, or an object with what is known of it."""
    item = data[field]
    if type(item) is not dict:
        return CoverRecord(source_url=fields.url(data, field))
    return read_picture(item, field)


def read_picture(item: Object, field: str) -> CoverRecord:
    cover = CoverRecord(
        source_url=fields.url(item, "source_url"),
        file=fields.text(item, "file", storable),
        alt=fields.text(item, "alt"),
        is_decorative=fields.flag(item, "is_decorative"),
        caption=fields.text(item, "caption", clean_block),
        credit=fields.text(item, "credit"),
        licence=fields.text(item, "licence"),
        place=fields.text(item, "place"),
        taken_on=fields.day(item, "taken_on"),
        people=fields.text(item, "people", clean_block),
        focal_x=fields.share(item, "focal_x", 0.5),
        focal_y=fields.share(item, "focal_y", 0.5),
        crops=[read_crop(crop) for crop in fields.items(item, "crops", dict)],
    )
    if not cover.source_url and not cover.file:
        told = _("The field “%(field)s” has neither “source_url” nor “file”.")
        raise FieldError(told % {"field": field})
    return cover


def read_crop(item: Object) -> CropRecord:
    ratio = fields.choice(item, "ratio", tuple(RATIOS))
    left, top = fields.share(item, "left", 0), fields.share(item, "top", 0)
    return CropRecord(required(ratio, "crops.ratio"), left, top, fields.share(item, "width", 1))
