"""Articles and profiles into the database, each through the door for single edits, in its own transaction.

They come last, since they tell of events: a source has few of them beside its events.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from events import derived
from events.importers.article_pictures import (
    cover_of,
    fetch_missing,
    remote_pictures,
    store_beside,
    with_own_pictures,
)
from events.importers.batch import Settings, refusal
from events.importers.columns import check_columns, check_lengths
from events.importers.directories import check_names
from events.importers.entries import (
    check_record,
    checked_keys,
    derived_public_id,
    former_keys,
    new_cover,
    own_language,
    renew_cover,
    set_moments,
)
from events.importers.records import ArticleRecord, BylineRecord, ProfileRecord, Record
from events.importers.results import INVALID, NEW, SKIPPED, UNCHANGED, UPDATED, RowResult
from events.importers.seen import Repeat
from events.models import (
    Address,
    Article,
    ArticleNote,
    Byline,
    Context,
    Event,
    FrontSlot,
    Profile,
    ProfileAddress,
)
from events.models.profiles import SLUG_CHARS
from events.text.slugs import slugify_headline
from events.workflow.article_snapshots import (
    put_bylines,
    put_coverage,
    put_notes,
    whole_article,
)
from events.workflow.edits import editing, keep_address

WORDS = (
    "date", "headline", "deck", "kind", "section", "label", "label_until", "language", "direction", "state",
    "embargo_until", "retraction_notice",
)  # fmt: skip


def without_articles(
    records: Iterable[Record | Repeat], kept: list[ArticleRecord | ProfileRecord]
) -> Iterator[Record | Repeat]:
    """The other records as they come; articles and profiles are kept for the end."""
    for record in records:
        if isinstance(record, ArticleRecord | ProfileRecord):
            kept.append(record)
        else:
            yield record


def write_articles(kept: list[ArticleRecord | ProfileRecord], settings: Settings) -> Iterator[RowResult]:
    """Write profiles, then articles; yields what became of each. A dry run takes each back."""
    profiles = [record for record in kept if isinstance(record, ProfileRecord)]
    articles = [record for record in kept if isinstance(record, ArticleRecord)]
    for write, records in ((write_profile, profiles), (write_article, articles)):
        for record in records:
            yield from written(write, record, settings)


def written(write: Any, record: ArticleRecord | ProfileRecord, settings: Settings) -> Iterator[RowResult]:
    """One record, with the pictures that could not be fetched for it told beside."""
    ref = getattr(record, "import_ref", "")
    if settings.fetch_pictures and not settings.is_dry_run and isinstance(record, ArticleRecord):
        for problem in fetch_missing(record, licence=settings.picture_licence):
            yield RowResult(record.where, SKIPPED, problem, ref)
    try:
        with transaction.atomic():
            outcome = write(record, settings)
            if settings.is_dry_run or outcome.outcome == UNCHANGED:
                transaction.set_rollback(True)
    except ValidationError as error:
        outcome = RowResult(record.where, INVALID, " ".join(error.messages), ref)
    except DatabaseError as error:
        outcome = RowResult(record.where, INVALID, refusal(error), ref)
    yield outcome


# Profiles


def write_profile(record: ProfileRecord, settings: Settings) -> RowResult:
    """Make or complete a profile; what the record leaves open stays. Raises ValidationError."""
    check_columns(record, Profile)
    check_lengths("old_slugs", record.old_slugs, SLUG_CHARS)
    known = profile_of(record.slug, record.name)
    profile = known or Profile(slug=record.slug)
    before = profile_facts(profile) if known else None
    profile.name, profile.kind = record.name, record.kind
    profile.text, profile.url = record.text or profile.text, record.url or profile.url
    if record.picture:
        where = {"folder": settings.folder, "is_dry_run": settings.is_dry_run}
        kept = profile.picture and renew_cover(profile.picture, record.picture, **where)
        profile.picture = kept or new_cover(record.picture, **where)
    profile.clean()
    profile.save()
    for slug in record.old_slugs:
        ProfileAddress.objects.get_or_create(slug=slug, defaults={"profile": profile})
    if known is None:
        derived.touch(now=settings.now)
        return RowResult(record.where, NEW)
    if profile_facts(profile) == before:
        return RowResult(record.where, UNCHANGED)
    derived.refresh_articles(list(profile.bylines.values_list("article", flat=True)), now=settings.now)
    return RowResult(record.where, UPDATED)


def profile_of(slug: str, name: str) -> Profile | None:
    """Whoever has or had this slug; without one, whoever has this name."""
    if slug:
        found = ProfileAddress.objects.filter(slug=slug).select_related("profile__picture").first()
        return found.profile if found else None
    return Profile.objects.filter(name=name).select_related("picture").order_by("pk").first()


def profile_facts(profile: Profile) -> tuple:
    """All that a record can change."""
    picture = profile.picture
    return (
        profile.name,
        profile.kind,
        profile.text,
        profile.url,
        profile.picture_id,
        picture and (picture.alt, picture.caption, picture.credit, picture.licence, picture.crops),
        set(profile.addresses.values_list("slug", flat=True)) if profile.pk else set(),
    )


def author(record: BylineRecord) -> dict[str, str]:
    """A byline as snapshots keep it; whoever has no profile yet gets one. Raises ValidationError."""
    check_columns(record, Byline)
    profile = profile_of(record.slug, record.name)
    if profile is None:
        check_columns(record, Profile)
        profile = Profile(name=record.name, slug=record.slug, kind=record.kind)
        profile.clean()
        profile.save()
    return {"slug": profile.slug, "name": profile.name, "role": record.role}


# Articles


def write_article(record: ArticleRecord, settings: Settings) -> RowResult:
    """Make an article, or bring it up to date unless an editor has changed it since it was imported.

    Raises ValidationError.
    """
    article = known_article(record)
    digest = digest_of(record, settings)
    if article is None:
        article = Article(
            public_id=record.public_id or derived_public_id(f"article {record.import_ref}"),
            guid=record.guid,
            import_ref=None if record.import_ref == record.public_id else record.import_ref,
        )
        put(article, record, digest, settings)
        return RowResult(record.where, NEW, "", record.import_ref)
    if article.import_digest == digest:
        return RowResult(record.where, UNCHANGED, "", record.import_ref)
    if article.imported_version != article.version:
        message = _("Changed here since it was imported; the entry stays as it is.")
        return RowResult(record.where, SKIPPED, message, record.import_ref)
    is_silent = record.edited_at is None
    before = whole(article, is_silent=is_silent)
    put(article, record, digest, settings)
    outcome = UNCHANGED if whole(article, is_silent=is_silent) == before else UPDATED
    return RowResult(record.where, outcome, "", record.import_ref)


def known_article(record: ArticleRecord) -> Article | None:
    """The article that the record is about: by its import reference, permanent id, or a former address."""
    ids = [record.public_id] if record.public_id else []
    found = Article.objects.filter(Q(import_ref=record.import_ref) | Q(public_id__in=ids)).first()
    if found:
        return found
    row = Address.objects.filter(path__in=former_keys(record), article__isnull=False).first()
    return row.article if row else None


def put(article: Article, record: ArticleRecord, digest: str, settings: Settings) -> None:
    """Write the record over the article, as one recorded write. Raises ValidationError."""
    covered, version = events_named(record.events), article.version + 1 if article.pk else 1

    def settle(article: Article, **_moments: object) -> None:
        set_moments(article, record, now=settings.now)
        article.import_digest = digest if len(covered) == len(record.events) else ""
        article.imported_version = version

    state, language = article.state, own_language(article, record.language)
    for name in WORDS:
        setattr(article, name, getattr(record, name))
    article.language = language
    if settings.as_draft:
        # What is public already stays so: a draft is what comes in, not what becomes of an entry.
        article.state = state if article.pk else Article.State.DRAFT
    article.agencies = "\n".join(record.agencies)
    article.body = with_own_pictures(record.body)
    give_slug(article, record)
    where = {"folder": settings.folder, "is_dry_run": settings.is_dry_run}
    store_beside(record.pictures, **where)
    if record.cover:
        kept = article.cover and renew_cover(article.cover, record.cover, **where)
        article.cover = kept or cover_of(record, **where)
    article.clean_facts()
    check_record(record, Article)
    check_names(record.contexts)
    for note in record.notes:
        check_columns(note, ArticleNote)
    with editing(article, by=settings.by, note=settings.note, now=settings.now, settle=settle):
        article.contexts.put(Context.objects.resolve(record.contexts))
        put_bylines(article, [author(row) for row in record.bylines])
        put_coverage(article, covered)
        put_notes(
            article,
            [{"kind": n.kind, "text": n.text, "noted_at": n.noted_at.isoformat()} for n in record.notes],
        )
        if record.front:
            values = {"position": record.front.position, "until": record.front.until}
            FrontSlot.objects.update_or_create(article=article, defaults=values)
        keep_address(article, now=settings.now, former=checked_keys(record))


def give_slug(article: Article, record: ArticleRecord) -> None:
    """The record's own slug, where it has one that is free; else one made of the headline."""
    if record.slug:
        article.slug = slugify_headline(record.slug, max_length=160)
    if (
        article.slug
        and Address.objects.filter(path=article.address_path())
        .exclude(article=article.pk, article__isnull=False)
        .exists()
    ):
        article.slug = ""
    article.prepare()


def events_named(references: Iterable[str]) -> list[str]:
    """The permanent ids of the events that are there, of import references or permanent ids, in order."""
    references = list(references)
    rows = Event.objects.filter(Q(import_ref__in=references) | Q(public_id__in=references))
    ids: dict[str, str] = {}
    for import_ref, public_id in rows.values_list("import_ref", "public_id"):
        ids[public_id] = public_id
        if import_ref:
            ids[import_ref] = public_id
    return list(dict.fromkeys(ids[name] for name in references if name in ids))


def digest_of(record: ArticleRecord, settings: Settings) -> str:
    """What tells whether there is anything to write: 128 bits over the record.

    A record whose pictures are fetched says more than the same record without them.
    """
    said = repr(replace(record, where=""))
    if settings.fetch_pictures and remote_pictures(record):
        said += " with pictures"
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


def whole(article: Article, *, is_silent: bool) -> dict:
    """The article as it stands; without the moment that every write moves, if a record `is_silent` of it."""
    article = Article.objects.select_related("cover").get(pk=article.pk)
    slot = FrontSlot.objects.filter(article=article).values_list("position", "until").first()
    addresses = sorted(article.addresses.values_list("path", flat=True))
    data: dict[str, Any] = whole_article(article) | {"addresses": addresses, "front": slot}
    moments: dict[str, datetime | str] = {"edited_at": ""} if is_silent else {}
    return data | moments
