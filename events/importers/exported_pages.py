"""Markdown pages that `events.formats.markdown` wrote, or that an editor wrote after their model.

Related entries are not read: the list is worked out from the contexts, and each of its entries has a
page of its own. Lists are not read either, but for what the pages of contexts and story lines tell of these.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import yaml
from django.utils.translation import gettext as _

from events.images.crops import RATIOS
from events.importers.front_matter import (
    Facts,
    PageError,
    choice,
    day,
    language,
    moment,
    rows,
    share,
    split,
    text,
    texts,
    time_of_day,
    url,
)
from events.importers.jsonl import CONTEXT_KINDS, PRECISIONS
from events.importers.jsonl_articles import ARTICLE_KINDS, NOTE_KINDS, PROFILE_KINDS
from events.importers.jsonl_parts import DIRECTIONS, read_note, required
from events.importers.page_text import is_cover, read_head, read_items, read_sections
from events.importers.records import (
    ArticleRecord,
    BylineRecord,
    ChoiceRecord,
    CitationRecord,
    ContextRecord,
    CoverRecord,
    CropRecord,
    EventRecord,
    InvalidRecord,
    LinkRecord,
    NoteRecord,
    ProfileRecord,
    PublisherRecord,
    Record,
    StoryRecord,
    TurningPointRecord,
)
from events.text.cleaning import clean_line
from events.text.languages import direction_of
from events.text.page_markup import release_sections
from events.text.slugs import slugify_headline

LINK_KINDS = ("update_of", "led_to", "part_of")

_ORIGIN = re.compile(r"^[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)


def read_page(content: str, *, path: str = "") -> Iterator[Record]:
    """The records of one page: its contexts and publishers as far as it names them, then its event."""
    where = f"{path}:1"
    try:
        facts, page = split(content)
        if facts.get("kind", "event") == "event":
            yield from _event_records(facts, page, path)
        elif facts.get("context"):
            yield _context_record(facts["context"], where)
        elif facts.get("kind") == "story":
            yield _story_record(facts["story"], where)
        elif facts.get("kind") == "profile":
            yield _profile_record(facts["profile"], where)
        elif facts.get("kind") == "article":
            yield from _contexts(facts, where)
            yield _article(facts, page, path)
    except (yaml.YAMLError, ValueError) as error:
        yield InvalidRecord(where=where, problem=" ".join(str(error).split()))
    except (TypeError, AttributeError, KeyError) as error:
        # Front matter is free text: any value may be of another type than ours.
        problem = _("The front matter has a value of the wrong kind or lacks one: %(error)s.")
        yield InvalidRecord(where=where, problem=problem % {"error": error})


def _event_records(facts: Facts, page: str, path: str) -> Iterator[Record]:
    where = f"{path}:1"
    event = _event(facts, page, where)
    # An entry that never was imported is known by its permanent id, one written by hand by its file.
    event.import_ref = event.import_ref or event.public_id or _file_reference(path, event)
    yield from _contexts(facts, where)
    yield from _publishers(facts, where)
    yield event


def _file_reference(path: str, event: EventRecord) -> str:
    stem = path.replace("__", "/").strip("/").removesuffix(".md")
    return stem or f"{event.date.isoformat()}/{slugify_headline(event.headline)}"


def _contexts(facts: Facts, where: str) -> Iterator[ContextRecord]:
    for context in rows(facts, "contexts"):
        if isinstance(context, dict):
            yield _context_record(context, where)


def _context_record(context: Facts, where: str) -> ContextRecord:
    return ContextRecord(
        name=_name(context),
        slug=text(context, "slug"),
        kind=choice(context, "kind", CONTEXT_KINDS),
        description=text(context, "description"),
        parents=[_name(parent) for parent in rows(context, "parents")],
        aliases=texts(context, "aliases"),
        wikidata=text(context, "wikidata"),
        media_topic=text(context, "media_topic"),
        old_slugs=texts(context, "old_slugs"),
        is_not_for_related=bool(context.get("is_not_for_related", False)),
        where=where,
    )


def _story_record(story: Facts, where: str) -> StoryRecord:
    contexts = [_name(context) for context in rows(story, "contexts")]
    points = [TurningPointRecord(text(point, "id"), _note(point)) for point in rows(story, "turning_points")]
    if story.get("is_of_context"):
        own = required(contexts, "contexts")[0]
        return StoryRecord(context=own, turning_points=points, where=where)
    return StoryRecord(
        title=text(story, "title"),
        slug=text(story, "slug"),
        description=text(story, "description"),
        contexts=contexts,
        first_day=day(story, "first_day"),
        last_day=day(story, "last_day"),
        turning_points=points,
        where=where,
    )


def _profile_record(profile: Facts, where: str) -> ProfileRecord:
    return ProfileRecord(
        name=_name(profile),
        slug=text(profile, "slug"),
        kind=choice(profile, "kind", PROFILE_KINDS, "person"),
        text=text(profile, "text"),
        url=url(profile, "url"),
        picture=_cover(profile.get("picture"), None),
        old_slugs=texts(profile, "old_slugs"),
        where=where,
    )


def _article(facts: Facts, page: str, path: str) -> ArticleRecord:
    head, sections = read_sections(page)
    printed_day, headline, _first_context, deck = read_head(head)
    own_day = day(facts, "date") or printed_day
    if own_day is None:
        raise PageError(_("The page has no day: “date” is missing in the front matter."))
    stem = path.replace("__", "/").strip("/").removesuffix(".md")
    reference = text(facts, "import_reference") or text(facts, "id") or stem
    return ArticleRecord(
        import_ref=reference or f"{own_day.isoformat()}/{slugify_headline(headline)}",
        date=own_day,
        headline=headline,
        deck=deck,
        body=release_sections(sections.get("text", "")),
        kind=choice(facts, "article_kind", ARTICLE_KINDS, "opinion"),
        section=text(facts, "section"),
        label=text(facts, "label"),
        label_until=moment(facts, "label_until"),
        agencies=texts(facts, "agencies"),
        language=language(facts, "language"),
        direction=_direction(facts),
        bylines=[_byline(row) for row in rows(facts, "bylines")],
        events=[text(row, "id") for row in rows(facts, "events")],
        contexts=[_name(context) for context in rows(facts, "contexts")],
        cover=_cover(facts.get("cover"), None),
        pictures=[picture for row in rows(facts, "pictures") if (picture := _cover(row, None))],
        notes=[_note_to_readers(row) for row in rows(facts, "notes")],
        public_id=text(facts, "id"),
        guid=text(facts, "guid"),
        slug=_slug(text(facts, "address")),
        first_published_at=moment(facts, "first_published"),
        updated_at=moment(facts, "updated"),
        edited_at=moment(facts, "edited"),
        old_addresses=[_path(address) for address in texts(facts, "old_addresses")],
        where=f"{path}:1",
    )


def _byline(facts: Facts) -> BylineRecord:
    return BylineRecord(
        name=_name(facts),
        slug=text(facts, "slug"),
        kind=choice(facts, "kind", PROFILE_KINDS, "person"),
        role=text(facts, "role"),
    )


def _note_to_readers(facts: Facts) -> NoteRecord:
    return NoteRecord(
        kind=choice(facts, "kind", NOTE_KINDS, "correction"),
        text=required(text(facts, "text"), "notes.text"),
        noted_at=required(moment(facts, "noted"), "notes.noted"),
    )


def _publishers(facts: Facts, where: str) -> Iterator[PublisherRecord]:
    for citation in rows(facts, "citations"):
        if publisher := citation.get("publisher"):
            yield PublisherRecord(host=text(publisher, "host"), name=text(publisher, "name"), where=where)


def _name(value: Any) -> str:
    """The name of a context, given as such or with its other facts, or of whoever writes.

    Raises ValueError where it has none.
    """
    return required(clean_line(text(value if isinstance(value, dict) else {"name": value}, "name")), "name")


def _event(facts: Facts, page: str, where: str) -> EventRecord:
    head, sections = read_sections(page)
    printed_day, headline, first_context, summary = read_head(head)
    own_day = day(facts, "date") or printed_day
    if own_day is None:
        raise PageError(_("The page has no day: “date” is missing in the front matter."))
    items = list(read_items(sections.get("source", "")))
    cover_facts = facts.get("cover")
    cover_item = items.pop() if cover_facts and items and is_cover(items[-1][1]) else None
    contexts = [_name(context) for context in rows(facts, "contexts")]
    if first_context and first_context not in contexts:
        contexts.insert(0, first_context)
    return EventRecord(
        import_ref=text(facts, "import_reference"),
        date=own_day,
        headline=headline,
        end_date=day(facts, "end_date"),
        date_precision=choice(facts, "date_precision", PRECISIONS, "day"),
        time=time_of_day(facts, "time"),
        time_zone=text(facts, "time_zone"),
        short_headline=text(facts, "short_headline"),
        summary=summary,
        body=release_sections(sections.get("text", "")),
        category=text(facts, "category"),
        label=text(facts, "label"),
        label_until=moment(facts, "label_until"),
        language=language(facts, "language"),
        direction=_direction(facts),
        contexts=contexts,
        citations=_citations(items, rows(facts, "citations")),
        cover=_cover(cover_facts, cover_item and cover_item[2]),
        public_id=text(facts, "id"),
        guid=text(facts, "guid"),
        slug=_slug(text(facts, "address")),
        first_published_at=moment(facts, "first_published"),
        updated_at=moment(facts, "updated"),
        edited_at=moment(facts, "edited"),
        is_incomplete=bool(facts.get("is_incomplete", False)),
        pins=[_decision(row) for row in rows(facts, "pins")],
        hidden=[_decision(row) for row in rows(facts, "hidden")],
        links=[
            LinkRecord(text(linked, "id"), linked["relation"])
            for linked in rows(facts, "linked")
            # The other ways of saying it are told by the other entry.
            if linked["relation"] in LINK_KINDS
        ],
        old_addresses=[_path(address) for address in texts(facts, "old_addresses")],
        where=where,
    )


def _decision(facts: Facts) -> ChoiceRecord:
    return ChoiceRecord(text(facts, "id"), bool(facts.get("both_sides", False)), _note(facts))


def _note(facts: Facts) -> str:
    """Why an editor decided something."""
    return read_note({"note": text(facts, "note")})


def _direction(facts: Facts) -> str:
    """The direction where it is another than the language's own: pages tell it always."""
    direction = choice(facts, "direction", DIRECTIONS)
    return "" if direction == direction_of(text(facts, "language")) else direction


def _citations(items: list[tuple[int, str, str]], details: Any) -> list[CitationRecord]:
    by_number = {detail["number"]: detail for detail in details}
    return [_citation(label, url, by_number.get(number, {})) for number, label, url in items]


def _citation(label: str, url: str, detail: Facts) -> CitationRecord:
    return CitationRecord(
        label=label,
        url=url,
        agency=text(detail, "agency"),
        carrier=text(detail, "carrier"),
        published_on=day(detail, "published"),
        accessed_on=day(detail, "accessed"),
        language=language(detail, "language"),
        is_paywalled=bool(detail.get("is_paywalled", False)),
        quote=text(detail, "quote"),
    )


def _cover(facts: Facts | None, address: str | None) -> CoverRecord | None:
    if not facts:
        return None
    licence = facts.get("licence") or {}
    file = text(facts, "file")
    # Our own copy's address comes last: it is all there is of an uploaded picture that is not beside us.
    source_url = url(facts, "source_address") or ("" if file else address or text(facts, "address"))
    return CoverRecord(
        source_url=source_url,
        file=file,
        focal_x=share(facts, "focal_x", 0.5),
        focal_y=share(facts, "focal_y", 0.5),
        crops=[_crop(crop) for crop in rows(facts, "crops") if crop.get("ratio") in RATIOS],
        alt=text(facts, "alt"),
        is_decorative=bool(facts.get("is_decorative", False)),
        caption=text(facts, "caption"),
        credit=text(facts, "credit"),
        licence=text(licence, "code") if isinstance(licence, dict) else text(facts, "licence"),
        place=text(facts, "place"),
        taken_on=day(facts, "taken"),
        people="\n".join(texts(facts, "people")),
    )


def _crop(facts: Facts) -> CropRecord:
    return CropRecord(
        text(facts, "ratio"), share(facts, "left", 0), share(facts, "top", 0), share(facts, "width", 1)
    )


def _path(address: str) -> str:
    """The site's own path in an address, which may be of another origin than ours."""
    return _ORIGIN.sub("", address)


def _slug(address: str) -> str:
    return unquote(_path(address)).rstrip("/").rpartition("/")[2]
