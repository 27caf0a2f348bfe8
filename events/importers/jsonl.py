"""JSON Lines: one JSON object a line.

A line with a `type` is one of our own: its text was cleaned when it first came in. A line without one
is an event of a corpus, whose text may still hold wiki mark-up. The fields are described in
docs/reference/import.md.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.citations.urls import host_of
from events.importers import jsonl_articles
from events.importers import jsonl_fields as fields
from events.importers.base import BROKEN
from events.importers.jsonl_fields import Clean, FieldError, Object
from events.importers.jsonl_parts import (
    DIRECTIONS,
    STATES,
    read_addresses,
    read_cover,
    read_note,
    read_reference,
    required,
)
from events.importers.records import (
    ChoiceRecord,
    CitationRecord,
    ContextRecord,
    EventRecord,
    InvalidRecord,
    LinkRecord,
    MentionRecord,
    PublisherRecord,
    Record,
    StoryRecord,
    TurningPointRecord,
)
from events.text.cleaning import clean_block, clean_line

name = "jsonl"
title = gettext_lazy("JSON Lines")
extensions = (".jsonl", ".jsonl.gz", ".ndjson")

MAX_LINE_BYTES = 1_000_000

PRECISIONS = ("day", "month", "year")
LINK_KINDS = ("", "update_of", "led_to", "part_of")
CONTEXT_KINDS = ("", "topic", "person", "place", "organisation", "story")

# The fields that a foreign corpus has; most records have no other ones and are read faster for it.
_CORPUS_FIELDS = frozenset(
    {"id", "date", "headline", "summary", "category", "topics", "contexts", "citations"}
    | {"cover_image", "related", "lang", "origin"}
)


def read(stream: BinaryIO, *, path: str = "") -> Iterator[Record]:
    """One record a line, in constant memory. A line that is wrong is reported and left out."""
    for number, line in _lines(stream):
        where = f"{path}:{number}"
        if isinstance(line, InvalidRecord):
            yield InvalidRecord(where, line.problem)
            continue
        try:
            record = _record(line)
        except FieldError as error:
            # The message may quote half of a surrogate pair, which no terminal can print.
            record = InvalidRecord(where, str(error).encode("utf-8", "replace").decode("utf-8"))
        if not isinstance(record, InvalidRecord):
            record.where = where
        yield record


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str | InvalidRecord]]:
    """Lines with their numbers from 1, without blank ones; what cannot be read as an `InvalidRecord`."""
    number = 0
    try:
        while raw := stream.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(raw) > MAX_LINE_BYTES:
                _skip_line(stream, raw)
                problem = _("The line is longer than %(limit)d bytes.") % {"limit": MAX_LINE_BYTES}
                yield number, InvalidRecord("", problem)
                continue
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError as error:
                problem = _("The line is not UTF-8 at byte %(position)d.") % {"position": error.start + 1}
                yield number, InvalidRecord("", problem)
                continue
            if number == 1:
                line = line.removeprefix("\ufeff")
            if not line.isspace():
                yield number, line
    except BROKEN as error:
        problem = _("The file is damaged from here on (%(error)s).") % {"error": error}
        yield number + 1, InvalidRecord("", problem)


def _skip_line(stream: BinaryIO, start: bytes) -> None:
    while start and not start.endswith(b"\n"):
        start = stream.readline(MAX_LINE_BYTES)


def _record(line: str) -> Record:
    try:
        data = json.loads(line)
    except RecursionError:
        raise FieldError(_("The line is nested too deeply.")) from None
    except ValueError as error:
        raise FieldError(_("The line is not JSON (%(error)s).") % {"error": error}) from None
    if type(data) is not dict:
        raise FieldError(_("The line is JSON, but not an object."))
    kind = data.get("type")
    if kind is None:
        return _event(
            data,
            clean=fields.wiki_name,
            clean_headline=fields.wiki,
            clean_text=fields.wiki_block,
            clean_label=fields.wiki_label,
        )
    if kind == "event":
        return _event(
            data,
            clean=clean_line,
            clean_headline=clean_line,
            clean_text=clean_block,
            clean_label=clean_line,
        )
    if kind == "context":
        return _context(data)
    if kind == "publisher":
        return _publisher(data)
    if kind == "story":
        return _story_line(data)
    if kind == "profile":
        return jsonl_articles.profile(data)
    if kind == "article":
        return jsonl_articles.article(data)
    raise FieldError(_("The field “type” is “%(type)s”, which nobody knows here.") % {"type": str(kind)[:40]})


def _event(
    data: Object, *, clean: Clean, clean_headline: Clean, clean_text: Clean, clean_label: Clean
) -> EventRecord:
    reference = read_reference(data, "id")
    language = fields.language(data, "lang")
    related = data.get("related")
    record = EventRecord(
        import_ref=reference,
        date=required(fields.day(data, "date"), "date"),
        headline=required(fields.text(data, "headline", clean_headline), "headline"),
        summary=fields.text(data, "summary", clean_text),
        category=fields.text(data, "category", clean),
        language=language,
        contexts=fields.texts(data, "contexts", clean),
        stories=_stories(data, clean) if data.get("topics") else [],
        citations=[
            each for item in fields.items(data, "citations", dict) if (each := _citation(item, clean_label))
        ],
        cover=read_cover(data) if data.get("cover_image") else None,
        related=[_mention(item, clean, language) for item in fields.items(data, "related", dict)]
        if related
        else [],
    )
    if data.get("origin") == "zh-context":
        # The reference of such an event is the path of its page on the older site.
        record.old_addresses = [f"/{reference}"]
    if not data.keys() <= _CORPUS_FIELDS:
        _add_own_fields(record, data)
    record.digest = _digest(data)
    return record


def _digest(data: Object) -> str:
    """128 bits over all that a line says of its event; mentions make entries of their own."""
    said = {key: value for key, value in data.items() if key != "related"} if "related" in data else data
    return hashlib.blake2b(repr(said).encode(), digest_size=16).hexdigest()


def _add_own_fields(record: EventRecord, data: Object) -> None:
    """The fields that only our own records have."""
    record.end_date = fields.day(data, "end_date")
    if record.end_date and record.end_date < record.date:
        raise FieldError(_("The field “end_date” is before the field “date”."))
    record.date_precision = fields.choice(data, "date_precision", PRECISIONS, "day")
    record.time = fields.time_of_day(data, "time")
    record.time_zone = fields.text(data, "time_zone")
    record.short_headline = fields.text(data, "short_headline")
    record.body = fields.text(data, "body", clean_block)
    record.label = fields.text(data, "label")
    record.label_until = fields.moment(data, "label_until")
    record.direction = fields.choice(data, "dir", DIRECTIONS)
    for field in ("public_id", "guid", "slug"):
        setattr(record, field, fields.text(data, field))
    record.state = fields.choice(data, "state", STATES, "published")
    for field in ("publish_at", "embargo_until", "updated_at", "edited_at", "retracted_at"):
        setattr(record, field, fields.moment(data, field))
    record.first_published_at = fields.moment(data, "first_published_at") or fields.moment(
        data, "published_at"
    )
    record.retraction_notice = fields.text(data, "retraction_notice", clean_block)
    record.is_incomplete = fields.flag(data, "is_incomplete")
    for field in ("pins", "hidden"):
        setattr(record, field, [_choice(item, field) for item in fields.items(data, field, dict)])
    record.links = [_link(item) for item in fields.items(data, "links", dict)]
    record.old_addresses += [each for each in read_addresses(data) if each not in record.old_addresses]


def _choice(item: Object, field: str) -> ChoiceRecord:
    """A pinned or hidden entry; only hiding has two sides."""
    both_sides = field == "hidden" and fields.flag(item, "both_sides")
    return ChoiceRecord(read_reference(item, "id"), both_sides, read_note(item))


def _link(item: Object) -> LinkRecord:
    kind = required(fields.choice(item, "kind", LINK_KINDS), "links.kind")
    return LinkRecord(read_reference(item, "id"), kind)


def _stories(data: Object, clean: Clean) -> list[list[str]]:
    """Story lines by level, outermost first; a topic without a level lies under the one before it."""
    levels: list[list[str]] = []
    last = None
    for item in fields.items(data, "topics", dict):
        level = item.get("level")
        if level is not None and type(level) is not int:
            raise fields.wrong_type("topics.level", _("a number"), level)
        story = fields.text(item, "title", clean)
        if not story:
            continue
        if not levels or level is None or level != last:
            levels.append([])
        if story not in levels[-1]:
            levels[-1].append(story)
        last = level
    return levels


def _citation(item: Object, clean: Clean) -> CitationRecord | None:
    """A citation, or None if there is nothing to show."""
    citation = CitationRecord(fields.text(item, "label", clean), fields.url(item, "url"))
    if not citation.label and not citation.url:
        return None
    if not citation.label and item.get("label"):
        # Cleaning left nothing of it, and a link needs words.
        citation.label = host_of(citation.url)
    if len(item) > 2 or not ("label" in item and "url" in item):
        citation.agency = fields.text(item, "agency")
        citation.carrier = fields.text(item, "carrier")
        citation.published_on = fields.day(item, "published_on")
        citation.accessed_on = fields.day(item, "accessed_on")
        citation.language = fields.language(item, "language")
        citation.is_paywalled = fields.flag(item, "is_paywalled")
        citation.quote = fields.text(item, "quote", clean_block)
    return citation


def _mention(item: Object, clean: Clean, language: str) -> MentionRecord:
    """An entry of a related list: by the address of its page on the older site, or by reference."""
    if "id" in item:
        reference, addresses = read_reference(item, "id"), read_addresses(item)
        language = fields.language(item, "lang")
    else:
        reference = read_reference(item, "url").removeprefix("/").removesuffix(".md")
        addresses = [f"/{reference}"]
    return MentionRecord(
        reference,
        required(fields.day(item, "date"), "related.date"),
        required(fields.text(item, "headline", clean), "related.headline"),
        fields.texts(item, "shared", clean),
        addresses,
        language,
    )


def _context(data: Object) -> ContextRecord:
    return ContextRecord(
        name=required(fields.text(data, "name"), "name"),
        slug=fields.text(data, "slug"),
        kind=fields.choice(data, "kind", CONTEXT_KINDS),
        description=fields.text(data, "description", clean_block),
        parents=fields.texts(data, "parents"),
        aliases=fields.texts(data, "aliases"),
        wikidata=fields.text(data, "wikidata"),
        media_topic=fields.text(data, "media_topic"),
        old_slugs=fields.texts(data, "old_slugs"),
        is_not_for_related=fields.flag(data, "is_not_for_related"),
    )


def _publisher(data: Object) -> PublisherRecord:
    return PublisherRecord(
        host=required(fields.text(data, "host"), "host"),
        name=required(fields.text(data, "name"), "name"),
        country=fields.text(data, "country"),
    )


def _story_line(data: Object) -> StoryRecord:
    return StoryRecord(
        context=fields.text(data, "context"),
        title=fields.text(data, "title"),
        slug=fields.text(data, "slug"),
        description=fields.text(data, "description", clean_block),
        contexts=fields.texts(data, "contexts"),
        first_day=fields.day(data, "first_day"),
        last_day=fields.day(data, "last_day"),
        turning_points=[
            TurningPointRecord(read_reference(item, "id"), read_note(item))
            for item in fields.items(data, "turning_points", dict)
        ],
        old_slugs=fields.texts(data, "old_slugs"),
    )
