"""Lines that tell of an article or of somebody who writes."""

from typing import Any

from django.utils.translation import gettext as _

from events.importers import jsonl_fields as fields
from events.importers.jsonl_fields import Object
from events.importers.jsonl_parts import (
    DIRECTIONS,
    STATES,
    read_addresses,
    read_cover,
    read_picture,
    read_reference,
    required,
    storable,
)
from events.importers.records import ArticleRecord, BylineRecord, NoteRecord, ProfileRecord, SlotRecord
from events.text.cleaning import clean_block, clean_line

PROFILE_KINDS = ("person", "organisation")
ARTICLE_KINDS = ("opinion", "report", "explainer", "background")
NOTE_KINDS = ("correction", "update")


def profile(data: Object) -> ProfileRecord:
    return ProfileRecord(
        name=required(fields.text(data, "name"), "name"),
        slug=fields.text(data, "slug"),
        kind=fields.choice(data, "kind", PROFILE_KINDS, "person"),
        text=fields.text(data, "text", clean_block),
        url=fields.url(data, "url"),
        picture=read_cover(data, "picture") if data.get("picture") else None,
        old_slugs=fields.texts(data, "old_slugs"),
    )


def article(data: Object) -> ArticleRecord:
    return ArticleRecord(
        import_ref=read_reference(data, "id"),
        date=required(fields.day(data, "date"), "date"),
        headline=required(fields.text(data, "headline", clean_line), "headline"),
        deck=fields.text(data, "deck", clean_block),
        body=fields.text(data, "body", clean_block),
        kind=fields.choice(data, "kind", ARTICLE_KINDS, "opinion"),
        section=fields.text(data, "section"),
        label=fields.text(data, "label"),
        label_until=fields.moment(data, "label_until"),
        agencies=fields.texts(data, "agencies"),
        language=fields.language(data, "lang"),
        direction=fields.choice(data, "dir", DIRECTIONS),
        bylines=[_byline(item) for item in fields.items(data, "bylines", dict)],
        events=fields.texts(data, "events", storable),
        contexts=fields.texts(data, "contexts"),
        cover=read_cover(data) if data.get("cover_image") else None,
        pictures=[read_picture(item, "pictures") for item in fields.items(data, "pictures", dict)],
        notes=[_note(item) for item in fields.items(data, "notes", dict)],
        front=_slot(data["front"]) if data.get("front") else None,
        public_id=fields.text(data, "public_id"),
        guid=fields.text(data, "guid"),
        slug=fields.text(data, "slug"),
        state=fields.choice(data, "state", STATES, "published"),
        publish_at=fields.moment(data, "publish_at"),
        embargo_until=fields.moment(data, "embargo_until"),
        first_published_at=fields.moment(data, "first_published_at"),
        updated_at=fields.moment(data, "updated_at"),
        edited_at=fields.moment(data, "edited_at"),
        retracted_at=fields.moment(data, "retracted_at"),
        retraction_notice=fields.text(data, "retraction_notice", clean_block),
        old_addresses=read_addresses(data),
    )


def _byline(item: Object) -> BylineRecord:
    return BylineRecord(
        name=required(fields.text(item, "name"), "bylines.name"),
        slug=fields.text(item, "slug"),
        kind=fields.choice(item, "kind", PROFILE_KINDS, "person"),
        role=fields.text(item, "role"),
    )


def _note(item: Object) -> NoteRecord:
    return NoteRecord(
        kind=fields.choice(item, "kind", NOTE_KINDS, "correction"),
        text=required(fields.text(item, "text", clean_block), "notes.text"),
        noted_at=required(fields.moment(item, "noted_at"), "notes.noted_at"),
    )


def _slot(item: Any) -> SlotRecord:
    if type(item) is not dict:
        raise fields.wrong_type("front", _("an object"), item)
    position = item.get("position", 1)
    if type(position) is not int or not 0 < position < 100:
        raise fields.wrong_type("front.position", _("a number"), position)
    return SlotRecord(position, fields.moment(item, "until"))
